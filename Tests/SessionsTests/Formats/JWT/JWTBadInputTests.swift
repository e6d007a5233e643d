import Sessions
import Testing
import TestSupport

/// Every malformed and hostile token, as far as decoding alone can judge it.
///
/// Most of these tokens are rightly formed and wrongly signed, or expired: those decode, and whoever wants to trust
/// them needs a key. What must be refused already here was found with another decoder.
struct JWTBadInputTests {
    /// Parts, Base64url or header are wrong.
    private static let refused: Set<String> = [
        "none-no-dot", "sig-noncanon", "sig-space-in", "sig-newline-in", "sig-nonascii", "encoding-utf16",
        "encoding-bom", "encoding-fullwidth", "structure-empty", "structure-dot1", "structure-one",
        "structure-two", "structure-four", "structure-four-empty", "structure-six", "structure-general-two",
        "structure-mixed", "header-string", "header-number", "header-empty", "header-cut", "header-comment",
        "header-comma", "header-bom", "header-latin1", "header-ctrl", "header-overlong",
        "size-header-deep-999", "size-header-deep-9999", "mutant-02", "mutant-03", "mutant-06", "mutant-08",
        "mutant-09", "mutant-12", "mutant-13", "mutant-16",
    ]

    /// The form is right, but the payload is no JSON object, or passes a limit.
    private static let withoutClaims: Set<String> = [
        "rfc-8037-a4", "payload-array", "payload-string", "payload-cut", "payload-trailing",
        "payload-utf16", "payload-hex", "payload-lead0", "payload-plus", "payload-bad-escape",
        "payload-bom", "crit-zip-bomb", "size-array-deep-9999", "size-object-deep-9999",
        "size-open-deep-9999", "size-object-deep-99999", "size-claims-100k", "mutant-11",
    ]

    private static let encrypted: Set<String> = ["jwe-dir", "jwe-rsa15", "jwe-none"]

    private enum Outcome { case refused, withoutClaims, encrypted, decoded }

    private static let clock: Int64 = 1_767_225_600_000

    private func outcome(_ bytes: [UInt8]) -> Outcome {
        guard let token = try? JWT.decode(bytes) else { return .refused }
        if token.isEncrypted { return .encrypted }
        return token.malformation == nil ? .decoded : .withoutClaims
    }

    private func expected(_ id: String) -> Outcome {
        let name = String(id.dropFirst(4))
        if Self.refused.contains(name) { return .refused }
        if Self.withoutClaims.contains(name) { return .withoutClaims }
        return Self.encrypted.contains(name) ? .encrypted : .decoded
    }

    @Test func eachIsRefusedOrDecodedAsItsFormDeserves() throws {
        var counts: [Outcome: Int] = [:]
        for input in try BadInput.tokens() {
            let outcome = outcome(try input.expand())
            #expect(outcome == expected(input.id), "\(input.id): \(input.reason)")
            counts[outcome, default: 0] += 1
        }
        #expect(counts == [.refused: 37, .withoutClaims: 18, .encrypted: 3, .decoded: 139])
    }

    @Test func whatIsAcceptableDecodesWithoutAnError() throws {
        var count = 0
        for input in try BadInput.tokens() where input.expectation == .accept {
            let token = try JWT.decode(try input.expand())
            let errors = token.findings(now: Self.clock).filter { $0.severity == .error }
            #expect(errors.isEmpty, "\(input.id)")
            count += 1
        }
        #expect(count == 24)
    }

    /// Of the tokens to be rejected that decode, more than half already show why without a key.
    @Test func whatShowsWithoutAKeyIsFound() throws {
        var found = 0
        var needsMore = 0
        for input in try BadInput.tokens() where input.expectation == .reject {
            guard let token = try? JWT.decode(try input.expand()) else { continue }
            let hasError = token.findings(now: Self.clock).contains { $0.severity == .error }
            if hasError { found += 1 } else { needsMore += 1 }
        }
        #expect(found == 57)
        #expect(needsMore == 51)
    }

    @Test func limitsAreNamed() throws {
        var count = 0
        for input in try BadInput.tokens() where input.expectation == .bounded {
            let bytes = try input.expand()
            do {
                guard let reason = try JWT.decode(bytes).malformation else { continue }
                #expect(reason.description.contains("limit of 512 levels"), "\(input.id)")
            } catch {
                #expect(error.description.contains("limit of 512 levels"), "\(input.id)")
            }
            count += 1
        }
        #expect(count == 5)
    }

    @Test func outputIsBoundedHarmlessAndClaimsNothing() throws {
        var count = 0
        for input in try BadInput.tokens() {
            guard let token = try? JWT.decode(try input.expand()) else { continue }
            var writer = JSONWriter(layout: .indented)
            token.write(to: &writer, now: Self.clock)
            #expect(writer.bytes.count <= 1 << 20, "\(input.id)")
            #expect(!writer.bytes.contains { $0 < 0x20 && $0 != 0x0a || $0 == 0x7f }, "\(input.id)")
            let document = try JSONReader.read(writer.bytes)
            #expect(document.root["signature"]?["checked"]?.bool == false, "\(input.id)")
            #expect(document.root["verified"] == nil, "\(input.id)")
            count += 1
        }
        #expect(count == 160)
    }

    @Test func changedBytesNeverTrap() throws {
        var random = SeededRandom(for: "tokens with changed bytes")
        let examples = [JWTDecodingTests.rfc7515, JWTDecodingTests.rfc7516, JWTDecodingTests.rfc7519]
        let letters = Array("ABCxyz019-_.= \"{".utf8)
        var decoded = 0
        for round in 0..<6000 {
            var bytes = Array(examples[round % 3].utf8)
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                bytes[place] = letters.randomElement(using: &random) ?? UInt8(ascii: ".")
            }
            guard let token = try? JWT.decode(bytes) else { continue }
            var writer = JSONWriter()
            token.write(to: &writer, now: Int64.random(in: .min ... .max, using: &random))
            #expect(try JSONReader.read(writer.bytes).root["format"]?.string?.text == "jwt")
            decoded += 1
        }
        #expect(decoded > 600)
    }
}
