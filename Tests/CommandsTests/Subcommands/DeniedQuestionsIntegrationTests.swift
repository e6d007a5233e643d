import TestSupport
import Testing

@testable import Commands

/// Users who may not ask all that has to be known of sessions, such as whether the keys are there that tell what they are.
struct DeniedQuestionsIntegrationTests {
    private typealias Bench = MigrateCommandIntegrationTests.Bench

    private static let alice = "3e88ee0f-5b15-45de-b411-8a0c5e79a69b"

    private static func bench() throws -> Bench { try Bench("spring-session-2.7.4-indexed") }

    /// The store's URL as a user with these rights.
    private static func url(of server: RedisServer, _ rights: String...) throws -> String {
        let words = ["ACL", "SETUSER", "ann", "reset", "on", ">p", "&*", "+@all"] + rights
        try server.command(words.map { Array($0.utf8) })
        return "unix://ann:p@\(server.socketPath)"
    }

    private static func run(_ bench: Bench, _ words: [String]) -> CommandRun {
        CommandRun(words, environment: ["XDG_STATE_HOME": bench.home.path, "TMPDIR": bench.home.path])
    }

    /// An indexed session would be taken for one of the default repository, and leave its other keys behind.
    @Test(arguments: ["--yes", "--yes --move", "--dry-run", "--yes --to spring --namespace other"])
    func whoMayNotAskMigratesNothing(_ words: String) throws {
        let bench = try Self.bench()
        defer { bench.stop() }
        let source = try Self.url(of: bench.source, "~*", "-exists")
        let before = try bench.source.everything()
        let run = Self.run(
            bench,
            ["migrate", source, "unix://\(bench.target.socketPath)"] + words.split(separator: " ").map(String.init))
        #expect(run.status == .permission && run.err.contains("EXISTS: NOPERM"), "\(run.err)")
        #expect(!run.err.contains("found "), "\(run.err)")
        #expect(try bench.target.everything().isEmpty && bench.source.everything() == before)
    }

    @Test func whoMayNotAskComparesNothing() throws {
        let bench = try Self.bench()
        defer { bench.stop() }
        #expect(bench.run("--yes").status == .done)
        let denied = try [bench.source, bench.target].map { try Self.url(of: $0, "~*", "-exists") }
        let open = [bench.source, bench.target].map { "unix://\($0.socketPath)" }
        for urls in [[denied[0], open[1]], [open[0], denied[1]], denied] {
            let run = Self.run(bench, ["verify"] + urls)
            #expect(run.status == .permission && run.err.contains("EXISTS: NOPERM"), "\(run.out) \(run.err)")
        }
    }

    @Test(arguments: [[], ["--where", "variant = default"]]) func whoMayNotAskExportsNothing(_ words: [String]) throws {
        let bench = try Self.bench()
        defer { bench.stop() }
        let source = try Self.url(of: bench.source, "~*", "-exists")
        let run = Self.run(bench, ["export", bench.home.path + "/a.jsonl", "-u", source] + words)
        #expect(run.status == .permission && run.err.contains("EXISTS: NOPERM"), "\(run.err)")
    }

    /// What a filter says of variants would be true of others.
    @Test func whoMayNotAskEndsNothingByVariant() throws {
        let bench = try Self.bench()
        defer { bench.stop() }
        let source = try Self.url(of: bench.source, "~*", "-exists")
        let before = try bench.source.everything()
        let run = Self.run(bench, ["expire", "--where", "variant = default", "--yes", "-u", source])
        #expect(run.status == .permission && run.err.contains("EXISTS: NOPERM"), "\(run.err)")
        #expect(try bench.source.everything() == before)
    }

    /// Where nobody asks what a session is, nothing is missing.
    @Test func aListNeedsNoSuchRight() throws {
        let bench = try Self.bench()
        defer { bench.stop() }
        let run = Self.run(bench, ["list", "-u", try Self.url(of: bench.source, "~*", "-exists")])
        #expect(run.status == .done && run.out.contains(Self.alice), "\(run.err)")
    }

