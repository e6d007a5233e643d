import Sessions
import TestSupport
import Testing

@testable import Tokens

/// A token of every algorithm, made by PyJWT with the keys of `token-keys`.
struct TokenFixture: Sendable {
    let algorithm: SignatureAlgorithm
    let token: [UInt8]
    private let keyName: String

    /// Until 2026-01-01T01:00:00Z.
    static let during: Int64 = 1_767_225_600_000

    static func all() throws -> [TokenFixture] {
        try Fixtures.jsonLines("token-keys/pyjwt.jsonl").map { line in
            guard let algorithm = SignatureAlgorithm(rawValue: try line.required("algorithm").requiredString()) else {
                throw FixtureError("an unknown algorithm")
            }
            return TokenFixture(
                algorithm: algorithm, token: Array(try line.required("token").requiredString().utf8),
                keyName: try line.required("key").requiredString())
        }
    }

    func keys(isPrivate: Bool = false) throws -> KeySet {
        if keyName.hasSuffix(".bin") { return try .secret(try Fixtures.bytes("token-keys/\(keyName)")) }
        return try .pem(try Fixtures.bytes("token-keys/\(keyName).\(isPrivate ? "pkcs8" : "spki").pem"))
    }
}

struct PyJWTTests {
    @Test func itsTokensAreVerified() throws {
        var seen: [SignatureAlgorithm] = []
        for fixture in try TokenFixture.all() {
            let policy = TokenPolicy(
                now: TokenFixture.during, algorithms: [fixture.algorithm], issuers: ["https://idp.invalid"],
                audiences: ["desk"], type: "jwt", required: ["exp", "sub"])
            let verdict = TokenVerifier(keys: try fixture.keys(), policy: policy).verify(fixture.token)
            #expect(verdict.token?.algorithm == fixture.algorithm, "\(verdict.refusals)")
            seen.append(fixture.algorithm)
        }
        #expect(seen == SignatureAlgorithm.allCases.filter { $0 != .ed25519 })
    }

    @Test func noKeyVerifiesATokenOfAnotherAlgorithm() throws {
        let fixtures = try TokenFixture.all()
        for key in fixtures {
            let policy = TokenPolicy(now: TokenFixture.during, algorithms: [key.algorithm])
            let verifier = TokenVerifier(keys: try key.keys(), policy: policy)
            for fixture in fixtures where fixture.algorithm != key.algorithm {
                let reasons = verifier.verify(fixture.token).refusals.map(\.reason)
                #expect(reasons == [.algorithm], "\(fixture.algorithm) with a key for \(key.algorithm)")
            }
        }
    }
}
