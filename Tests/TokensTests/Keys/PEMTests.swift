import Sessions
import TestSupport
import Testing

@testable import Tokens

/// Keys in PEM, as OpenSSL writes them.
struct PEMTests {
    private func text(_ name: String) throws -> [UInt8] { try Fixtures.bytes("token-keys/\(name).pem") }

    private func problem(_ text: [UInt8]) -> KeyProblem? {
        do {
            _ = try KeySet.pem(text)
            return nil
        } catch {
            if case .key(let problem) = error { return problem }
            return nil
        }
    }

    /// The files that are read, the algorithms that each pins, and whether it can sign.
    private static let readable: [(String, Set<SignatureAlgorithm>, Bool)] = [
        ("rsa.spki", SignatureAlgorithm.rsa, false), ("rsa.pkcs1-public", SignatureAlgorithm.rsa, false),
        ("rsa.pkcs8", SignatureAlgorithm.rsa, true), ("rsa.pkcs1", SignatureAlgorithm.rsa, true),
        ("rsa-pss.spki", SignatureAlgorithm.rsaPSS, false),
        ("p256.spki", [.es256], false), ("p256.pkcs8", [.es256], true), ("p256.sec1", [.es256], true),
        ("p384.spki", [.es384], false), ("p384.pkcs8", [.es384], true), ("p384.sec1", [.es384], true),
        ("p521.spki", [.es512], false), ("p521.pkcs8", [.es512], true), ("p521.sec1", [.es512], true),
        ("ed25519.spki", [.edDSA, .ed25519], false), ("ed25519.pkcs8", [.edDSA, .ed25519], true),
        ("ed25519.pkcs8-v2", [.edDSA, .ed25519], true),
    ]

    private static let otherCurve = KeyProblem.unsupported("a key on another curve than P-256, P-384 and P-521")
    private static let refused: [(String, KeyProblem)] = [
        ("rsa-1024.spki", .weakRSA), ("rsa-1024.pkcs8", .weakRSA),
        ("secp256k1.spki", otherCurve), ("secp256k1.pkcs8", otherCurve), ("secp256k1.sec1", otherCurve),
        ("ed448.spki", .unsupported("an Ed448 key")), ("ed448.pkcs8", .unsupported("an Ed448 key")),
        ("x25519.spki", .unsupported("a key for key agreement")),
        ("x25519.pkcs8", .unsupported("a key for key agreement")),
        ("p256.encrypted", .encrypted), ("rsa.encrypted-pkcs1", .encrypted),
        ("p256.certificate", .certificate), ("ed25519.openssh", .openSSH),
    ]

    @Test(arguments: readable)
    func pinsTheAlgorithms(_ name: String, _ algorithms: Set<SignatureAlgorithm>, _ isPrivate: Bool) throws {
        let keys = try KeySet.pem(try text(name)).keys
        #expect(keys.map(\.algorithms) == [algorithms])
        #expect(keys.map(\.isPrivate) == [isPrivate])
        #expect(keys.map(\.id) == [nil])
    }

    @Test(arguments: refused)
    func refusesWithTheReason(_ name: String, _ expected: KeyProblem) throws {
        #expect(problem(try text(name)) == expected)
    }

    @Test func refusalOfACertificateSaysWhatToDo() {
        #expect("\(KeyProblem.certificate)".contains("openssl x509 -in cert.pem -noout -pubkey"))
    }

    /// The private halves sign what the public halves verify: they were read as the same keys.
    @Test(arguments: ["rsa", "p256", "p384", "p521", "ed25519"])
    func halvesBelongTogether(_ kind: String) throws {
        let forms = ["pkcs8", "sec1", "pkcs1", "pkcs8-v2"].compactMap { try? text("\(kind).\($0)") }
        let verifier = TokenVerifier(keys: try .pem(try text("\(kind).spki")), policy: TokenPolicy(now: 0))
        #expect(!forms.isEmpty)
        for form in forms {
            let key = try KeySet.pem(form).keys[0]
            let algorithm = try #require(key.algorithms.min { $0.rawValue < $1.rawValue })
            let token = try TokenSigner(key: key, algorithm: algorithm).sign(claims: Array("{}".utf8))
            #expect(verifier.verify(token).refusals.isEmpty)
        }
    }

    @Test func textAroundBlocksIsPassedOver() throws {
        let key = String(decoding: try text("p256.spki"), as: UTF8.self)
        #expect(problem(Array("Subject: somebody\n\n\(key)\nThe end\n".utf8)) == nil)
        #expect(problem(Array(key.replacing("\n", with: "\r\n").utf8)) == nil)
        #expect(try KeySet.pem(Array((key + key).utf8)).keys.count == 2)
    }

    @Test func damagedTextIsRefused() throws {
        let key = String(decoding: try text("p256.spki"), as: UTF8.self)
        let lines = key.split(separator: "\n")
        #expect(problem([]) == .noPEM)
        #expect(problem(Array("no key here".utf8)) == .noPEM)
        #expect(problem(Array(lines.dropLast().joined(separator: "\n").utf8)) == .malformedPEM)
        #expect(problem(Array(key.replacing("END PUBLIC", with: "END PRIVATE").utf8)) == .malformedPEM)
        #expect(problem(Array(key.replacing("MF", with: "M*").utf8)) == .malformedPEM)
        #expect(problem(Array((lines[0] + "\n" + key).utf8)) == .malformedPEM)
        #expect(problem([UInt8](repeating: 0x41, count: 1 << 20 + 1)) == .malformedPEM)
    }

    /// A label is no licence to read something else under it.
    @Test func labelAndContentMustAgree() throws {
        let publicKey = String(decoding: try text("p256.spki"), as: UTF8.self)
        #expect(problem(Array(publicKey.replacing("PUBLIC", with: "PRIVATE").utf8)) == .malformedDER)
        #expect(problem(Array(publicKey.replacing("PUBLIC", with: "EC PRIVATE").utf8)) == .malformedDER)
        #expect(problem(Array(publicKey.replacing("PUBLIC", with: "RSA PUBLIC").utf8)) == .malformedDER)
        let rsa = String(decoding: try text("rsa.pkcs8"), as: UTF8.self)
        #expect(problem(Array(rsa.replacing("PRIVATE", with: "RSA PRIVATE").utf8)) == .malformedDER)
        let privateKey = String(decoding: try text("p256.pkcs8"), as: UTF8.self)
        #expect(problem(Array(privateKey.replacing("PRIVATE", with: "PUBLIC").utf8)) == .malformedDER)
    }

    @Test func changedKeysNeverTrap() throws {
        var random = SeededRandom(for: "PEM keys with changed bytes")
        var refused = 0
        let names = [
            "rsa.spki", "rsa.pkcs1", "p256.spki", "p384.sec1", "p521.pkcs8", "ed25519.pkcs8-v2", "ed25519.spki",
        ]
        for round in 0..<1400 {
            guard let block = try PEMBlock.blocks(in: try text(names[round % names.count])).last else { continue }
            var bytes = block.bytes
            bytes[Int.random(in: 0..<min(bytes.count, 40), using: &random)] = UInt8.random(in: 0...255, using: &random)
            if round % 5 == 0 { bytes.removeLast(Int.random(in: 1...bytes.count, using: &random)) }
            let pem = "-----BEGIN \(block.label)-----\n\(Base64.encode(bytes))\n-----END \(block.label)-----\n"
            if problem(Array(pem.utf8)) != nil { refused += 1 }
        }
        #expect(refused > 900)
    }
}
