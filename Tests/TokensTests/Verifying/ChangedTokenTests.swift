import Foundation
import Sessions
import TestSupport
import Testing

@testable import Tokens

/// One byte of a good token changed, of every algorithm: none is ever accepted.
struct ChangedTokenTests {
    /// `CHANGED_TOKENS=100000` in the environment asks for more, which takes a minute in a debug build.
    private static let changes = ProcessInfo.processInfo.environment["CHANGED_TOKENS"].flatMap { Int($0) } ?? 13_000

    @Test func noChangedTokenIsAccepted() throws {
        var random = SeededRandom(for: "tokens with one byte changed")
        let fixtures = try TokenFixture.all()
        let policy = TokenPolicy(now: TokenFixture.during)
        let verifiers = try fixtures.map { TokenVerifier(keys: try $0.keys(), policy: policy) }
        for (fixture, verifier) in zip(fixtures, verifiers) {
            #expect(verifier.verify(fixture.token).token != nil)
        }
        var accepted = 0
        var reachedTheSignature = 0
        for round in 0..<Self.changes {
            let index = round % fixtures.count
            let bytes = changed(fixtures[index].token, &random)
            let verdict = verifiers[index].verify(bytes)
            if verdict.token != nil { accepted += 1 }
            if verdict.refusals.contains(where: { $0.reason == .signature }) { reachedTheSignature += 1 }
        }
        #expect(accepted == 0)
        #expect(reachedTheSignature > Self.changes / 10)
    }

    /// Half of the changes keep to the letters of Base64url, so that they reach the signature.
    private func changed(_ token: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        var bytes = token
        let place = Int.random(in: 0..<bytes.count, using: &random)
        while bytes[place] == token[place] {
            let letter = letters.randomElement(using: &random) ?? 0
            bytes[place] = Bool.random(using: &random) ? letter : UInt8.random(in: 0...255, using: &random)
        }
        return bytes
    }
}
