import Sessions
import TestSupport
import Testing

@testable import Tokens

/// The Wycheproof vectors, as signatures alone: many payloads are no JSON.
struct WycheproofTests {
    private func isAccepted(_ test: WycheproofTest) -> Bool {
        guard let keys = try? KeySet.jwk(test.key) else { return false }
        let policy = TokenPolicy(now: 0)
        return TokenVerifier(keys: keys, policy: policy).verifySignature(test.token).token != nil
    }

    /// Runs a file; the ids of valid vectors that are refused must be exactly those that are listed with a reason.
    private func run(
        _ file: String, valid: Int, invalid: Int, refusedFor reasons: [Int64: String] = [:],
        sameAsValid: Set<Int64> = []
    ) throws {
        let tests = try WycheproofTest.all(file)
        let refused = tests.filter { $0.isValid && !isAccepted($0) }.map(\.id)
        #expect(Set(refused) == Set(reasons.keys))
        let accepted = tests.filter { !$0.isValid && isAccepted($0) }
        for test in accepted { #expect(sameAsValid.contains(test.id), "\(test.id) \(test.comment) must be refused") }
        // No verifier can tell apart what is the same to the byte, under the same key.
        for id in sameAsValid {
            let test = try #require(tests.first { $0.id == id })
            #expect(tests.contains { $0.isValid && $0.token == test.token && $0.key == test.key })
        }
        #expect(tests.count { $0.isValid } == valid)
        #expect(tests.count { !$0.isValid } == invalid)
    }

    @Test func signatures() throws {
        try run(
            "json_web_signature_test", valid: 46, invalid: 355,
            refusedFor: [
                346:
                    "alg of the key is PS256, the token is signed with PS384: the key pins the algorithm (RFC 8725 §3.1)",
                347: "alg of the key is ES521, which is no algorithm (RFC 7518 §3.1)",
                350: "as 346",
                351: "as 347",
                372: "a question mark within the Base64url of the header (RFC 7515 §2)",
                373: "a question mark within the Base64url of the payload (RFC 7515 §2)",
            ],
            // Their padding was lost when the file was made: both are the token of the valid 357.
            sameAsValid: [367, 370])
    }

    @Test func keys() throws {
        try run("json_web_key_test", valid: 5, invalid: 21)
    }

    @Test func cryptography() throws {
        try run(
            "json_web_crypto_test", valid: 6, invalid: 77,
            refusedFor: [50: "an encrypted token", 67: "an encrypted token"])
    }

    /// Encrypted tokens are never verified, whatever the key; those of five parts are named as what they are.
    @Test func encryptedTokensAreNeverVerified() throws {
        let secret = try KeySet.secret(FreshKeys.secret(7, count: 64))
        var named = 0
        let tests = try WycheproofTest.all("json_web_encryption_test")
        for test in tests {
            for keys in [secret, try? KeySet.jwk(test.key)].compactMap({ $0 }) {
                let verifier = TokenVerifier(keys: keys, policy: TokenPolicy(now: 0))
                #expect(verifier.verify(test.token).token == nil, "\(test.id)")
                #expect(verifier.verifySignature(test.token).token == nil, "\(test.id)")
                if verifier.verify(test.token).refusals.map(\.reason) == [.encrypted] { named += 1 }
            }
        }
        #expect(tests.count == 139)
        #expect(named > 100)
    }
}
