import TestSupport
import Testing

@testable import Commands

/// Tokens of sessions, which a RedisServer has and keeps as they are.
struct JWTSignIntegrationTests {
    private static let folder = Fixtures.folder + "/token-keys/"
    private static let key = ["--pem", folder + "p256.pkcs8.pem"]
    private static let store = FixtureStore("spring-session-3.5.7-indexed")

    private static func id(_ label: String) throws -> String {
        let expected = try store.expectedSessions().first { $0["label"]?.string == label }
        return try #require(expected?["id"]?.string as String?)
    }

    /// As a user who may write nothing.
    private func sign(_ words: [String], on server: RedisServer) -> CommandRun {
        CommandRun(
            ["jwt", "sign", "--user", "reader"] + words + Self.key, on: server, environment: ["REDISCLI_AUTH": "pw"])
    }

    private func server() throws -> RedisServer {
        let server = try RedisServer { $0.users = ["reader on >pw ~* &* +@all -@write"] }
        try server.load(Self.store)
        return server
    }

    @Test func aLoginBecomesAToken() throws {
        let server = try server()
        defer { server.stop() }
        let id = try Self.id("security-user")
        let run = sign(
            [
                "--from", id, "--expires-in", "1h", "--set", "iss=https://idp.invalid", "--set", "aud=shop", "-o",
                "json",
            ],
            on: server)
        #expect(run.status == .done, "\(run.err)")
        let json = try TestJSON(reading: run.outBytes)
        let claims = try json.required("claims")
        #expect(claims["sub"]?.string == "frank" && claims["iss"]?.string == "https://idp.invalid")
        #expect(claims["jti"]?.string?.count == 22 && claims["sid"]?.string?.count == 43)
        #expect(claims["roles"]?.items?.isEmpty == false && json["expiresAt"]?.string == "2026-11-23T08:46:40.000Z")
        #expect(!run.out.contains(id))
        let dropped = json["losses"]?.items?.filter { $0["dropped"]?.bool ?? false }.compactMap {
            $0["attribute"]?.string
        }
        for name in ["SPRING_SECURITY_SAVED_REQUEST", "SPRING_SECURITY_LAST_EXCEPTION"] {
            #expect(dropped?.contains(name) == true && run.err.contains("\(name): left out: "), "\(run.err)")
        }
        #expect(run.err.contains("a CSRF token is secret") && run.err.contains("interval: "))
        let token = json["token"]?.string ?? ""
        let verified = CommandRun([
            "jwt", "verify", token, "--pem", Self.folder + "p256.spki.pem", "--iss", "https://idp.invalid", "--aud",
            "shop", "--require", "jti",
        ])
        #expect(verified.status == .done, "\(verified.out)")
    }

    @Test func attributesBecomeClaims() throws {
        let server = try server()
        defer { server.stop() }
        let run = sign(["--from", try Self.id("login-bob"), "-o", "json"], on: server)
        let json = try TestJSON(reading: run.outBytes)
        let claims = try json.required("claims")
        #expect(claims["sub"]?.string == "bob@example.org" && claims["attr:user"]?.string == "bob@example.org")
        #expect(claims["attr:roles"]?.items?.first?.string == "USER" && claims["roles"] == nil)
        // When the session would end: its last use and ten years.
        #expect(json["expiresAt"]?.string == "2036-11-20T07:17:40.000Z", "\(run.out)")
    }

    /// Each token has an id of its own.
    @Test func idsAreRandom() throws {
        let server = try server()
        defer { server.stop() }
        let words = ["--from", try Self.id("login-bob"), "-o", "json"]
        let ids = try (0..<3).map { _ in
            try TestJSON(reading: sign(words, on: server).outBytes)["claims"]?["jti"]?.string ?? ""
        }
        #expect(Set(ids).count == 3)
        let given = sign(words + ["--set", "jti=mine"], on: server)
        #expect(try TestJSON(reading: given.outBytes)["claims"]?["jti"]?.string == "mine", "\(given.err)")
    }

    @Test func whoIsNobodyIsNoSubject() throws {
        let server = try server()
        defer { server.stop() }
        let run = sign(["--from", try Self.id("security-anonymous"), "-o", "json"], on: server)
        let claims = try TestJSON(reading: run.outBytes).required("claims")
        #expect(claims["sub"] == nil && claims["roles"] == nil && claims["attr:plain"]?.string == "text", "\(run.err)")
    }

    @Test func sessionsAreNamedAsEverywhere() throws {
        let server = try server()
        defer { server.stop() }
        let missing = sign(["--from", "00000000-0000-0000-0000-000000000000"], on: server)
        #expect(missing.status == .notFound && missing.out.isEmpty, "\(missing.err)")
        let several = sign(["--from", "user:frank"], on: server)
        #expect(several.status == .usage && several.err.contains("stands for 2 sessions"), "\(several.err)")
        let short = sign(["--from", String(try Self.id("login-bob").prefix(8))], on: server)
        #expect(short.status == .done && short.out.hasPrefix("eyJ"), "\(short.err)")
    }

    @Test func tokensAreNotSignedAnew() throws {
        let server = try server()
        defer { server.stop() }
        let token = try #require(
            try Fixtures.jsonLines("token-keys/pyjwt.jsonl").first?["token"]?.string as String?)
        try server.command("SET", "some token", token)
        let run = sign(["--from", "key:some token", "--expires-in", "1h"], on: server)
        #expect(run.status == .usage && run.err.contains("token already"), "\(run.err)")
    }
}
