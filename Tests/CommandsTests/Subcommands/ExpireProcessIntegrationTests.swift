import Foundation
import TestSupport
import Testing

/// What only a process can show of a change: signals, readers that go, servers that go.
struct ExpireProcessIntegrationTests {
    private func crowded(_ count: Int) throws -> RedisServer {
        let server = try RedisServer()
        try server.pipeline(
            (0..<count).map { number in
                let words =
                    ["HSET", "spring:session:sessions:session-\(number)", "creationTime", "1795419000000"]
                    + ["lastAccessedTime", "1795419000000", "maxInactiveInterval", "604800"]
                return words.map { Array($0.utf8) }
            })
        return server
    }

    private func size(of server: RedisServer) throws -> Int64 {
        guard case .integer(let size) = try server.command("DBSIZE") else { return -1 }
        return size
    }

    private func expire(_ server: RedisServer, _ options: [String]) -> [String] {
        ["expire", "--all", "--yes", "--at-most", "1000", "--settle", "0", "-s", server.socketPath] + options
    }

    /// As with a terminal: the first Ctrl-C ends it between two sessions, and it says how far it came.
    @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
    func stopsBetweenSessionsAndGoesOn(_ signal: Int32, _ status: Int32) throws {
        let server = try crowded(300)
        defer { server.stop() }
        let terminal = try PseudoTerminal(rows: 24, columns: 100)
        let home = try TemporaryDirectory()
        let environment = ["PATH": "/usr/bin:/bin", "HOME": home.path]
        let process = try BuiltProgram.start(
            expire(server, ["--rate", "20"]), on: terminal, environment: environment)
        for _ in 0..<500 where try size(of: server) > 280 { usleep(10_000) }
        let start = Date()
        kill(process, signal)
        #expect(try BuiltProgram.wait(for: process) == status)
        #expect(Date().timeIntervalSince(start) < 2)
        let left = try size(of: server)
        #expect(left > 0 && left <= 280)
        _ = try terminal.wait(
            for: "logged out \(300 - left) of 300 sessions: \(left) not reached: the same command goes on")
        let outcome = try BuiltProgram.run(expire(server, []))
        #expect(outcome.status == 0 && outcome.errors.contains("logged out \(left) of \(left)"), "\(outcome.errors)")
        #expect(try size(of: server) == 0)
    }

    /// A server that does not answer holds the session in hand up; who does not want to wait for it stops at once.
    @Test func aSecondInterruptStopsAtOnce() throws {
        let server = try crowded(300)
        defer { server.stop() }
        let terminal = try PseudoTerminal(rows: 24, columns: 100)
        let home = try TemporaryDirectory()
        let process = try BuiltProgram.start(
            expire(server, ["--rate", "20"]), on: terminal, environment: ["PATH": "/usr/bin:/bin", "HOME": home.path])
        for _ in 0..<500 where try size(of: server) > 280 { usleep(10_000) }
        _ = try server.command("CLIENT", "PAUSE", "60000", "WRITE")
        // The next commands of the rate are on their way by then.
        usleep(1_500_000)
        kill(process, SIGINT)
        usleep(500_000)
        let start = Date()
        kill(process, SIGINT)
        #expect(try BuiltProgram.wait(for: process) == 130)
        #expect(Date().timeIntervalSince(start) < 1)
        _ = try terminal.wait(for: "outcome unknown")
        _ = try server.command("CLIENT", "UNPAUSE")
        #expect(try BuiltProgram.run(expire(server, [])).status == 0)
        #expect(try size(of: server) == 0)
    }

    /// A standard stream that is closed does not become the connection: nothing of the output goes to the server.
    @Test func aClosedOutputIsNoConnection() throws {
        let server = try crowded(30)
        defer { server.stop() }
        let folder = try TemporaryDirectory()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = [
            "-c",
            "exec '\(BuiltProgram.path)' \(expire(server, ["-o", "jsonl"]).joined(separator: " ")) >&- 2>/dev/null",
        ]
        process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder.path]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 5)
        guard case .string(let bytes) = try server.command("INFO", "errorstats") else { return }
        #expect(!String(decoding: bytes, as: UTF8.self).contains("errorstat_ERR"))
    }

    /// Nothing is changed that could not be kept.
    @Test func aFullDiskStopsItBeforeItWrites() throws {
        let server = try crowded(300)
        defer { server.stop() }
        let folder = try TemporaryDirectory()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = [
            "-c",
            "trap '' XFSZ; ulimit -f 40; exec '\(BuiltProgram.path)' \(expire(server, []).joined(separator: " ")) 2>'\(folder.path)/errors'",
        ]
        process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder.path]
        try process.run()
        process.waitUntilExit()
        let errors = try String(contentsOfFile: folder.path + "/errors", encoding: .utf8)
        #expect(process.terminationStatus == 2, "\(process.terminationStatus)")
        #expect(errors.contains("undo archive") && errors.contains("--no-undo"), "\(errors)")
        #expect(try size(of: server) == 300)
    }

    /// Nobody reads any more: what is in hand is finished, and the rest is not done.
    @Test func aReaderThatGoesEndsIt() throws {
        let server = try crowded(300)
        defer { server.stop() }
        let folder = try TemporaryDirectory()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = [
            "-c",
            "'\(BuiltProgram.path)' \(expire(server, ["--rate", "50", "-o", "jsonl"]).joined(separator: " ")) | head -1; exit ${PIPESTATUS[0]}",
        ]
        process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder.path]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        let left = try size(of: server)
        #expect(process.terminationStatus == 5 && left > 0 && left < 300)
    }

    @Test func aServerThatGoesIsTold() throws {
        let server = try crowded(300)
        defer { server.stop() }
        let terminal = try PseudoTerminal(rows: 24, columns: 100)
        let home = try TemporaryDirectory()
        let process = try BuiltProgram.start(
            expire(server, ["--rate", "20"]), on: terminal, environment: ["PATH": "/usr/bin:/bin", "HOME": home.path])
        for _ in 0..<500 where try size(of: server) > 280 { usleep(10_000) }
        server.crash()
        #expect(try BuiltProgram.wait(for: process) == 3)
    }
}
