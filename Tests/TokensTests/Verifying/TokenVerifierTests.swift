import Crypto
import Sessions
import TestSupport
import Testing

@testable import Tokens

/// The rules of RFC 7519 §7.2 and RFC 8725, each with a token that is rightly signed.
struct TokenVerifierTests {
    static let now: Int64 = 1_767_225_600_000
    private static let secret = [UInt8](1...64)

    /// A token with exactly this header and these claims, signed with HS256 although no signer would.
    private static func token(_ claims: String, header: String = #"{"alg":"HS256"}"#) throws -> [UInt8] {
        let signed = Base64.encode(Array(header.utf8), .url) + "." + Base64.encode(Array(claims.utf8), .url)
        let code = try TokenKey(secret: secret).material.signature(of: Array(signed.utf8), .hs256) ?? []
        return Array((signed + "." + Base64.encode(code, .url)).utf8)
    }

    private func verdict(_ token: [UInt8], _ change: (inout TokenPolicy) -> Void = { _ in }) throws -> TokenVerdict {
        var policy = TokenPolicy(now: Self.now)
        change(&policy)
        return TokenVerifier(keys: try .secret(Self.secret), policy: policy).verify(token)
    }

    private func codes(
        _ claims: String, header: String = #"{"alg":"HS256"}"#, _ change: (inout TokenPolicy) -> Void = { _ in }
    ) throws -> [String] {
        try verdict(try Self.token(claims, header: header), change).refusals.map(\.code)
    }

    @Test func allReasonsAreGivenAtOnce() throws {
        let claims = #"{"exp":1,"nbf":99999999999,"iat":99999999999,"aud":"x","sub":1,"a":1,"a":2}"#
        var token = try Self.token(claims, header: #"{"alg":"HS256","crit":["x"],"x":1,"typ":"JWT"}"#)
        token[token.count - 3] ^= 1
        let codes = try verdict(token) {
            $0.issuers = ["i"]
            $0.audiences = ["y"]
            $0.type = "at+jwt"
            $0.required = ["jti"]
        }.refusals.map(\.code)
        #expect(
            codes == [
                "crit-unknown", "signature-wrong", "duplicate-member", "wrong-type", "typ-not-accepted", "expired",
                "not-yet-valid", "issued-in-future", "iss-not-accepted", "aud-not-accepted", "claim-missing",
            ])
    }

