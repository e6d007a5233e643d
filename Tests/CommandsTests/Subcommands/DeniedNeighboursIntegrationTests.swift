import TestSupport
import Testing

@testable import Commands

/// Sessions that a Redis user may read, with keys beside them that it may not.
struct DeniedNeighboursIntegrationTests {
    private static let readable = ["~jwt:*", "~spring:*"]

    /// A token of an allow-list, which the index of its user names.
    private static func bench() throws -> MigrateCommandIntegrationTests.Bench {
        let bench = try MigrateCommandIntegrationTests.Bench()
        let claims = #"{"sub":"alice","jti":"t1","iat":1700000000,"exp":4102444800}"#
        try bench.source.command("SET", "jwt:allow:alice:t1", TokenBench.token(claims), "EX", "36000")
        try bench.source.command("SADD", "user:tokens:alice", "t1")
        return bench
    }

    private static func addUser(to server: RedisServer, _ patterns: [String]) throws {
        try server.command((["ACL", "SETUSER", "ann", "on", ">p", "&*", "+@all"] + patterns).map { Array($0.utf8) })
    }

    private static func run(
        _ bench: MigrateCommandIntegrationTests.Bench, asAnnAt side: String, _ words: String...
    ) -> CommandRun {
        let urls = [("source", bench.source), ("target", bench.target)].map {
            "unix://\($0 == side ? "ann:p@" : "")\($1.socketPath)"
        }
        return CommandRun(
            ["migrate"] + urls + words, environment: ["XDG_STATE_HOME": bench.home.path, "TMPDIR": bench.home.path])
    }

    /// Each key is named, with what the user needs, and how it is said that there are none.
    @Test(arguments: [["--move"], []]) func theSourceNamesThem(_ words: [String]) throws {
        let bench = try Self.bench()
        defer { bench.stop() }
        try Self.addUser(to: bench.source, Self.readable)
        let before = try bench.source.everything()
        let run = Self.run(bench, asAnnAt: "source", "--yes", words.first ?? "--anew")
        #expect(run.status == .partial && run.err.contains("0 of 1 session: 1 refused"), "\(run.err)")
        for text in ["at the source may not read", "'user:tokens:alice'", "'~user:tokens:*'", "'index='"] {
            #expect(run.err.contains(text), "\(text): \(run.err)")
        }
        #expect(!run.err.contains("NOPERM"), "\(run.err)")
        #expect(try bench.source.everything() == before)
        #expect(try bench.target.everything().isEmpty)
    }

    @Test func aDryRunNamesThem() throws {
        let bench = try Self.bench()
        defer { bench.stop() }
        try Self.addUser(to: bench.source, Self.readable)
        let run = Self.run(bench, asAnnAt: "source", "--move", "--dry-run")
        #expect(run.status == .partial && run.out.contains("may not read"), "\(run.out) \(run.err)")
        #expect(run.out.contains("user:tokens:alice"), "\(run.out)")
    }

    @Test func theTargetNamesThem() throws {
        let bench = try Self.bench()
        defer { bench.stop() }
        try Self.addUser(to: bench.target, Self.readable)
        let run = Self.run(bench, asAnnAt: "target", "--yes")
        #expect(
            run.status == .permission && run.err.contains("at the target may not read 'user:tokens:alice'"),
            "\(run.err)")
        #expect(run.err.contains("'~user:tokens:*'"), "\(run.err)")
        #expect(try bench.target.everything().isEmpty)
    }

    /// The keys of the sessions themselves are not all that is written.
    @Test(arguments: [[], ["--to", "spring", "--spring-version", "2.7"]]) func theTargetNamesTheSetsOfSpring(
        _ words: [String]
    ) throws {
        let bench = try MigrateCommandIntegrationTests.Bench("spring-session-2.7.4-indexed")
        defer { bench.stop() }
        try Self.addUser(to: bench.target, ["~spring:session:sessions:*"])
        let urls = ["unix://\(bench.source.socketPath)", "unix://ann:p@\(bench.target.socketPath)"]
        let run = CommandRun(
            ["migrate"] + urls + words + ["--yes"],
            environment: ["XDG_STATE_HOME": bench.home.path, "TMPDIR": bench.home.path])
        // A session of nobody that never ends has no other key.
        #expect(run.status == .partial && run.err.contains("at the target may not read"), "\(run.err)")
        #expect(run.err.contains("'~spring:session:expirations:*'"), "\(run.err)")
        #expect(!run.err.contains("it was not reached"), "\(run.err)")
        for denied in ["spring:session:expirations:*", "spring:session:index:*"] {
            #expect(try bench.target.command("KEYS", denied) == .array([]))
        }
    }

    /// What a token says is in no pattern that somebody may paste.
    @Test func patternsHaveNothingOfTheUsersChoice() throws {
        let bench = try MigrateCommandIntegrationTests.Bench()
        defer { bench.stop() }
        let claims = #"{"sub":"a:*'; x:b","jti":"t1","iat":1700000000,"exp":4102444800}"#
        try bench.source.command("SET", "jwt:allow:t1", TokenBench.token(claims), "EX", "36000")
        try Self.addUser(to: bench.source, Self.readable)
        let run = Self.run(bench, asAnnAt: "source", "--yes")
        #expect(run.status == .partial && run.err.contains("'~user:tokens:a:*'"), "\(run.err)")
        #expect(!run.err.contains("'~user:tokens:a:*'; x"), "\(run.err)")
    }

    /// What it asks for is enough, and one session that cannot be read is no other's trouble.
    @Test func othersGoOn() throws {
        let bench = try Self.bench()
        defer { bench.stop() }
        let others = ["~black*", "~block*", "~user:ver:*", "~session:*", "~refresh:*"]
        try Self.addUser(to: bench.source, Self.readable + others + ["~user:tokens:alice"])
        let claims = #"{"sub":"bob","jti":"t2","iat":1700000000,"exp":4102444800}"#
        try bench.source.command("SET", "jwt:allow:bob:t2", TokenBench.token(claims), "EX", "36000")
        let run = Self.run(bench, asAnnAt: "source", "--yes")
        #expect(run.err.contains("migrated 1 of 2 sessions: 1 refused"), "\(run.err)")
        #expect(run.err.contains("may not read 'user:tokens:bob', which"), "\(run.err)")
        #expect(try bench.target.command("EXISTS", "jwt:allow:alice:t1", "user:tokens:alice") == .integer(2))
        try Self.addUser(to: bench.source, ["~user:tokens:*"])
        let again = Self.run(bench, asAnnAt: "source", "--yes")
        #expect(again.status == .done && again.err.contains("migrated 1 of 2 sessions: 1 unneeded"), "\(again.err)")
    }
}
