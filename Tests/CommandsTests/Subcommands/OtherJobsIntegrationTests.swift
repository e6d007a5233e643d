import TestSupport
import Testing

@testable import Commands

/// Who has logged out at the target is not logged in again by the same migration with other options or another filter.
struct OtherJobsIntegrationTests {
    private typealias Bench = MigrateCommandIntegrationTests.Bench

    private static let id = "107fe95d-17d0-4470-b9cd-c9c8f35e27f9"
    private static let key = "spring:session:sessions:" + id
    private static let shadow = "spring:session:sessions:expires:" + id
    private static let alone = ["--where", "id = '\(id)'"]
    private static let past =
        "another job of these two stores has written it, with other options or another filter, and the target has '\(key)' no more"

    private static func has(_ key: String, _ server: RedisServer) throws -> Bool {
        try server.command("EXISTS", key) == .integer(1)
    }

    private static func isThere(_ bench: Bench) throws -> Bool { try has(key, bench.target) }

    /// Two servers, a session that was migrated, and its user, who has logged out at the target since.
    private static func bench(_ words: [String] = []) throws -> Bench {
        let bench = try Bench("spring-session-2.7.4-indexed")
        let run = bench.run(words + ["--yes"])
        try #require(run.status == .done, "\(run.err)")
        try #require(try isThere(bench), "\(run.err)")
        try bench.target.command("DEL", key, shadow)
        return bench
    }

    // MARK: Other options

    private static let indexed = ["--to", "spring", "--spring-version", "2.7", "--unconvertible", "keep"]
    private static let plain = indexed + ["--variant", "default"]
    private static let pattern = ["--pattern", key]

    /// The options of two commands.
    private static let commands: [([String], [String])] = [
        ([], alone), (alone, []), (["--limit", "8"], pattern), (alone, pattern + ["--limit", "1"]),
        ([], indexed + alone), ([], plain + alone), (indexed + alone, alone), (indexed + alone, plain + alone),
        (plain + alone, indexed + alone),
    ]

    @Test(arguments: commands)
    func whoHasLoggedOutStaysSo(_ first: [String], _ second: [String]) throws {
        let bench = try Self.bench(first)
        defer { bench.stop() }
        for form in ["table", "json"] {
            let rehearsal = bench.run(second + ["--dry-run", "-o", form])
            #expect(rehearsal.status == .partial, "\(rehearsal.out)\(rehearsal.err)")
            #expect(rehearsal.out.contains("absent: " + Self.past), "\(rehearsal.out)\(rehearsal.err)")
        }
        for _ in 0..<2 {
            let run = bench.run(second + ["--yes"])
            #expect(run.status == .partial && run.err.contains("1 absent"), "\(run.err)")
            #expect(run.err.contains("absent: " + Self.past) && run.err.contains("--anew"), "\(run.err)")
            #expect(try !Self.isThere(bench) && Self.has(Self.key, bench.source))
        }
        let anew = bench.run(second + ["--yes", "--anew"])
        #expect(try anew.status == .done && anew.err.contains("migrated ") && Self.isThere(bench), "\(anew.err)")
        let again = bench.run(second + ["--yes"])
        #expect(again.status == .done && again.err.contains("unneeded"), "\(again.err)")
    }

    /// There it has another key, and nobody has ended it.
    @Test func inAnotherNamespaceItIsWritten() throws {
        let bench = try Self.bench()
        defer { bench.stop() }
        let words = Self.indexed + ["--namespace", "other"] + Self.alone
        #expect(bench.run(words + ["--dry-run"]).out.contains("other:sessions:" + Self.id))
        let run = bench.run(words + ["--yes"])
        #expect(run.status == .done && run.err.contains("migrated 1 of 1 session"), "\(run.err)")
        #expect(try Self.has("other:sessions:" + Self.id, bench.target) && !Self.isThere(bench))
        try bench.target.command("DEL", "other:sessions:" + Self.id, "other:sessions:expires:" + Self.id)
        let other = bench.run(words + ["--variant", "default", "--yes"])
        #expect(other.status == .partial && other.err.contains("1 absent"), "\(other.err)")
    }

