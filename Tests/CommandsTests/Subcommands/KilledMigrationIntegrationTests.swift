import Foundation
import TestSupport
import Testing

/// kill -9 at any command of a migration: each session is whole at one side, and the same command completes it.
struct KilledMigrationIntegrationTests {
    private struct Bench {
        let source: RedisServer
        let target: RedisServer
        let home: TemporaryDirectory
        let before: [[UInt8]: [RespValue]]

        init(_ store: String) throws {
            source = try RedisServer { $0.configuration = ["enable-debug-command yes"] }
            target = try RedisServer { $0.configuration = ["enable-debug-command yes"] }
            home = try TemporaryDirectory()
            try source.load(FixtureStore(store))
            before = try source.everything()
        }

        func stop() {
            source.stop()
            target.stop()
        }

        private var stores: [String] { [source, target].map { "unix://\($0.socketPath)" } }
        private var environment: [String: String] { ["XDG_STATE_HOME": home.path, "TMPDIR": home.path] }

        func run(_ command: String, _ words: [String]) throws -> BuiltProgram.Outcome {
            try BuiltProgram.run([command] + stores + words, environment: environment)
        }

        /// Starts the migration and kills it when both servers have got so many commands of it; whether that came before its end.
        func kill(_ words: [String], after count: Int) throws -> Bool {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: BuiltProgram.path)
            process.arguments = ["migrate"] + stores + words
            process.environment = environment.merging(["PATH": "/usr/bin:/bin", "HOME": home.path]) { $1 }
            process.standardError = FileHandle.nullDevice
            let monitors = try [source.client(), target.client()]
            for monitor in monitors { _ = try monitor.command([Array("MONITOR".utf8)]) }
            try process.run()
            var seen = 0
            while seen < count {
                let before = seen
                for monitor in monitors where try monitor.hasReply(within: 2) { seen += 1 }
                if seen == before, !process.isRunning { return false }
            }
            Foundation.kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            return process.terminationReason == .uncaughtSignal
        }

        /// How often commands that write were called at the target.
        func writes() throws -> [String] {
            guard case .string(let bytes) = try target.command("INFO", "commandstats") else { return [] }
            return String(decoding: bytes, as: UTF8.self).split(separator: "\r\n").map(String.init).filter { line in
                ["restore", "hset", "pexpireat", "sadd", "zadd", "set", "unlink", "evalsha", "eval"].contains {
                    line.hasPrefix("cmdstat_\($0):")
                }
            }.compactMap { $0.split(separator: ",").first.map(String.init) }
        }
    }

    /// What every session of the store has at the end, wherever it is: hashes and shadow keys with their lives.
    private static func own(_ everything: [[UInt8]: [RespValue]]) -> [[UInt8]: [RespValue]] {
        everything.filter { key, _ in
            ![":index:", ":expirations"].contains { String(decoding: key, as: UTF8.self).contains($0) }
        }
    }

    @Test(arguments: [(["--move"], 11), ([], 23)]) func whateverItWasAbout(_ words: [String], _ step: Int) throws {
        var count = 0
        var wasKilled = true
        var moved: Set<Int> = []
        while wasKilled {
            count += step
            let bench = try Bench("spring-session-3.5.7-indexed")
            defer { bench.stop() }
            wasKilled = try bench.kill(words + ["--yes"], after: count)
            // A script that was sent before may still run.
            usleep(20_000)
            moved.insert(try check(bench, words, count))
        }
        #expect(count > 40 && moved.count >= 2, "\(count) \(moved)")
    }

    /// How many keys were at the target when it was killed.
    private func check(_ bench: Bench, _ words: [String], _ count: Int) throws -> Int {
        let before = Self.own(bench.before)
        let target = Self.own(try bench.target.everything())
        let source = Self.own(try bench.source.everything())
        for (key, state) in before {
            let name = String(decoding: key, as: UTF8.self)
            #expect(source[key] == state || target[key] == state, "\(name) is nowhere after \(count)")
        }
        for (key, state) in target { #expect(before[key] == state, "after \(count)") }
        let again = try bench.run("migrate", words + ["--yes"])
        #expect(again.status == 0, "after \(count): \(again.errors)")
        let writes = try bench.writes()
        let more = try bench.run("migrate", words + ["--yes"])
        #expect(try more.status == 0 && bench.writes() == writes, "after \(count): \(more.errors)")
        if words.isEmpty {
            let verify = try bench.run("verify", [])
            #expect(verify.status == 0, "after \(count): \(verify.output)")
        } else {
            let complete = Self.own(try bench.target.everything())
            for (key, state) in complete { #expect(before[key] == state, "after \(count)") }
            #expect(complete.count >= 12, "after \(count): \(complete.count)")
        }
        return target.count
    }
}