    @Test(arguments: [
        ("none", "alg-none"), ("None", "alg-none"), ("NONE", "alg-none"), (" none", "alg-none"), ("no ne", "alg-none"),
        ("", "alg-unknown"), ("hs256", "alg-unknown"), ("HS257", "alg-unknown"), ("ES256K", "alg-not-allowed"),
        ("Ed448", "alg-not-allowed"), ("RS256", "alg-not-allowed"), ("EdDSA", "alg-not-allowed"),
    ])
    func algorithmIsNeverTheTokensChoice(_ name: String, _ code: String) throws {
        let codes = try codes("{}", header: #"{"alg":"\#(name)"}"#)
        #expect(codes.contains(code))
    }

    @Test func algorithmMustBeThereOnceAndAString() throws {
        #expect(try codes("{}", header: "{}") == ["alg-missing"])
        #expect(try codes("{}", header: #"{"alg":["HS256"]}"#) == ["wrong-type"])
        #expect(try codes("{}", header: #"{"alg":"HS256","alg":"HS256"}"#) == ["duplicate-member"])
        #expect(try codes("{}", header: #"{"alg":"HS256","\u0061lg":"none"}"#) == ["duplicate-member", "alg-none"])
    }

    /// Which of two a reader takes is not certain further inside either.
    @Test func namesOccurOnceEverywhere() throws {
        let claims =
            #"{"realm_access":{"roles":["user"],"roles":["admin"]},"list":[{"a":{"b":1,"b":2}}],"c":{"a":1},"d":{"a":1}}"#
        let refusals = try verdict(try Self.token(claims)).refusals
        #expect(refusals.map(\.code) == ["duplicate-member", "duplicate-member"])
        #expect(refusals.map(\.name) == [JSONString("realm_access"), JSONString("list")])
        #expect(try codes("{}", header: #"{"alg":"HS256","x":{"a":1,"a":1}}"#) == ["duplicate-member"])
        let signer = try TokenSigner(key: try TokenKey(secret: Self.secret), algorithm: .hs256)
        #expect(throws: TokenError.self) { try signer.sign(claims: Array(claims.utf8)) }
    }

    @Test func policyNarrowsTheAlgorithms() throws {
        #expect(try codes("{}") { $0.algorithms = [.hs256] } == [])
        #expect(try codes("{}") { $0.algorithms = [.hs384] } == ["alg-not-allowed"])
        #expect(try codes("{}") { $0.algorithms = [] } == ["alg-not-allowed"])
    }

    @Test(arguments: [
        (#","crit":["exp2"],"exp2":1"#, "crit-unknown"), (#","crit":[]"#, "crit-malformed"),
        (#","crit":["b64"]"#, "crit-malformed"), (#","crit":"b64""#, "wrong-type"),
        (#","b64":false,"crit":["b64"]"#, "unencoded-payload"), (#","b64":false"#, "unencoded-payload"),
        (#","zip":"DEF""#, "compressed"), (#","kid":1"#, "wrong-type"), (#","typ":1"#, "wrong-type"),
    ])
    func headerIsRefused(_ members: String, _ code: String) throws {
        #expect(try codes("{}", header: #"{"alg":"HS256"\#(members)}"#).contains(code))
    }

    /// Keys and addresses of keys in a token are noted and change nothing.
    @Test func keysInTheTokenAreNotUsed() throws {
        let header =
            #"{"alg":"HS256","jku":"http://127.0.0.1:9/","x5u":"file:///etc/passwd","jwk":{"kty":"oct"},"x5c":["AA"]}"#
        let verified = try #require(try verdict(try Self.token("{}", header: header)).token)
        let codes = verified.notes.map(\.code)
        #expect(codes.count { $0 == .keyURL } == 2 && codes.count { $0 == .embeddedKey } == 2)

        let (own, other) = (FreshKeys.secret(1), FreshKeys.secret(2))
        let jwk = #"{"kty":"oct","k":"\#(Base64.encode(own, .url))"}"#
        let signed = Base64.encode(Array(#"{"alg":"HS256","jwk":\#(jwk)}"#.utf8), .url) + ".e30"
        let code = try TokenKey(secret: own).material.signature(of: Array(signed.utf8), .hs256) ?? []
        let token = Array((signed + "." + Base64.encode(code, .url)).utf8)
        let refusals = TokenVerifier(keys: try .secret(other), policy: TokenPolicy(now: 0)).verify(token).refusals
        #expect(refusals.map(\.code) == ["signature-wrong"])
    }

    /// A public key in PEM as the secret of an HMAC: the classic confusion (RFC 8725 §2.1).
    @Test func publicKeyIsNoSecret() throws {
        let pem = try Fixtures.bytes("token-keys/rsa.spki.pem")
        let keys = try KeySet.pem(pem)
        let signed = Base64.encode(Array(#"{"alg":"HS256"}"#.utf8), .url) + ".e30"
        let secret = KeyMaterial.secret(SymmetricKey(data: pem))
        let code = try #require(secret.signature(of: Array(signed.utf8), .hs256))
        let token = Array((signed + "." + Base64.encode(code, .url)).utf8)
        let refusals = TokenVerifier(keys: keys, policy: TokenPolicy(now: 0)).verify(token).refusals
        #expect(refusals.map(\.code) == ["alg-not-allowed"])
    }

    /// The equation of ECDSA holds for r = s = 0 where nobody looks (CVE-2022-21449).
    @Test(arguments: [("p256", "ES256", 64), ("p384", "ES384", 96), ("p521", "ES512", 132)])
    func zeroIsNoSignature(_ kind: String, _ name: String, _ count: Int) throws {
        let keys = try KeySet.pem(try Fixtures.bytes("token-keys/\(kind).spki.pem"))
        let start = Base64.encode(Array(#"{"alg":"\#(name)"}"#.utf8), .url) + ".e30."
        for (size, code) in [
            (count, "signature-wrong"), (count - 1, "signature-length"), (count + 2, "signature-length"),
        ] {
            let token = start + Base64.encode([UInt8](repeating: 0, count: size), .url)
            let refusals = TokenVerifier(keys: keys, policy: TokenPolicy(now: 0)).verify(Array(token.utf8)).refusals
            #expect(refusals.map(\.code) == [code])
        }
    }

    @Test(arguments: [" ", "\n", "\"", "Bearer "])
    func onlyTheTokenItselfIsTaken(_ before: String) throws {
        let token = try Self.token("{}")
        let behind = before == "\"" ? Array("\"".utf8) : []
        #expect(try verdict(Array(before.utf8) + token + behind).refusals.map(\.code) == ["not-bare"])
        #expect(try verdict(token + Array("\n".utf8)).refusals.map(\.code) == ["not-bare"])
    }

    @Test(arguments: ["[]", "1", #""text""#, "", "{", "eyJhbGciOiJIUzI1NiJ9.e30.AAAA"])
    func payloadMustBeAnObject(_ payload: String) throws {
        #expect(try !codes(payload).isEmpty)
        let verifier = TokenVerifier(keys: try .secret(Self.secret), policy: TokenPolicy(now: Self.now))
        #expect(verifier.verifySignature(try Self.token(payload)).token != nil)
    }

    @Test func encryptedTokenIsNamed() throws {
        let token = Array(JWTExamples.encrypted.utf8)
        #expect(try verdict(token).refusals.map(\.code) == ["encrypted"])
    }

    @Test func limitsHold() throws {
        let deep = String(repeating: "[", count: 600) + String(repeating: "]", count: 600)
        let messages = try verdict(try Self.token(#"{"a":\#(deep)}"#)).refusals.map(\.message)
        #expect(messages.contains { $0.contains("limit of 512 levels") })
        let small = JSONLimits(bytes: 20, depth: 2, nodes: 3)
        let verifier = TokenVerifier(keys: try .secret(Self.secret), policy: TokenPolicy(now: Self.now))
        #expect(verifier.verify(try Self.token(#"{"a":1,"b":2}"#), limits: small).token == nil)
    }
}

enum JWTExamples {
    /// RFC 7516 appendix A.1: an encrypted text, with its header and authentication tag.
    static let encrypted =
        "eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ.OKOawDo13gRp2ojaHV7LFpZcgV7T6DVZKTyKOMTYUmKoTCVJRgckCL9kiMT03"
        + "JGe.48V1_ALb6US04U3b.5eym8TW_c8SuK0ltJ3rpYIzOeDQz7TALvtu6UG9oMo4vpzs9tX_EFShS8iB7j6jiSdiwkIr3ajwQzaBtQD_A"
        + ".XFBoMYUZodetZdvTiFvSkQ"
}
