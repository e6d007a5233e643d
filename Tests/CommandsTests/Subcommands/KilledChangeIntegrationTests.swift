import Foundation
import TestSupport
import Testing

/// kill -9 at any command: each session is whole, `undo` knows it, and the same command goes on.
struct KilledChangeIntegrationTests {
    private struct Bench {
        let server: RedisServer
        let home: TemporaryDirectory
        let before: [[UInt8]: [RespValue]]

        init() throws {
            server = try RedisServer { $0.configuration = ["enable-debug-command yes"] }
            home = try TemporaryDirectory()
            // Twelve sessions, beside what belongs to them.
            try server.load(FixtureStore("spring-session-3.5.7-indexed"))
            before = try server.everything()
        }

        func run(_ arguments: [String]) throws -> BuiltProgram.Outcome {
            try BuiltProgram.run(
                arguments + ["-s", server.socketPath], environment: ["XDG_STATE_HOME": home.path])
        }

        /// Starts the command and kills it when the server has got so many commands of it; whether that came before its end.
        func kill(_ arguments: [String], after count: Int) throws -> Bool {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: BuiltProgram.path)
            process.arguments = arguments + ["-s", server.socketPath]
            process.environment = ["PATH": "/usr/bin:/bin", "HOME": home.path, "XDG_STATE_HOME": home.path]
            process.standardError = FileHandle.nullDevice
            let monitor = try server.client()
            _ = try monitor.command([Array("MONITOR".utf8)])
            try process.run()
            for _ in 0..<count {
                guard try monitor.waitForReply(orEndOf: process) else { return false }
            }
            Foundation.kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            return process.terminationReason == .uncaughtSignal
        }
    }

    private static let command = ["expire", "--all", "--yes", "--settle", "0"]

    /// After each of its commands, those of its scripts among them, until it comes to its end before.
    @Test func whateverItWasAbout() throws {
        var count = 0
        var wasKilled = true
        var changed: Set<Int> = []
        while wasKilled {
            count += 1
            let bench = try Bench()
            defer { bench.server.stop() }
            wasKilled = try bench.kill(Self.command, after: count)
            // A script that was sent before may still run.
            usleep(20_000)
            changed.insert(try check(bench, count))
        }
        #expect(count > 100 && changed.count >= 2, "\(count) \(changed)")
    }

    /// How many sessions were logged out.
    private func check(_ bench: Bench, _ count: Int) throws -> Int {
        let list = try bench.run(["list", "--where", "interval = 0s", "--fields", "id", "-o", "tsv"]).output
        let ended = list.split(separator: "\n").map(String.init)
        for id in ended {
            let shadow = "spring:session:sessions:expires:" + id
            #expect(try bench.server.command("EXISTS", shadow) == .integer(0), "after \(count)")
        }
        let undo = try bench.run(["undo", "--yes"])
        #expect([0, 1].contains(undo.status), "after \(count): \(undo.errors)")
        #expect(try bench.server.everything() == bench.before, "after \(count): \(undo.errors)")
        let again = try bench.run(Self.command)
        #expect(again.status == 0, "after \(count): \(again.errors)")
        let stats = try calls(bench)
        let more = try bench.run(Self.command)
        #expect(more.status == 0 && more.errors.contains("logged out already"), "after \(count): \(more.errors)")
        #expect(try calls(bench) == stats, "after \(count)")
        return ended.count
    }

    /// How often commands that write were called.
    private func calls(_ bench: Bench) throws -> [String] {
        guard case .string(let bytes) = try bench.server.command("INFO", "commandstats") else { return [] }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\r\n").map(String.init).compactMap { line in
            let names = ["hset", "pexpire", "del", "unlink", "srem", "zrem", "evalsha", "eval"]
            guard names.contains(where: { line.hasPrefix("cmdstat_\($0):") }) else { return nil }
            return line.split(separator: ",").first.map(String.init)
        }
    }
}

extension RespClient {
    /// Waits for a line of MONITOR; false where the process ended before.
    fileprivate func waitForReply(orEndOf process: Process) throws -> Bool {
        while true {
            if try hasReply(within: 20) { return true }
            if !process.isRunning, try !hasReply(within: 20) { return false }
        }
    }
}
