import Sessions
import TestSupport
import Testing

@testable import Tokens

/// The signatures that are printed in RFC 7515, RFC 7520 and RFC 8037.
struct RFCExampleTests {
    struct Example {
        let name: String
        let algorithm: SignatureAlgorithm
        let key: [UInt8]
        let token: [UInt8]

        init(_ line: JSONDocument) throws {
            guard let name = line.root["name"]?.string?.text, let key = line.root["key"],
                let algorithm = line.root["algorithm"]?.string?.text.flatMap(SignatureAlgorithm.init(rawValue:)),
                let token = line.root["token"]?.string?.bytes
            else { throw FixtureError("an example without its members") }
            self.name = name
            self.algorithm = algorithm
            self.key = Array(line.source[key.sourceRange])
            self.token = token
        }

        static func all() throws -> [Example] {
            try Fixtures.bytes("jose-examples/examples.jsonl").split(separator: UInt8(ascii: "\n")).map {
                try Example(try JSONReader.read(Array($0)))
            }
        }
    }

    @Test func everySignatureHolds() throws {
        var algorithms: [SignatureAlgorithm] = []
        for example in try Example.all() {
            let verifier = TokenVerifier(keys: try .jwk(example.key), policy: TokenPolicy(now: 0))
            let verdict = verifier.verifySignature(example.token)
            #expect(verdict.token?.algorithm == example.algorithm, "\(example.name): \(verdict.refusals)")
            algorithms.append(example.algorithm)
        }
        #expect(algorithms == [.hs256, .rs256, .es256, .es512, .rs256, .ps384, .es512, .hs256, .edDSA])
    }

    @Test func noSignatureHoldsUnderTheKeyOfAnotherExample() throws {
        let examples = try Example.all()
        for example in examples {
            for other in examples where other.key != example.key {
                let verifier = TokenVerifier(keys: try .jwk(other.key), policy: TokenPolicy(now: 0))
                #expect(verifier.verifySignature(example.token).token == nil, "\(example.name) by \(other.name)")
            }
        }
    }

    /// HMAC, PKCS#1 and Ed25519 give one signature for one text: ours are those that the RFCs print.
    @Test func signingGivesThePrintedSignatures() throws {
        for example in try Example.all() where ["RFC 7515 A.1", "RFC 7515 A.2", "RFC 8037 A.4"].contains(example.name) {
            let parts = example.token.split(separator: UInt8(ascii: "."))
            let key = try KeySet.jwk(example.key).keys[0]
            let signature = key.material.signature(of: Array(parts[0] + [0x2e] + parts[1]), example.algorithm)
            #expect(signature.map { Base64.encode($0, .url) } == String(decoding: parts[2], as: UTF8.self))
        }
    }

    /// RFC 7515 A.1 to A.3 are the claims of RFC 7519 §3.1, which held until 2011-03-22T18:43:00Z.
    @Test func claimsHoldUntilTheirEnd() throws {
        for example in try Example.all().prefix(3) {
            let keys = try KeySet.jwk(example.key)
            let before = TokenPolicy(now: 1_300_819_379_999, issuers: ["joe"], required: ["exp"])
            #expect(TokenVerifier(keys: keys, policy: before).verify(example.token).token != nil, "\(example.name)")
            let after = TokenPolicy(now: 1_300_819_380_000)
            let refusals = TokenVerifier(keys: keys, policy: after).verify(example.token).refusals
            #expect(refusals.map(\.reason) == [.finding(.expired)], "\(example.name)")
        }
    }

    /// RFC 7515 A.5: rightly formed, and nobody signed it.
    @Test func unsecuredExampleIsRefused() throws {
        let token = Array(
            ("eyJhbGciOiJub25lIn0.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0"
                + "cnVlfQ.").utf8)
        for example in try Example.all() {
            let verifier = TokenVerifier(keys: try .jwk(example.key), policy: TokenPolicy(now: 0))
            let reasons = verifier.verify(token).refusals.map(\.reason)
            #expect(reasons == [.finding(.algorithmNone), .finding(.signatureEmpty)])
        }
    }
}
