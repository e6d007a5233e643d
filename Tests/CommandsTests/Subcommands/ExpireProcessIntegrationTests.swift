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
        let settle = options.contains("--settle") ? [] : ["--settle", "0"]
        return ["expire", "--all", "--yes", "--at-most", "1000", "-s", server.socketPath] + settle + options
    }

    /// As with a terminal: the first Ctrl-C ends it between two sessions, and it says how far it came.
    @Test(arguments: [(SIGINT, 130), (SIGTERM, 143), (SIGHUP, 129)] as [(Int32, Int32)])
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

    /// Runs a line of bash; the program is `$program` in it, and the command `$command`.
    private func bash(_ line: String, _ server: RedisServer, _ options: [String] = []) throws -> (Int32, String) {
        let folder = try TemporaryDirectory()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["-c", "exec 2>'\(folder.path)/errors'; \(line)"]
        process.environment = [
            "PATH": "/usr/bin:/bin", "HOME": folder.path, "program": BuiltProgram.path,
            "command": expire(server, options).joined(separator: " "),
        ]
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return (process.terminationStatus, try String(contentsOfFile: folder.path + "/errors", encoding: .utf8))
    }

    /// A standard stream that is closed does not become the connection: nothing of the output goes to the server.
    @Test func aClosedOutputIsNoConnection() throws {
        let server = try crowded(30)
        defer { server.stop() }
        #expect(try bash("exec $program $command >&-", server, ["-o", "jsonl"]).0 == 5)
        guard case .string(let bytes) = try server.command("INFO", "errorstats") else { return }
        #expect(!String(decoding: bytes, as: UTF8.self).contains("errorstat_ERR"))
    }

    /// Nothing is changed that could not be kept.
    @Test func aFullDiskStopsItBeforeItWrites() throws {
        let server = try crowded(300)
        defer { server.stop() }
        let (status, errors) = try bash("trap '' XFSZ; ulimit -f 40; exec $program $command", server)
        #expect(status == 2, "\(errors)")
        #expect(errors.contains("undo archive") && errors.contains("--no-undo"), "\(errors)")
        #expect(try size(of: server) == 300)
    }

    /// What was done until the report could not be written is told, with its name.
    @Test func aReportThatCannotBeWrittenEndsIt() throws {
        let server = try crowded(300)
        defer { server.stop() }
        let (status, errors) = try bash("exec $program $command", server, ["--report", "/dev/full", "--rate", "100"])
        #expect(status == 5 && errors.contains("--report '/dev/full'"), "\(status) \(errors)")
        let left = try size(of: server)
        #expect(left > 0 && errors.contains("logged out \(300 - left) of 300 sessions"), "\(left) \(errors)")
    }

    /// Nobody reads any more: what is in hand is finished, and the rest is not done.
    @Test func aReaderThatGoesEndsIt() throws {
        let server = try crowded(300)
        defer { server.stop() }
        let (status, errors) = try bash(
            "$program $command | head -1; exit ${PIPESTATUS[0]}", server, ["--rate", "50", "-o", "jsonl"])
        let left = try size(of: server)
        #expect(status == 5 && left > 0 && left < 300, "\(errors)")
    }

    /// By tenths of a second, so that the server is asked for little at a time.
    @Test func aRateIsKeptFromTheFirstSecondOn() throws {
        let server = try crowded(40)
        defer { server.stop() }
        let folder = try TemporaryDirectory()
        let report = folder.path + "/report.jsonl"
        #expect(try BuiltProgram.run(expire(server, ["--rate", "40", "--report", report])).status == 0)
        var sizes: [String: Int] = [:]
        for line in try Data(contentsOf: URL(fileURLWithPath: report)).split(separator: 0x0A) {
            sizes[try TestJSON(reading: Array(line))["at"]?.string ?? "", default: 0] += 1
        }
        #expect(sizes.values.reduce(0, +) == 40 && sizes.values.allSatisfy { $0 <= 8 }, "\(sizes)")
        #expect(sizes.count >= 5, "\(sizes)")
    }

    /// The pause before the second look is no reason to wait, and whoever ends it is told what was not looked at.
    @Test func anInterruptEndsTheSecondLook() throws {
        let server = try crowded(30)
        defer { server.stop() }
        let terminal = try PseudoTerminal(rows: 24, columns: 100)
        let home = try TemporaryDirectory()
        let process = try BuiltProgram.start(
            expire(server, ["--settle", "60s"]), on: terminal,
            environment: ["PATH": "/usr/bin:/bin", "HOME": home.path])
        for _ in 0..<500 where try size(of: server) > 0 { usleep(10_000) }
        usleep(300_000)
        let start = Date()
        kill(process, SIGINT)
        #expect(try BuiltProgram.wait(for: process) == 130)
        #expect(Date().timeIntervalSince(start) < 2)
        _ = try terminal.wait(for: "not all were looked at once more: some may have come back")
        _ = try terminal.wait(for: "logged out 30 of 30 sessions")
    }

    /// What was done is told, and that nobody could look at it once more is not as it should be.
    @Test func aServerThatGoesBeforeTheSecondLookIsTold() throws {
        let server = try crowded(30)
        defer { server.stop() }
        let terminal = try PseudoTerminal(rows: 24, columns: 100)
        let home = try TemporaryDirectory()
        let process = try BuiltProgram.start(
            expire(server, ["--settle", "2s"]), on: terminal, environment: ["PATH": "/usr/bin:/bin", "HOME": home.path])
        for _ in 0..<500 where try size(of: server) > 0 { usleep(10_000) }
        usleep(300_000)
        server.crash()
        #expect(try BuiltProgram.wait(for: process) == 5)
        _ = try terminal.wait(for: "not all were looked at once more")
    }

    /// Whoever comes back while a job runs stays, whatever the filter is about; what the job has done so far cannot be taken back behind its
    /// back.
    @Test func whoComesBackDuringAJobStays() throws {
        let server = try crowded(40)
        defer { server.stop() }
        let home = try TemporaryDirectory()
        let report = home.path + "/report.jsonl"
        let terminal = try PseudoTerminal(rows: 24, columns: 100)
        let environment = ["PATH": "/usr/bin:/bin", "HOME": home.path]
        let process = try BuiltProgram.start(
            expire(server, ["--rate", "10", "--report", report]), on: terminal, environment: environment)
        for _ in 0..<500 where try size(of: server) > 37 { usleep(10_000) }
        let undo = try BuiltProgram.run(["undo", "--yes", "-s", server.socketPath], environment: environment)
        #expect(undo.status == 2 && undo.errors.contains("still being made"), "\(undo.errors)")
        guard case .array(let keys) = try server.command("KEYS", "*"),
            case .array(let time) = try server.command("TIME"),
            case .string(let seconds) = time[0], let second = Int64(String(decoding: seconds, as: UTF8.self))
        else { return }
        let now = Array(String((second + 1) * 1000).utf8)
        for case .string(let key) in keys {
            _ = try server.command([Array("HSET".utf8), key, Array("lastAccessedTime".utf8), now])
        }
        #expect(try BuiltProgram.wait(for: process) == 0)
        let left = try size(of: server)
        #expect(left > 20, "\(left)")
        let lines = try String(contentsOfFile: report, encoding: .utf8).split(separator: "\n")
        #expect(lines.count { $0.contains(#""active again""#) } >= Int(left) - 4, "\(left)")
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
