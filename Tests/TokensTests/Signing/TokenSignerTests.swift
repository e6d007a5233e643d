import Sessions
import TestSupport
import Testing

@testable import Tokens

/// Signing, and that what is signed is verified.
struct TokenSignerTests {
    private static let claims = Array(#"{ "sub" : "alice",  "n":1.0, "exp": 1767229200 }"#.utf8)

    private func problem(_ body: () throws -> Void) -> SigningProblem? {
        do {
            try body()
        } catch TokenError.signing(let problem) {
            return problem
        } catch {
            Issue.record("\(error)")
        }
        return nil
    }

    /// Keys that nobody had before, and every algorithm that they allow.
    @Test func freshKeysSignWhatTheyVerify() throws {
        var signed: Set<SignatureAlgorithm> = []
        for key in try FreshKeys.all() {
            let verifier = TokenVerifier(keys: try KeySet([key]), policy: TokenPolicy(now: 0))
            for algorithm in key.algorithms {
                let token = try TokenSigner(key: key, algorithm: algorithm).sign(claims: Self.claims, type: "at+jwt")
                let verdict = verifier.verify(token)
                #expect(verdict.token?.algorithm == algorithm, "\(verdict.refusals)")
                signed.insert(algorithm)
            }
        }
        #expect(signed == Set(SignatureAlgorithm.allCases))
    }

    @Test func privateHalfSignsForThePublicOne() throws {
        for fixture in try TokenFixture.all() {
            let key = try fixture.keys(isPrivate: true).keys[0]
            let token = try TokenSigner(key: key, algorithm: fixture.algorithm).sign(claims: Self.claims)
            let verifier = TokenVerifier(keys: try fixture.keys(), policy: TokenPolicy(now: 0))
            #expect(verifier.verify(token).token?.algorithm == fixture.algorithm)
        }
    }

    @Test func claimsStayToTheByte() throws {
        let signer = try TokenSigner(key: try TokenKey(secret: [UInt8](1...32)))
        let token = try signer.sign(claims: Self.claims, id: JSONString("k\"1"))
        let decoded = try JWT.decode(token)
        guard case .json(let payload) = decoded.payload else { throw FixtureError("no JSON") }
        #expect(payload.source == Self.claims)
        #expect(decoded.header.source == Array(#"{"alg":"HS256","typ":"JWT","kid":"k\"1"}"#.utf8))
        #expect(
            try JWT.decode(try signer.sign(claims: Self.claims, type: nil)).header.source
                == Array(#"{"alg":"HS256"}"#.utf8))
    }

    @Test func kidOfTheKeyIsWritten() throws {
        let keys = try KeySet.jwk(Array("{\(JWKTests.p256),\(JWKTests.d256),\"kid\":\"2026\"}".utf8))
        let token = try TokenSigner(key: keys.keys[0]).sign(claims: Self.claims)
        #expect(try JWT.decode(token).header.root["kid"]?.string?.text == "2026")
        #expect(TokenVerifier(keys: keys, policy: TokenPolicy(now: 0)).verify(token).token?.keyID == JSONString("2026"))
    }

    @Test func wrongKeysAreRefused() throws {
        let publicKey = try KeySet.pem(try Fixtures.bytes("token-keys/p256.spki.pem")).keys[0]
        #expect(problem { _ = try TokenSigner(key: publicKey) } == .publicKey)
        let rsa = try KeySet.pem(try Fixtures.bytes("token-keys/rsa.pkcs8.pem")).keys[0]
        #expect(problem { _ = try TokenSigner(key: rsa) } == .algorithmUndecided)
        #expect(problem { _ = try TokenSigner(key: rsa, algorithm: .hs256) } == .algorithm)
        #expect(problem { _ = try TokenSigner(key: rsa, algorithm: .es256) } == .algorithm)
        let short = try TokenKey(secret: [UInt8](1...32))
        #expect(problem { _ = try TokenSigner(key: short, algorithm: .hs512) } == .algorithm)
        let members = "{\(JWKTests.p256),\(JWKTests.d256),\"key_ops\":[\"verify\"]}"
        let verifying = try KeySet.jwk(Array(members.utf8)).keys[0]
        #expect(problem { _ = try TokenSigner(key: verifying) } == .notForSigning)
    }

    /// An RSA key without its primes cannot sign here, and verifies.
    @Test func rsaKeyWithoutPrimesIsPublic() throws {
        let example = try #require(try RFCExampleTests.Example.all().first { $0.name == "RFC 7515 A.2" })
        let root = try JSONReader.read(example.key).root
        let members = ["kty", "n", "e", "d"].map { #""\#($0)":"\#(root[$0]?.string?.text ?? "")""# }
        let keys = try KeySet.jwk(Array("{\(members.joined(separator: ","))}".utf8))
        #expect(problem { _ = try TokenSigner(key: keys.keys[0], algorithm: .rs256) } == .publicKey)
        #expect(TokenVerifier(keys: keys, policy: TokenPolicy(now: 0)).verifySignature(example.token).token != nil)
    }

    @Test(arguments: ["[]", "1", "", "{", #"{"a":1,"a":2}"#, #"{"exp":"soon"}"#, #"{"aud":1}"#, "\u{feff}{}"])
    func claimsThatWouldBeRefusedAreNotSigned(_ claims: String) throws {
        let signer = try TokenSigner(key: try TokenKey(secret: [UInt8](1...32)))
        #expect(problem { _ = try signer.sign(claims: Array(claims.utf8)) } != nil)
    }
}
