import Sessions
import TestSupport
import Testing

@testable import Tokens

/// JSON Web Keys and sets of them (RFC 7517, RFC 7518 §6, RFC 8037).
struct JWKTests {
    static let secret = Base64.encode([UInt8](1...64), .url)
    static let p256 =
        #""kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU""#
        + #","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0""#
    static let d256 = #""d":"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI""#
    static let ed25519 = #""kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo""#

    private func problem(_ text: String) -> KeyProblem? {
        do {
            _ = try KeySet.jwk(Array(text.utf8))
            return nil
        } catch {
            if case .key(let problem) = error { return problem }
            return nil
        }
    }

    private func key(_ members: String) throws -> TokenKey { try KeySet.jwk(Array("{\(members)}".utf8)).keys[0] }

    @Test func eachKindPinsItsAlgorithms() throws {
        #expect(try key(#""kty":"oct","k":"\#(Self.secret)""#).algorithms == [.hs256, .hs384, .hs512])
        #expect(try key(Self.p256).algorithms == [.es256])
        #expect(try key(Self.ed25519).algorithms == [.edDSA, .ed25519])
        for example in try RFCExampleTests.Example.all() where example.name == "RFC 7515 A.2" {
            #expect(try KeySet.jwk(example.key).keys[0].algorithms == SignatureAlgorithm.rsa)
        }
    }

    @Test func algorithmOfTheKeyTakesOthersAway() throws {
        #expect(try key(#""kty":"oct","alg":"HS384","k":"\#(Self.secret)""#).algorithms == [.hs384])
        #expect(try key(Self.ed25519 + #","alg":"EdDSA""#).algorithms == [.edDSA])
        #expect(problem("{\(Self.p256),\"alg\":\"ES384\"}") == .wrongAlgorithm)
        #expect(problem("{\(Self.p256),\"alg\":\"HS256\"}") == .wrongAlgorithm)
        #expect(problem("{\(Self.p256),\"alg\":\"none\"}") == .wrongAlgorithm)
        #expect(problem("{\(Self.p256),\"alg\":\"ECDH-ES\"}") == .wrongAlgorithm)
        #expect(problem("{\(Self.p256),\"alg\":1}") == .malformed("alg", "a string"))
    }

    @Test func privateMembersAreAcceptedIfTheyBelong() throws {
        #expect(try !key(Self.p256).isPrivate)
        #expect(try key(Self.p256 + "," + Self.d256).isPrivate)
        let other = Self.d256.replacing("jpsQ", with: "kpsQ")
        #expect(problem("{\(Self.p256),\(other)}") == .notAPair)
        #expect(problem("{\(Self.ed25519),\(Self.d256)}") == .notAPair)
        #expect(problem("{\(Self.p256),\"d\":\"AAAA\"}") == .malformed("d", "32 bytes long"))
    }

    @Test func useAndOperationsAreHonoured() throws {
        #expect(problem("{\(Self.p256),\"use\":\"sig\"}") == nil)
        #expect(problem("{\(Self.p256),\"use\":\"enc\"}") == .notForSignatures)
        #expect(problem("{\(Self.p256),\"key_ops\":[\"deriveKey\"]}") == .notForSignatures)
        #expect(problem("{\(Self.p256),\"key_ops\":[]}") == .notForSignatures)
        let form = "an array of different strings"
        #expect(problem("{\(Self.p256),\"key_ops\":\"verify\"}") == .malformed("key_ops", form))
        #expect(problem("{\(Self.p256),\"key_ops\":[\"verify\",\"verify\"]}") == .malformed("key_ops", form))
        #expect(try key(Self.p256 + #","key_ops":["verify","x"]"#).operations == [.verify])
    }

