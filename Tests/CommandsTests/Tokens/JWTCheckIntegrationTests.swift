import TestSupport
import Testing

@testable import Commands

/// `jwt check` on a RedisServer of its own: each key that may speak against a token.
struct JWTCheckIntegrationTests {
    private static let exp: Int64 = 4_102_444_800
    private static let token = TokenBench.token(
        #"{"sub":"alice","jti":"t1","sid":"s1","iat":1700000000,"exp":\#(exp),"ver":3,"family":"f1"}"#)

    private func bench(_ commands: String...) throws -> TokenBench {
        let bench = try TokenBench()
        for command in commands { try bench.server.command(command.split(separator: " ").map { Array($0.utf8) }) }
        return bench
    }

    @Test(
        arguments: [
            ("SET jwt:deny:t1 1 PXAT 4102444900000", "denied"), ("SET blacklist:t1 1 EX 9000000000", "denied"),
            ("SET jwt:cutoff:alice 1700000000", "before-cutoff"), ("SET user:ver:alice 4", "version-mismatch"),
            ("SADD refresh:fam:f1 revoked", "family-revoked"),
            ("HSET session:s1 sub bob sid s1 ip 10.0.0.1", "other-token"),
        ])
    func eachKeyRevokes(_ command: String, _ code: String) throws {
        let check = try bench(command).check(Self.token)
        #expect(check.verdict == "revoked" && check.codes.contains(code), "\(check)")
        #expect(check.status == .notFound)
    }

    @Test(
        arguments: [
            "SET jwt:deny:t2 1 EX 100", "SET jwt:cutoff:alice 1699999999", "SET user:ver:alice 3",
            "SADD refresh:fam:f1 aa00", "SET jwt:allow:alice:t1 1 EX 100",
        ])
    func whatIsNotAboutItLetsItPass(_ command: String) throws {
        let check = try bench(command).check(Self.token)
        #expect(check.verdict == "allowed" && check.status == .done, "\(check)")
    }

    @Test func aTokenWithoutATimePassesNoCutOff() throws {
        let token = TokenBench.token(#"{"sub":"alice","jti":"t1","exp":\#(Self.exp)}"#)
        let check = try bench("SET jwt:cutoff:alice 1700000000").check(token)
        #expect(check.verdict == "revoked" && check.codes == ["before-cutoff"], "\(check)")
        #expect(try bench("SET jwt:cutoff:bob 1700000000").check(token).verdict == "allowed")
    }

    /// Any entry tells that an allow-list is kept, and so does its name; without both, nothing is missing.
    @Test func absenceRevokesWhereAnAllowListIsKept() throws {
        let bench = try bench("SET jwt:allow:bob:t9 1 EX 100")
        let check = try bench.check(Self.token)
        #expect(check.verdict == "not-listed" && check.codes == ["not-listed"] && check.status == .notFound)
        #expect(try bench.check("jti:t9").verdict == "allowed")
        #expect(try bench.check("jti:t1").verdict == "not-listed")
        #expect(try bench.check(Self.token, "--jwt-keys", "allow=").verdict == "allowed")
        try bench.server.command("DEL", "jwt:allow:bob:t9")
        #expect(try bench.check(Self.token).verdict == "allowed")
        #expect(try bench.check(Self.token, "--jwt-keys", "allow=auth:{jti}").verdict == "not-listed")
        // What has a common name, and is no entry, tells nothing.
        try bench.server.command("SET", "session:abc", "somebody's own")
        #expect(try bench.check(Self.token).verdict == "allowed")
        try bench.server.command("HSET", "session:s2", "sub", "bob", "sid", "s2")
        #expect(try bench.check(Self.token).verdict == "not-listed")
    }

    /// Of an id alone its entry tells the user, and so the cut-off.
    @Test func anIdIsJudgedByItsEntry() throws {
        let bench = try bench(
            "HSET jwt:allow:alice:t1 sub alice jti t1 iat 1700000000 exp 4102444800", "EXPIRE jwt:allow:alice:t1 1000",
            "SET jwt:cutoff:alice 1700000001")
        #expect(try bench.check("jti:t1").codes.contains("before-cutoff"))
        #expect(try bench.check("sid:s1", "--jwt-keys", "allow=").verdict == "allowed")
    }

    @Test func theEndOfADenialBeforeThatOfTheTokenIsTold() throws {
        let bench = try bench("SET jwt:deny:t1 1 EX 100")
        let check = try bench.check(Self.token)
        #expect(check.codes.contains("deny-ends-early") && check.verdict == "revoked")
        let rows = bench.run(["jwt", "check", Self.token]).out.split(separator: "\n")
        #expect(rows[0].hasPrefix("1\trevoked\tdenied\tjwt:deny:t1\t"), "\(rows)")
    }

    @Test func whatCannotBeReadIsNotKnown() throws {
        let bench = try TokenBench { $0.users = ["narrow on >pw resetkeys ~jwt:allow:* &* +@all"] }
        let run = bench.run(
            ["jwt", "check", Self.token, "--user", "narrow", "-o", "jsonl"], environment: ["REDISCLI_AUTH": "pw"])
        #expect(run.status == .partial && run.out.contains(#""verdict":"unknown""#), "\(run.out)\(run.err)")
        try bench.server.command("SADD", "jwt:deny:t1", "x")
        #expect(try bench.check(Self.token).verdict == "unknown")
    }

    @Test func aTokenThatHasEndedIsExpired() throws {
        let token = TokenBench.token(#"{"jti":"old","exp":1700000000}"#)
        let check = try bench().check(token)
        #expect(check.verdict == "expired" && check.status == .notFound)
    }

    @Test func manyTokensMakeOneStatus() throws {
        let bench = try bench("SET jwt:deny:t2 1")
        let other = TokenBench.token(#"{"jti":"t2","exp":\#(Self.exp)}"#)
        let run = bench.run(["jwt", "check", "-o", "json", Self.token, other, "jti:t2", "no-token"])
        let verdicts = try TestJSON(reading: run.outBytes).requiredItems().map {
            try $0.required("verdict").requiredString()
        }
        #expect(verdicts == ["allowed", "revoked", "revoked", "undecodable"])
        #expect(run.status == .notFound)
        #expect(bench.run(["jwt", "check", Self.token, "no-token"]).status == .undecodable)
        #expect(bench.run(["jwt", "check", "user:alice"]).status == .usage)
    }

    @Test func aKeyVerifiesAsWell() throws {
        let bench = try bench()
        let keys = Fixtures.folder + "/token-keys/"
        let line = try #require(
            try Fixtures.jsonLines("token-keys/pyjwt.jsonl").first { $0["algorithm"]?.string == "ES256" })
        let token = try line.required("token").requiredString()
        let words = ["jwt", "check", token, "--pem", keys + "p256.spki.pem", "-o", "jsonl"]
        let during = ["--at", "2026-01-01T00:10:00Z"]
        let run = bench.run(words + during)
        #expect(run.status == .done && run.out.contains(#""verdict":"allowed""#) && run.err.isEmpty, "\(run.err)")
        #expect(bench.run(words).out.contains(#""verdict":"refused""#))
        #expect(bench.run(["jwt", "check", token]).err.contains("only Redis was asked"))
        #expect(bench.run(["jwt", "check", token] + during).status == .usage)
        try bench.server.command("SET", "jwt:deny:9a1e9970", "1")
        #expect(bench.run(words + during).out.contains(#""verdict":"revoked""#))
    }
}