    @Test func atAnotherTargetItIsWritten() throws {
        let bench = try Self.bench()
        defer { bench.stop() }
        let third = try RedisServer()
        defer { third.stop() }
        let urls = [bench.source, third].map { "unix://\($0.socketPath)" }
        let run = CommandRun(
            ["migrate"] + urls + Self.alone + ["--yes"], environment: ["XDG_STATE_HOME": bench.home.path])
        #expect(run.status == .done && run.err.contains("migrated 1 of 1 session"), "\(run.err)")
        let database = CommandRun(
            ["migrate", urls[0], "unix://\(bench.target.socketPath)?db=3"] + Self.alone + ["--yes"],
            environment: ["XDG_STATE_HOME": bench.home.path])
        #expect(database.status == .done && database.err.contains("migrated 1 of 1 session"), "\(database.err)")
    }

    /// Who is still there is not asked for, and what the first job had not come to is written.
    @Test func whatIsLeftIsWritten() throws {
        let bench = try Self.bench(Self.alone)
        defer { bench.stop() }
        let run = bench.run("--yes")
        #expect(
            run.status == .partial && run.err.contains("migrated 7 of 11 sessions: 1 absent, 3 ended"), "\(run.err)")
    }

    /// Used at the source since, it is new there.
    @Test func whatIsUsedAtTheSourceSinceIsWritten() throws {
        let bench = try Self.bench()
        defer { bench.stop() }
        #expect(bench.on(bench.source, "set", Self.id, "theme=light", "--yes").status == .done)
        let run = bench.run(Self.alone + ["--yes"])
        #expect(try run.status == .done && Self.isThere(bench), "\(run.err)")
    }

    // MARK: Seen at the target

    /// Two servers with the same sessions, and a home where no job has noted that.
    private static func copied() throws -> Bench {
        let bench = try Bench("spring-session-2.7.4-indexed")
        let other = try TemporaryDirectory()
        let urls = [bench.source, bench.target].map { "unix://\($0.socketPath)" }
        let run = CommandRun(["migrate"] + urls + ["--yes"], environment: ["XDG_STATE_HOME": other.path])
        try #require(run.status == .done, "\(run.err)")
        return bench
    }

    /// A session of the target that is left there, and ended there before the next run.
    @Test(arguments: [
        ([], Commands.ExitStatus.partial, "1 conflict"), (["--on-conflict", "skip"], .done, "1 skipped"),
        (["--on-conflict", "newer"], .done, "1 skipped"),
    ])
    func whoWasFoundThereAndHasLoggedOutStaysSo(
        _ words: [String], _ status: Commands.ExitStatus, _ told: String
    ) throws {
        let bench = try Self.copied()
        defer { bench.stop() }
        #expect(bench.on(bench.target, "set", Self.id, "theme=light", "--yes").status == .done)
        #expect(bench.on(bench.target, "touch", Self.id, "--yes").status == .done)
        let first = bench.run(words + Self.alone + ["--yes"])
        #expect(first.status == status && first.err.contains(told), "\(first.err)")
        try bench.target.command("DEL", Self.key, Self.shadow)
        let past = "absent: it was at the target when an earlier run looked, and the target has '\(Self.key)' no more"
        #expect(bench.run(words + Self.alone + ["--dry-run"]).out.contains(past))
        for _ in 0..<2 {
            let run = bench.run(words + Self.alone + ["--yes"])
            #expect(run.status == .partial && run.err.contains(past), "\(run.err)")
            #expect(try !Self.isThere(bench))
        }
        let other = bench.run(words + Self.pattern + ["--yes"])
        #expect(
            other.status == .partial && other.err.contains("when another job of these two stores looked"),
            "\(other.err)")
        #expect(bench.run(words + Self.alone + ["--yes", "--anew"]).err.contains("migrated 1 of 1 session"))
        #expect(try Self.isThere(bench))
    }

    /// It was the same, though no job had written it.
    @Test func whoWasThereAlreadyAndHasLoggedOutStaysSo() throws {
        let bench = try Self.copied()
        defer { bench.stop() }
        let first = bench.run(Self.alone + ["--yes"])
        #expect(first.status == .done && first.err.contains("1 unneeded"), "\(first.err)")
        try bench.target.command("DEL", Self.key, Self.shadow)
        for words in [Self.alone, Self.pattern] {
            let run = bench.run(words + ["--yes"])
            #expect(try run.status == .partial && run.err.contains("1 absent") && !Self.isThere(bench), "\(run.err)")
        }
    }
}
