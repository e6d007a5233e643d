import Foundation
import Sessions
import TestSupport
import Testing

@testable import Tokens

/// Tokens of two libraries that many applications use, and ours for them: every algorithm, in both directions.
@Suite(
    .enabled("PyJWT and jwcrypto cannot be had: Python's venv, or PyPI, is missing") {
        PythonLibraries.installed != nil
    })
struct InteroperabilityTests {
    private static let libraries = ["pyjwt", "jwcrypto"]
    private static let claims = #"{"sub":"alice","aud":["shop","desk"],"exp":4000000000,"n":1.5,"name":"Zoë"}"#

    /// A way to sign: PyJWT does not know the newer of the two names of Ed25519.
    private struct Way {
        let library: String
        let algorithm: SignatureAlgorithm

        static let all = libraries.flatMap { library in
            SignatureAlgorithm.allCases.filter { library == "jwcrypto" || $0 != .ed25519 }
                .map { Way(library: library, algorithm: $0) }
        }

        private var name: String? {
            switch algorithm {
            case .hs256, .hs384, .hs512: nil
            case .rs256, .rs384, .rs512, .ps256, .ps384, .ps512: "rsa"
            case .es256: "p256"
            case .es384: "p384"
            case .es512: "p521"
            case .edDSA, .ed25519: "ed25519"
            }
        }

        func keys(isPrivate: Bool) throws -> KeySet {
            guard let name else { return try .secret(try Fixtures.bytes("token-keys/secret.bin")) }
            return try .pem(try Fixtures.bytes("token-keys/\(name).\(isPrivate ? "pkcs8" : "spki").pem"))
        }

        func request(isPrivate: Bool, _ member: String, _ value: Any) throws -> [String: Any] {
            var request: [String: Any] = ["library": library, "algorithm": algorithm.rawValue, member: value]
            if let name {
                let text = try Fixtures.bytes("token-keys/\(name).\(isPrivate ? "pkcs8" : "spki").pem")
                request["pem"] = String(decoding: text, as: UTF8.self)
            } else {
                request["secret"] = Base64.encode(try Fixtures.bytes("token-keys/secret.bin"), .url)
            }
            return request
        }
    }

    @Test func theirTokensAreVerified() throws {
        let libraries = try #require(PythonLibraries.installed)
        let claims = try JSONSerialization.jsonObject(with: Data(Self.claims.utf8))
        let answers = try libraries.answers(to: Way.all.map { try $0.request(isPrivate: true, "claims", claims) })
        #expect(answers.count == 27)
        for (way, answer) in zip(Way.all, answers) {
            let token = try answer.required("token").requiredString()
            let policy = TokenPolicy(
                now: 1_767_225_600_000, algorithms: [way.algorithm], audiences: ["shop"], type: "JWT",
                required: ["sub", "exp"])
            let verdict = TokenVerifier(keys: try way.keys(isPrivate: false), policy: policy).verify(Array(token.utf8))
            #expect(verdict.token?.algorithm == way.algorithm, "\(way) \(verdict.refusals)")
            #expect(verdict.token?.token.claims?.last(named: JSONString("name"))?.string?.text == "Zoë")
        }
    }

    @Test func ourTokensAreVerifiedByThem() throws {
        let libraries = try #require(PythonLibraries.installed)
        let requests = try Way.all.map { way in
            let key = try #require(try way.keys(isPrivate: true).keys.first)
            let token = try TokenSigner(key: key, algorithm: way.algorithm).sign(claims: Array(Self.claims.utf8))
            return try way.request(isPrivate: false, "token", String(decoding: token, as: UTF8.self))
        }
        let answers = try libraries.answers(to: requests)
        #expect(answers.count == 27)
        for (way, answer) in zip(Way.all, answers) {
            let claims = try #require(answer["claims"], "\(way) \(answer["error"]?.string ?? "")")
            #expect(claims["sub"]?.string == "alice" && claims["name"]?.string == "Zoë", "\(way)")
            #expect(claims["n"]?.number == "1.5" && claims["aud"]?.items?.count == 2, "\(way)")
        }
    }

    /// What they refuse of a changed token we refuse as well, so that the agreement is one about signatures.
    @Test func changedTokensAreRefusedByAll() throws {
        let libraries = try #require(PythonLibraries.installed)
        var requests: [[String: Any]] = []
        for way in Way.all {
            let key = try #require(try way.keys(isPrivate: true).keys.first)
            var token = try TokenSigner(key: key, algorithm: way.algorithm).sign(claims: Array(Self.claims.utf8))
            let dot = try #require(token.lastIndex(of: UInt8(ascii: ".")))
            token[dot + 5] = token[dot + 5] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            let verifier = TokenVerifier(keys: try way.keys(isPrivate: false), policy: TokenPolicy(now: 0))
            #expect(verifier.verify(token).refusals.map(\.reason) == [.signature], "\(way)")
            requests.append(try way.request(isPrivate: false, "token", String(decoding: token, as: UTF8.self)))
        }
        for (way, answer) in zip(Way.all, try libraries.answers(to: requests)) {
            #expect(answer["claims"] == nil && answer["error"] != nil, "\(way)")
        }
    }
}
