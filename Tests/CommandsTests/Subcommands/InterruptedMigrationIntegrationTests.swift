import Foundation
import TestSupport
import Testing

@testable import Commands

/// A migration that was interrupted goes on at its place in the scan of the source.
struct InterruptedMigrationIntegrationTests {
    private typealias Bench = MigrateCommandIntegrationTests.Bench

    /// Sessions at the source, and how many of them are migrated before the job is interrupted.
    private static let count = 2000
    private static let done = 700
    /// More sessions than a batch of the scan brings: so exactly is a place known.
    private static let batch = 450

    private static func key(_ number: Int) -> String { "spring:session:sessions:\(number)" }

    private func bench(others: Int = 0) throws -> Bench {
        let bench = try Bench()
        let fields = ["creationTime", "1", "lastAccessedTime", "1795419000000", "maxInactiveInterval", "-1"]
        try bench.source.pipeline(
            (0..<Self.count).map { number in (["HSET", Self.key(number)] + fields).map { Array($0.utf8) } })
        try addOthers(others, to: bench.source)
        return bench
    }

    private func addOthers(_ count: Int, to server: RedisServer) throws {
        try server.pipeline((0..<count).map { ["SET", "other:\($0)", "value"].map { word in Array(word.utf8) } })
    }

    private func sessions(at server: RedisServer) throws -> Int {
        guard case .integer(let count) = try server.command("DBSIZE") else { throw FixtureError("no DBSIZE") }
        return Int(count)
    }

    /// What a run said, and the outcomes in the order in which it came to the sessions.
    private struct Run {
        let status: Int32
        let errors: String
        let outcomes: [(id: String, word: String)]

        init(_ run: CommandRun, report: String) throws {
            try self.init(status: run.status.rawValue, errors: run.err, report: report)
        }

        init(status: Int32, errors: String, report: String) throws {
            (self.status, self.errors) = (status, errors)
            outcomes = try String(contentsOfFile: report, encoding: .utf8).split(separator: "\n").map { line in
                let json = try TestJSON(reading: Array(line.utf8))
                return (json["id"]?.string ?? "", json["outcome"]?.string ?? "")
            }
        }

        /// How many sessions come first, and how many before them, as it was told.
        var told: (first: Int, before: Int)? {
            let pattern =
                /goes on where it was interrupted: (\d+) sessions of the scan come first, (\d+) before them are/
            guard let match = errors.firstMatch(of: pattern), let first = Int(match.1), let before = Int(match.2)
            else { return nil }
            return (first, before)
        }

        func places(of word: String) -> [Int] { outcomes.indices.filter { outcomes[$0].word == word } }
    }

    private static let agreed = ["--yes", "--at-most", "100000"]

    private func run(_ bench: Bench, _ words: String..., interrupted: @escaping () -> Bool = { false }) throws -> Run {
        let report = bench.home.path + "/report-\(UUID().uuidString)"
        let urls = [bench.source, bench.target].map { "unix://\($0.socketPath)" }
        let run = CommandRun(
            ["migrate"] + urls + words + Self.agreed + ["--report", report],
            environment: ["XDG_STATE_HOME": bench.home.path, "TMPDIR": bench.home.path], interrupted: interrupted)
        return try Run(run, report: report)
    }

    private func begin(_ bench: Bench) throws -> Run {
        let run = try run(bench, "--limit", String(Self.done))
        #expect(run.places(of: "migrated").count == Self.done && run.told == nil, "\(run.errors)")
        return run
    }

    /// That the sessions which the run before had not come to came first, and none was forgotten.
    private func expectRestFirst(_ run: Run, in bench: Bench, done: Int = done) throws {
        let told = try #require(run.told, "\(run.errors)")
        #expect(told.first + told.before == Self.count && told.before <= done && told.before > done - Self.batch)
        let migrated = run.places(of: "migrated")
        #expect(run.status == 0 && migrated.count == Self.count - done, "\(run.errors)")
        #expect(migrated.first ?? .max < Self.batch && migrated.last ?? .max < Self.count - done + Self.batch)
        #expect(Set(run.outcomes.map(\.id)).count == Self.count)
        #expect(try sessions(at: bench.target) == Self.count)
    }

    // MARK: What comes first

    @Test func whatWasNotReachedComesFirst() throws {
        let bench = try bench()
        defer { bench.stop() }
        let first = try begin(bench)
        try expectRestFirst(try run(bench), in: bench)
        let complete = try run(bench)
        #expect(complete.told == nil && complete.places(of: "unneeded").count == Self.count, "\(complete.errors)")
        #expect(complete.outcomes.first?.id == first.outcomes.first?.id)
    }

