import Sessions
import TestSupport
import Testing

@testable import Tokens

/// Every token of `bad-inputs/jwt.jsonl`, judged with its key as its `expect` says.
struct BadTokenTests {
    private static let keys = "bad-inputs/jwt-keys.json"

    /// The key of that name, and the algorithms that its file allows.
    private static func key(_ name: String) throws -> (KeySet, Set<SignatureAlgorithm>) {
        let document = try JSONReader.read(try Fixtures.bytes(keys))
        guard let entry = document.root[name], let jwk = entry["jwk"], let list = entry["algs"]?.array else {
            throw FixtureError("no key \(name)")
        }
        let algorithms = list.compactMap { $0.string?.text.flatMap(SignatureAlgorithm.init(rawValue:)) }
        return (try .jwk(Array(document.source[jwk.sourceRange])), Set(algorithms))
    }

    private func verifier(_ input: BadInput) throws -> TokenVerifier {
        let (keys, algorithms) = try Self.key(try input.json.required("key").requiredString())
        let seconds = try input.json["now"]?.requiredInteger() ?? 1_767_225_600
        var policy = TokenPolicy(now: seconds * 1000, algorithms: algorithms)
        policy.issuers = [input.json["policy"]?["iss"]?.string].compactMap { $0 }
        policy.audiences = [input.json["policy"]?["aud"]?.string].compactMap { $0 }
        return TokenVerifier(keys: keys, policy: policy)
    }

    @Test func eachIsJudgedAsItExpects() throws {
        var counts: [BadInput.Expectation: Int] = [:]
        for input in try BadInput.tokens() {
            let verdict = try verifier(input).verify(try input.expand())
            counts[input.expectation, default: 0] += 1
            switch input.expectation {
            case .accept: #expect(verdict.refusals.isEmpty, "\(input.id): \(verdict.refusals)")
            case .reject: #expect(verdict.token == nil, "\(input.id): \(input.reason)")
            case .either: break
            case .bounded:
                let names = verdict.refusals.map(\.message)
                #expect(names.allSatisfy { $0.contains("limit of 512 levels") }, "\(input.id): \(names)")
            }
        }
        #expect(counts == [.accept: 24, .reject: 141, .either: 25, .bounded: 7])
    }

    /// A refusal says why, in one line of harmless text.
    @Test func everyRefusalHasAReason() throws {
        for input in try BadInput.tokens() {
            let verdict = try verifier(input).verify(try input.expand())
            #expect((verdict.token == nil) == !verdict.refusals.isEmpty, "\(input.id)")
            #expect(verdict.refusals.count < 100, "\(input.id)")
            for refusal in verdict.refusals {
                #expect(!refusal.message.isEmpty && !refusal.code.isEmpty)
                #expect(refusal.message.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f }, "\(input.id)")
            }
        }
    }

    /// What the standards leave open is decided strictly, but where nothing is wrong with the token itself.
    @Test func whatIsLeftOpenIsAcceptedOnlyHere() throws {
        var accepted: Set<String> = []
        for input in try BadInput.tokens() where input.expectation == .either {
            if try verifier(input).verify(try input.expand()).token != nil { accepted.insert(input.id) }
        }
        #expect(
            accepted == [
                "jwt-keysource-x5u-file", "jwt-keysource-x5u-meta", "jwt-keysource-x5u-redis",
                "jwt-payload-lone-surrogate", "jwt-payload-nul-claim", "jwt-exp-2p64", "jwt-exp-half-second",
                "jwt-exp-1e400",
            ])
    }

    @Test func theSignatureAloneOfAnExampleHolds() throws {
        for input in try BadInput.tokens() where input.json["jws"]?.string == "accept" {
            #expect(try verifier(input).verifySignature(try input.expand()).token != nil, "\(input.id)")
        }
    }
}
