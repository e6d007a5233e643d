import TestSupport
import Testing

@testable import Commands

/// What a request writes behind the removal of a session that was moved: some fields of its hash.
struct RemnantIntegrationTests {
    private typealias Bench = MigrateCommandIntegrationTests.Bench

    private static let cases = [
        (
            store: "spring-session-3.5.7-indexed", prefix: "spring:session:sessions:",
            id: "da602c26-89ca-42fd-98dd-afa2135c82e2",
            field: "lastAccessedTime"
        ),
        (
            store: "redisson-tomcat-3.52.0", prefix: "redisson:tomcat_session:", id: "103BB2A86EAAA2B1153889B2F68DD9F6",
            field: "session:lastAccessedTime"
        ),
    ]

    private static func value(of field: String, of key: String, _ server: RedisServer) throws -> [UInt8] {
        guard case .string(let value) = try server.command("HGET", key, field) else {
            throw FixtureError(what: "\(key) has no \(field)")
        }
        return value
    }

    private struct FixtureError: Error { let what: String }

    /// Who has logged out at the target, where a request has left as much, is not brought back, whatever is written over.
    @Test(arguments: cases.indices, [["--move"], []]) func whoseIsAtTheTargetStaysOut(_ place: Int, _ words: [String])
        throws
    {
        let one = Self.cases[place]
        let bench = try Bench(one.store)
        defer { bench.stop() }
        let key = one.prefix + one.id
        let value = try Self.value(of: one.field, of: key, bench.source)
        #expect(bench.run("--yes").status == .done)
        try bench.target.command("DEL", key)
        try bench.target.command([Array("HSET".utf8), Array(key.utf8), Array(one.field.utf8), value])
        try bench.target.command("PEXPIRE", key, "1800000")
        let run = bench.run(words + ["--on-conflict", "overwrite", "--pattern", key, "--yes"])
        #expect(run.status == .partial && run.err.contains("absent: it was logged out at the target"), "\(run.err)")
        #expect(try bench.target.command("HLEN", key) == .integer(1))
        #expect(try bench.source.command("EXISTS", key) == .integer(1))
    }

    @Test(arguments: cases.indices, [["--move"], []]) func takesNobodysPlace(_ place: Int, _ words: [String]) throws {
        let one = Self.cases[place]
        let bench = try Bench(one.store)
        defer { bench.stop() }
        let key = one.prefix + one.id
        let value = try Self.value(of: one.field, of: key, bench.source)
        let first = bench.run(words + ["--yes"])
        #expect(first.status == .done, "\(first.err)")
        let whole = try bench.target.command("DEBUG", "DIGEST-VALUE", key)
        try bench.source.command("DEL", key)
        try bench.source.command([Array("HSET".utf8), Array(key.utf8), Array(one.field.utf8), value])
        try bench.source.command("PEXPIRE", key, "1800000")
        for options in [words, words + ["--on-conflict", "overwrite"], words + ["--anew"]] {
            let run = bench.run(options + ["--yes"])
            #expect(
                run.status == .partial && run.err.contains("refused: it does not say when it was created"), "\(run.err)"
            )
            #expect(try bench.target.command("DEBUG", "DIGEST-VALUE", key) == whole)
            #expect(try bench.source.command("EXISTS", key) == .integer(1))
        }
        let urls = [bench.source, bench.target].map { "unix://\($0.socketPath)" }
        let verify = CommandRun(["verify"] + urls, environment: ["TMPDIR": bench.home.path])
        #expect(verify.status == .notFound && verify.out.contains(one.id), "\(verify.out) \(verify.err)")
    }
}