    /// A place is no reason to pass over a session that was used since.
    @Test func whatHasChangedBeforeThePlaceIsTakenAtLast() throws {
        let bench = try bench()
        defer { bench.stop() }
        let changed = try begin(bench).outcomes[10].id
        try bench.source.command("HSET", "spring:session:sessions:" + changed, "sessionAttr:more", "")
        let run = try run(bench)
        let migrated = run.places(of: "migrated")
        #expect(run.status == 0 && migrated.count == Self.count - Self.done + 1, "\(run.errors)")
        #expect(migrated.last.map { run.outcomes[$0].id } == changed)
        #expect(
            try bench.target.command("HEXISTS", "spring:session:sessions:" + changed, "sessionAttr:more") == .integer(1)
        )
    }

    @Test func everyRunGoesOn() throws {
        let bench = try bench()
        defer { bench.stop() }
        _ = try begin(bench)
        let quiet = try run(bench, "--limit", "600", "-q")
        #expect(quiet.told == nil && quiet.places(of: "migrated").count == 600, "\(quiet.errors)")
        #expect(quiet.places(of: "unneeded").count < Self.batch)
        try expectRestFirst(try run(bench), in: bench, done: Self.done + 600)
    }

    @Test func goesOnWhereSomebodyStoppedIt() throws {
        let bench = try bench()
        defer { bench.stop() }
        let stopped = try run(bench) {
            (try? sessions(at: bench.target)).map { $0 >= Self.done } ?? true
        }
        let done = try sessions(at: bench.target)
        #expect(stopped.status == 130 && done >= Self.done && done < Self.count, "\(stopped.errors)")
        try expectRestFirst(try run(bench), in: bench, done: done)
    }

    @Test func whatMovesGoesOnAsWell() throws {
        let bench = try bench()
        defer { bench.stop() }
        _ = try run(bench, "--move", "--limit", String(Self.done))
        let run = try run(bench, "--move")
        #expect(run.status == 0 && run.places(of: "moved").count == Self.count - Self.done, "\(run.errors)")
        #expect(try sessions(at: bench.target) == Self.count)
    }

    // MARK: Other tables

    @Test func thePlaceIsRightInALargerTable() throws {
        let bench = try bench()
        defer { bench.stop() }
        _ = try begin(bench)
        try addOthers(5000, to: bench.source)
        try expectRestFirst(try run(bench), in: bench)
    }

    @Test func thePlaceIsRightInASmallerTable() throws {
        let bench = try bench(others: 30_000)
        defer { bench.stop() }
        _ = try begin(bench)
        try bench.source.pipeline((0..<30_000).map { ["DEL", "other:\($0)"].map { Array($0.utf8) } })
        // The server makes it smaller some time later.
        usleep(500_000)
        try expectRestFirst(try run(bench), in: bench)
    }

    // MARK: Other servers

    /// Another process has another order of keys.
    @Test func aServerThatWasRestartedIsWalkedFromTheFirst() throws {
        let bench = try bench()
        defer { bench.stop() }
        _ = try begin(bench)
        try bench.source.command("SAVE")
        let renewed = try RedisServer { $0.rdb = bench.source.directory.appendingPathComponent("dump.rdb") }
        defer { renewed.stop() }
        bench.source.crash()
        try FileManager.default.removeItem(atPath: bench.source.socketPath)
        try FileManager.default.moveItem(atPath: renewed.socketPath, toPath: bench.source.socketPath)
        let stopped = try run(bench, "--limit", "500")
        #expect(stopped.told == nil && stopped.places(of: "migrated").count == 500, "\(stopped.errors)")
        let again = try run(bench)
        #expect(again.status == 0 && again.told != nil, "\(again.errors)")
        #expect(again.places(of: "migrated").count == Self.count - Self.done - 500, "\(again.errors)")
        #expect(try sessions(at: bench.target) == Self.count)
    }

    @Test func whoMayNotAskWhichServerItIsBeginsWithTheFirst() throws {
        let bench = try bench()
        defer { bench.stop() }
        _ = try begin(bench)
        try bench.source.command("ACL", "SETUSER", "default", "-info")
        let run = try run(bench)
        #expect(run.status == 0 && run.told == nil && run.places(of: "migrated").count == Self.count - Self.done)
        #expect(run.places(of: "unneeded").first == 0, "\(run.errors)")
    }

    // MARK: Failures

    /// Where nothing more can be written the place stays before the sessions that have failed.
    @Test func whatAFullTargetHasNotTakenComesFirst() throws {
        let bench = try bench()
        defer { bench.stop() }
        _ = try begin(bench)
        try bench.target.command("CONFIG", "SET", "maxmemory", "1")
        let full = try run(bench)
        #expect(full.status == 5 && full.places(of: "failed").count == Self.count - Self.done, "\(full.errors)")
        try bench.target.command("CONFIG", "SET", "maxmemory", "0")
        let run = try run(bench)
        let told = try #require(run.told, "\(run.errors)")
        #expect(told.before > Self.done - Self.batch && told.before < Self.done + Self.batch)
        #expect(run.status == 0 && run.places(of: "migrated").count == Self.count - Self.done, "\(run.errors)")
    }

    @Test func goesOnWhereItWasKilled() throws {
        let bench = try bench()
        defer { bench.stop() }
        let urls = [bench.source, bench.target].map { "unix://\($0.socketPath)" }
        let environment = ["XDG_STATE_HOME": bench.home.path, "TMPDIR": bench.home.path]
        let job = Process()
        job.executableURL = URL(fileURLWithPath: BuiltProgram.path)
        job.arguments = ["migrate"] + urls + Self.agreed + ["--rate", "1000"]
        job.environment = environment.merging(["PATH": "/usr/bin:/bin", "HOME": bench.home.path]) { $1 }
        job.standardError = FileHandle.nullDevice
        try job.run()
        while job.isRunning, try sessions(at: bench.target) < Self.done { usleep(5000) }
        kill(job.processIdentifier, SIGKILL)
        job.waitUntilExit()
        #expect(job.terminationReason == .uncaughtSignal)
        // What was sent before may still be done.
        usleep(50_000)
        let done = try sessions(at: bench.target)
        let report = bench.home.path + "/report"
        let again = try BuiltProgram.run(
            ["migrate"] + urls + Self.agreed + ["--report", report], environment: environment)
        let run = try Run(status: again.status, errors: again.errors, report: report)
        try expectRestFirst(run, in: bench, done: done)
    }
}