    @Test(arguments: [
        (#"{"kty":"oct"}"#, KeyProblem.missing("k")),
        (#"{"kty":"oct","k":"AAAA="}"#, .malformed("k", "Base64url")),
        (#"{"kty":"oct","k":"AB"}"#, .malformed("k", "Base64url")),
        (#"{"kty":"oct","k":"A A"}"#, .malformed("k", "Base64url")),
        (#"{"kty":"oct","k":"a+/a"}"#, .malformed("k", "Base64url")),
        (#"{"kty":"oct","k":"AAAA"}"#, .shortSecret(bytes: 3)),
        (#"{"kty":"oct","k":""}"#, .empty),
        (#"{"kty":"oct","kty":"oct","k":"AAAA"}"#, .duplicateMember),
        (#"{"kty":"EC","crv":"P-256","x":"AAAA"}"#, .malformed("x", "32 bytes long")),
        (#"{"kty":"EC","x":"AAAA"}"#, .missing("crv")),
        (#"{"kty":"EC","crv":"secp256k1"}"#, .unsupported("crv of the key is none of P-256, P-384 and P-521")),
        (#"{"kty":"OKP","crv":"Ed448"}"#, .unsupported("crv of the key is not Ed25519")),
        (#"{"kty":"RSA","n":"AQAB"}"#, .missing("e")),
        (#"{"kty":"RSA","n":"AAEB","e":"AQAB"}"#, .malformed("n", "a number without zero bytes in front")),
        (#"{"kty":"RSA","n":"AQAB","e":"AQAB"}"#, .weakRSA),
        (#"{"kty":"AES"}"#, .unsupported("kty of the key is none of oct, RSA, EC and OKP")),
        (#"{"kty":7}"#, .malformed("kty", "a string")),
        ("{}", .notAKey), ("[]", .notAKey), (#"{"keys":[],"kty":"oct"}"#, .notAKey),
        (#"{"keys":{}}"#, .malformed("keys", "an array of at most 256 keys")),
        (#"{"keys":[]}"#, .empty),
        (#"{"keys":[1]}"#, .noneUsable(.notAKey)),
    ])
    func refusesWithTheReason(_ text: String, _ expected: KeyProblem) {
        #expect(problem(text) == expected)
    }

    /// The modulus of RFC 7515 A.2 with exponents that make signing nothing, or are beyond what anybody uses.
    @Test(arguments: ["AQ", "Ag", "AQAA", "AQAAAAAB"])
    func refusesExponent(_ exponent: String) throws {
        let example = try #require(try RFCExampleTests.Example.all().first { $0.name == "RFC 7515 A.2" })
        let modulus = try #require(try JSONReader.read(example.key).root["n"]?.string?.text)
        #expect(problem(#"{"kty":"RSA","n":"\#(modulus)","e":"\#(exponent)"}"#) == .weakRSA)
        #expect(problem(#"{"kty":"RSA","n":"\#(modulus)","e":"Aw"}"#) == nil)
    }

    /// A secret that is long enough for one algorithm only is for that one.
    @Test(arguments: [(31, 0), (32, 1), (47, 1), (48, 2), (63, 2), (64, 3)])
    func lengthOfASecretDecides(_ count: Int, _ algorithms: Int) {
        let text = Base64.encode(FreshKeys.secret(7, count: count), .url)
        let keys = try? KeySet.jwk(Array(#"{"kty":"oct","k":"\#(text)"}"#.utf8))
        #expect(keys?.keys[0].algorithms.count ?? 0 == algorithms)
        if count < 64 {
            #expect(problem(#"{"kty":"oct","alg":"HS512","k":"\#(text)"}"#) == .shortSecret(bytes: count))
        }
    }

    @Test func pointsOffTheCurveAreRefused() {
        let moved = Self.p256.replacing("x_FE", with: "y_FE")
        #expect(problem("{\(moved)}") == .invalidPoint)
        let zero = Base64.encode([UInt8](repeating: 0, count: 32), .url)
        #expect(problem(#"{"kty":"EC","crv":"P-256","x":"\#(zero)","y":"\#(zero)"}"#) == .invalidPoint)
    }

    /// With y = 1, the neutral point, every text has a signature that anybody can write.
    @Test func pointsOfSmallOrderAreRefused() {
        for (first, last) in [(0, 0), (1, 0), (1, 0x80)] as [(UInt8, UInt8)] {
            var point = [UInt8](repeating: 0, count: 32)
            (point[0], point[31]) = (first, last)
            let text = Base64.encode(point, .url)
            #expect(problem(#"{"kty":"OKP","crv":"Ed25519","x":"\#(text)"}"#) == .invalidPoint)
        }
    }

    @Test func descriptionsShowNoKey() throws {
        let key = try key(#""kty":"oct","kid":"private name","k":"\#(Self.secret)""#)
        #expect("\(key)" == "private key for HS256, HS384, HS512")
        var dumped = ""
        dump(key, to: &dumped)
        #expect(!dumped.contains("private name") && !dumped.contains(Self.secret.prefix(8)))
        #expect(dumped.utf8.count < 80)
    }
}
