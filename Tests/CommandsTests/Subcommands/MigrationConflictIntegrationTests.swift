import TestSupport
import Testing

@testable import Commands

/// What a migration does with what it finds at a session's key at the target.
struct MigrationConflictIntegrationTests {
    typealias Bench = MigrateCommandIntegrationTests.Bench

    private static let id = "9B43E13CFB1BF1BE9AF62EF1EADB24A6"
    private static let key = Array(id.utf8)

    /// A session of jcoleman's manager, of another text than in the fixtures.
    private static func value(_ text: String) throws -> [UInt8] {
        let records = try FixtureStore("tomcat9-redis-session-manager").records()
        guard let record = records.first(where: { $0.key == key }), case .string(var bytes) = record.content,
            let place = bytes.firstRange(of: Array("\u{4}null".utf8))
        else { throw FixtureError("no such session") }
        bytes.replaceSubrange(place.lowerBound + 1..<place.upperBound, with: text.utf8)
        return bytes
    }

    private static func put(_ text: String, _ seconds: Int, to server: RedisServer) throws {
        try server.command(
            [Array("SET".utf8), key, try value(text), Array("EX".utf8), Array(String(seconds).utf8)])
    }

    private static func holds(_ text: String, _ server: RedisServer) throws -> Bool {
        try server.command([Array("GET".utf8), key]) == .string(Array(try value(text)))
    }

    // MARK: Copied, and moved then

    private static let alice = "107fe95d-17d0-4470-b9cd-c9c8f35e27f9"

    /// The copy was used at the target before the same command moves it.
    @Test(arguments: [
        ("fail", Commands.ExitStatus.partial, "1 conflict"), ("skip", .done, "1 skipped"),
        ("newer", .done, "1 skipped"),
        ("overwrite", .done, "moved 8"),
    ])
    func whatTheTargetHasChangedSinceItWasCopiedIsAConflict(
        _ policy: String, _ status: Commands.ExitStatus, _ told: String
    ) throws {
        let bench = try Bench("spring-session-2.7.4-indexed")
        defer { bench.stop() }
        #expect(bench.run("--yes").status == .done)
        #expect(bench.on(bench.target, "set", Self.alice, "theme=light", "--yes").status == .done)
        #expect(bench.on(bench.target, "touch", Self.alice, "--yes").status == .done)
        let run = bench.run("--yes", "--move", "--on-conflict", policy)
        #expect(run.status == status && run.err.contains(told), "\(run.err)")
        #expect(!run.err.contains("read back"), "\(run.err)")
        #expect(policy != "fail" || run.err.contains("was changed there since it was migrated"), "\(run.err)")
        let left = bench.on(bench.source, "list", "--where", "id = '\(Self.alice)'", "--fields", "id").out
        #expect(left.isEmpty == (policy == "overwrite"), "\(left)")
        #expect((bench.on(bench.target, "get", Self.alice, "theme").out == "light\n") == (policy != "overwrite"))
    }

    // MARK: No sessions

    /// What is none goes for no session, whatever is said of conflicts.
    @Test(
        arguments: ["RPUSH %s a b", "SADD %s a", "ZADD %s 1 a", "SET %s value", "HSET %s field value"],
        ["fail", "skip", "newer", "overwrite"])
    func whatIsNoSessionStays(_ command: String, _ policy: String) throws {
        let types = ["RPUSH": "list", "SADD": "set", "ZADD": "sorted set", "SET": "string", "HSET": "hash"]
        let type = try #require(types[String(command.prefix { $0 != " " })])
        for (store, key) in [
            ("spring-session-2.7.4-indexed", "spring:session:sessions:" + Self.alice),
            ("tomcat9-redis-session-manager", Self.id),
        ] {
            let bench = try Bench(store)
            defer { bench.stop() }
            try bench.target.command(
                command.split(separator: " ").map { Array(($0 == "%s" ? key : String($0)).utf8) })
            let before = try bench.target.everything()[Array(key.utf8)]
            for words in [[], ["--move"]] {
                let run = bench.run(["--yes", "--on-conflict", policy] + words)
                #expect(run.status == .partial && run.err.contains("1 conflict"), "\(run.err)")
                #expect(run.err.contains("a \(type) that is no session is at '\(key)'"), "\(run.err)")
                #expect(try bench.target.everything()[Array(key.utf8)] == before)
                #expect(try bench.source.command("EXISTS", key) == .integer(1))
            }
        }
    }

    private static let shadow = "spring:session:sessions:expires:" + alice

