import Sessions
import TestSupport
import Testing

@testable import Tokens

/// Sets of keys, and which of them a token is verified with.
struct KeySetTests {
    private static let claims = Array(#"{"sub":"alice"}"#.utf8)

    private static func oct(_ id: String?, _ byte: UInt8, _ more: String = "") -> String {
        let secret = Base64.encode(FreshKeys.secret(byte), .url)
        return #"{"kty":"oct","k":"\#(secret)"\#(id.map { #","kid":"\#($0)""# } ?? "")\#(more)}"#
    }

    private func set(_ keys: String...) throws(TokenError) -> KeySet {
        try .jwk(Array(#"{"keys":[\#(keys.joined(separator: ","))]}"#.utf8))
    }

    /// A token by a secret of this byte, with this `kid`.
    private func token(_ byte: UInt8, id: String?) throws -> [UInt8] {
        let signer = try TokenSigner(key: try TokenKey(secret: FreshKeys.secret(byte)))
        return try signer.sign(claims: Self.claims, id: id.map { JSONString($0) })
    }

    private func reasons(_ keys: KeySet, _ token: [UInt8]) -> [TokenRefusal.Reason] {
        TokenVerifier(keys: keys, policy: TokenPolicy(now: 0)).verify(token).refusals.map(\.reason)
    }

    @Test func kidChoosesTheKey() throws {
        let keys = try set(Self.oct("a", 1), Self.oct("b", 2))
        #expect(reasons(keys, try token(1, id: "a")).isEmpty)
        #expect(reasons(keys, try token(2, id: "b")).isEmpty)
        #expect(reasons(keys, try token(1, id: "b")) == [.signature])
    }

    /// The right key is in the set; but it is not the one that is named.
    @Test func unknownKidIsRefused() throws {
        let keys = try set(Self.oct("a", 1), Self.oct(nil, 2))
        #expect(reasons(keys, try token(1, id: "c")) == [.unknownKey])
        #expect(reasons(keys, try token(2, id: "c")) == [.unknownKey])
        #expect(reasons(try set(Self.oct("a", 1)), try token(1, id: "c")) == [.unknownKey])
        #expect(reasons(try set(Self.oct("a", 1)), try token(1, id: "A")) == [.unknownKey])
    }

    @Test func withoutAKidEveryKeyThatFitsIsTried() throws {
        let keys = try set(Self.oct("a", 1), Self.oct("b", 2), Self.oct(nil, 3, #","alg":"HS256""#))
        for byte: UInt8 in 1...3 { #expect(reasons(keys, try token(byte, id: nil)).isEmpty) }
        #expect(reasons(keys, try token(4, id: nil)) == [.signature])
    }

    /// A key alone and without a name, as from a PEM file, was chosen by whoever gave it.
    @Test func keyAloneWithoutANameVerifiesAnyKid() throws {
        let keys = try KeySet.secret(FreshKeys.secret(1))
        #expect(reasons(keys, try token(1, id: "anything")).isEmpty)
        #expect(reasons(keys, try token(2, id: "anything")) == [.signature])
    }

    @Test func keyThatIsNotUsedSaysWhy() throws {
        let keys = try set(Self.oct("a", 1), Self.oct("b", 2, #","use":"enc""#))
        #expect(keys.refused == [KeySet.RefusedKey(id: JSONString("b"), problem: .notForSignatures)])
        #expect(reasons(keys, try token(2, id: "b")) == [.unusableKey])
        #expect(reasons(keys, try token(2, id: nil)) == [.signature])
        #expect(reasons(keys, try token(1, id: "a")).isEmpty)
    }

    @Test func keyForSigningAloneDoesNotVerify() throws {
        let keys = try set(Self.oct("a", 1, #","key_ops":["sign"]"#))
        #expect(reasons(keys, try token(1, id: "a")) == [.unusableKey])
    }

    @Test func twoKeysOfOneNameAreRefused() {
        #expect(throws: TokenError.key(.duplicateID)) { try set(Self.oct("a", 1), Self.oct("a", 2)) }
        #expect(throws: TokenError.key(.duplicateID)) {
            try set(Self.oct("a", 1), #"{"kty":"oct","kid":"a","k":"A="}"#)
        }
        #expect(throws: Never.self) { try set(Self.oct("a", 1), Self.oct("a", 2, #","use":"enc""#)) }
    }

    @Test func secretsBesidePublicKeysAreRefused() {
        #expect(throws: TokenError.key(.mixedSet)) { try set(Self.oct("a", 1), "{\(JWKTests.p256)}") }
    }

    @Test func moreKeysThanAnybodyHasAreRefused() {
        let many = (0..<257).map { Self.oct("\($0)", 1) }.joined(separator: ",")
        #expect(throws: TokenError.key(.malformed("keys", "an array of at most 256 keys"))) { try set(many) }
    }
}