    /// What is only shown is left empty, and said to be so; also of a session that is too large to be read at once.
    @Test(arguments: [[], ["--sort", "id"], ["--where", "principal != none"], ["--where", "size > 1"]])
    func aListLeavesTheVariantEmpty(_ words: [String]) throws {
        let bench = try Self.bench()
        defer { bench.stop() }
        let key = "spring:session:sessions:" + Self.alice
        let fields = (0..<10_001).flatMap { ["more\($0)", "x"] }
        try bench.source.command((["HSET", key] + fields).map { Array($0.utf8) })
        let source = try Self.url(of: bench.source, "~*", "-exists")
        let run = Self.run(bench, ["list", "--fields", "id,format,variant", "-u", source] + words)
        #expect(run.status == .partial && run.out.contains("\(Self.alice)\tspring\t\n"), "\(run.out) \(run.err)")
        #expect(run.err.contains("this Redis user may not ask (EXISTS) for the keys beside"), "\(run.err)")
        #expect(run.err.split(separator: "\n").count { $0.contains("EXISTS") } == 1, "\(run.err)")
        let lines = run.out.split(separator: "\n").count
        #expect(run.err.contains("beside \(lines) sessions"), "\(lines): \(run.err)")
    }

    /// Of those keys alone the same is so.
    @Test func aListTellsOfShadowKeysThatMayNotBeLookedAt() throws {
        let bench = try Self.bench()
        defer { bench.stop() }
        let source = try Self.url(of: bench.source, "~spring:session:sessions:????????-*")
        let run = Self.run(bench, ["list", "--fields", "id,variant", "-u", source])
        #expect(run.status == .partial && run.out.contains("\(Self.alice)\t\n"), "\(run.out) \(run.err)")
        #expect(run.err.contains("that tell the variant: it is left empty"), "\(run.err)")
    }

    /// Where a filter rests on it, what is not known must not be taken for something else.
    @Test func aListByVariantIsRefused() throws {
        let bench = try Self.bench()
        defer { bench.stop() }
        let source = try Self.url(of: bench.source, "~*", "-exists")
        for words in [["--where", "variant = default"], ["--where", "finding = 'missing-shadow-key'"]] {
            let run = Self.run(bench, ["list", "--fields", "id,variant", "-u", source] + words)
            #expect(run.status == .permission && run.err.contains("EXISTS: NOPERM"), "\(run.err)")
        }
    }

    /// Who may ask, and not at those keys, is told which.
    @Test func whoMayNotLookAtShadowKeysIsToldSo() throws {
        let bench = try Self.bench()
        defer { bench.stop() }
        let patterns = ["sessions:????????-*", "sessions:expirations", "index:*", "expirations:*"]
        let rights = patterns.map { "~spring:session:" + $0 }
        let source = try Self.url(of: bench.source, rights[0], rights[1], rights[2], rights[3])
        let run = Self.run(bench, ["migrate", source, "unix://\(bench.target.socketPath)", "--yes"])
        #expect(run.status == .partial && run.err.contains("migrated 0 of 11 sessions"), "\(run.err)")
        #expect(run.err.contains("may not read 'spring:session:sessions:expires:\(Self.alice)'"), "\(run.err)")
        #expect(try bench.target.everything().isEmpty)
    }

    // MARK: What writing rests on

    /// Nothing is written where nothing could be taken away: what may not be looked at is never as it was read.
    @Test(arguments: [("-@scripting", "-hlen"), ("-@scripting", "-hget"), ("+eval", "-hlen")])
    func whoMayNotLookAgainMovesNothing(_ way: String, _ right: String) throws {
        let bench = try Self.bench()
        defer { bench.stop() }
        let source = try Self.url(of: bench.source, "~*", way, right)
        let before = try bench.source.everything()
        let run = Self.run(bench, ["migrate", source, "unix://\(bench.target.socketPath)", "--move", "--yes"])
        #expect(run.status == .permission, "\(run.err)")
        #expect(run.err.contains("\(right.dropFirst().uppercased())"), "\(run.err)")
        #expect(try bench.target.everything().isEmpty && bench.source.everything() == before)
    }

    @Test(arguments: ["-hlen", "-hget"]) func whoMayNotLookAgainWritesNothingOver(_ right: String) throws {
        let bench = try Self.bench()
        defer { bench.stop() }
        try bench.target.load(FixtureStore("spring-session-2.7.4-indexed"))
        let key = "spring:session:sessions:" + Self.alice
        try bench.target.command("HSET", key, "sessionAttr:more", "x")
        let before = try bench.target.everything()
        let target = try Self.url(of: bench.target, "~*", "-@scripting", right)
        let words = [
            "migrate", "unix://\(bench.source.socketPath)", target, "--yes", "--on-conflict", "overwrite",
        ]
        let run = Self.run(bench, words)
        #expect(run.status == .permission, "\(run.err)")
        #expect(run.err.contains("NOPERM this user may not run \(right.dropFirst().uppercased())"), "\(run.err)")
        #expect(try bench.target.everything() == before)
    }
}