    /// Spring's shadow key holds the empty string; what holds something is somebody else's, and goes for no session.
    @Test(arguments: ["fail", "skip", "newer", "overwrite"], [[], ["--move"]])
    func aStringAtTheShadowKeyStays(_ policy: String, _ words: [String]) throws {
        let bench = try Bench("spring-session-2.7.4-indexed")
        defer { bench.stop() }
        try bench.target.command("SET", Self.shadow, "value")
        let run = bench.run(["--yes", "--on-conflict", policy] + words)
        #expect(run.status == .partial && run.err.contains("1 conflict"), "\(run.err)")
        #expect(run.err.contains("'\(Self.shadow)' of the target holds a string that is no shadow key"), "\(run.err)")
        #expect(try bench.target.command("GET", Self.shadow) == .string(Array("value".utf8)))
        #expect(try bench.target.command("EXISTS", "spring:session:sessions:" + Self.alice) == .integer(0))
        #expect(try bench.source.command("EXISTS", "spring:session:sessions:" + Self.alice) == .integer(1))
    }

    @Test func aShadowKeyThatWasLeftIsInNobodysWay() throws {
        let bench = try Bench("spring-session-2.7.4-indexed")
        defer { bench.stop() }
        try bench.target.command("SET", Self.shadow, "")
        let run = bench.run("--yes")
        #expect(run.status == .done && run.err.contains("migrated 8"), "\(run.err)")
    }

    // MARK: Placeholders

    private static func isPlaceholder(_ server: RedisServer) throws -> Bool {
        try server.command([Array("GET".utf8), key]) == .string(Array("null".utf8))
    }

    /// A placeholder says that there is no session: it takes no session's place, whatever is said of conflicts.
    @Test(arguments: ["fail", "skip", "newer", "overwrite"], [[], ["--move"]])
    func aPlaceholderTakesNoSessionsPlace(_ policy: String, _ words: [String]) throws {
        let bench = try Bench()
        defer { bench.stop() }
        try bench.source.command([Array("SET".utf8), Self.key, Array("null".utf8)])
        try Self.put("here", 400_000_000, to: bench.target)
        let run = bench.run(["--yes", "--on-conflict", policy] + words)
        #expect(run.err.contains(policy == "skip" ? "1 skipped" : "1 conflict"), "\(run.err)")
        let isNamed = ["newer", "overwrite"].contains(policy)
        #expect(run.err.contains("is the placeholder of an id, and no session") == isNamed, "\(run.err)")
        #expect(try Self.holds("here", bench.target) && Self.isPlaceholder(bench.source))
    }

    /// The copy of what the source had before is a session as well.
    @Test func aPlaceholderTakesNoPlaceOfWhatWasCopied() throws {
        let bench = try Bench()
        defer { bench.stop() }
        try Self.put("here", 400_000_000, to: bench.source)
        #expect(bench.run("--yes").status == .done)
        try bench.source.command([Array("SET".utf8), Self.key, Array("null".utf8)])
        for policy in ["fail", "overwrite"] {
            let run = bench.run("--yes", "--on-conflict", policy)
            #expect(run.status == .partial && run.err.contains("1 conflict"), "\(run.err)")
            #expect(run.err.contains("has begun another one of its id since"), "\(run.err)")
            #expect(try Self.holds("here", bench.target))
        }
    }

    @Test(arguments: [[], ["--on-conflict", "overwrite"]]) func aPlaceholderGoesWhereNoSessionIs(_ words: [String])
        throws
    {
        for isThere in [false, true] {
            let bench = try Bench()
            defer { bench.stop() }
            for server in isThere ? [bench.source, bench.target] : [bench.source] {
                try server.command([Array("SET".utf8), Self.key, Array("null".utf8)])
            }
            let run = bench.run(words + ["--yes", "--move"])
            #expect(run.status == .done && run.err.contains("moved 1 of 1"), "\(run.err)")
            #expect(try Self.isPlaceholder(bench.target) && !Self.isPlaceholder(bench.source))
        }
    }

    // MARK: Which is newer

    /// The interval in the session is ten years, and its manager has a longer one.
    @Test func nothingTellsWhichWasUsedLastWhereKeysLiveLongerThanTheInterval() throws {
        let bench = try Bench()
        defer { bench.stop() }
        try Self.put("late", 399_999_000, to: bench.source)
        try Self.put("soon", 399_999_900, to: bench.target)
        let words = ["--yes", "--on-conflict", "newer"]
        let run = bench.run(words)
        #expect(run.status == .partial && run.err.contains("nothing tells which was used last"), "\(run.err)")
        #expect(run.err.contains("--max-inactive-interval"), "\(run.err)")
        let told = bench.run(words + ["--max-inactive-interval", "400000000"])
        #expect(told.status == .done && told.err.contains("1 skipped"), "\(told.err)")
        #expect(try Self.holds("soon", bench.target))
        try Self.put("late", 400_000_000, to: bench.source)
        let newer = bench.run(words + ["--max-inactive-interval", "400000000"])
        #expect(newer.status == .done && newer.err.contains("migrated 1"), "\(newer.err)")
        #expect(try Self.holds("late", bench.target))
    }
}
