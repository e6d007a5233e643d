import Sessions
import TestSupport
import Testing

@testable import Tokens

/// Raw secrets for HMAC.
struct SecretTests {
    private func problem(_ bytes: [UInt8]) -> KeyProblem? {
        do {
            _ = try TokenKey(secret: bytes)
            return nil
        } catch {
            if case .key(let problem) = error { return problem }
            return nil
        }
    }

    @Test func shortOnesAreRefused() {
        #expect(problem([]) == .empty)
        #expect(problem(Array("secret".utf8)) == .shortSecret(bytes: 6))
        #expect(problem([UInt8](repeating: 1, count: 31)) == .shortSecret(bytes: 31))
        #expect(problem(FreshKeys.secret(1)) == nil)
    }

    @Test func repeatedOnesAreRefused() throws {
        #expect(problem([UInt8](repeating: 1, count: 64)) == .repetitiveSecret)
        #expect(problem(Array("secretsecretsecretsecretsecretsecret".utf8)) == .repetitiveSecret)
        #expect(problem(Array("00112233445566778899aabbccddeeff".utf8)) == nil)
        let text = Base64.encode([UInt8](repeating: 1, count: 32), .url)
        let published = try KeySet.jwk(Array(#"{"kty":"oct","k":"\#(text)"}"#.utf8)).keys[0]
        #expect(throws: TokenError.key(.repetitiveSecret)) { try TokenSigner(key: published) }
    }

    /// What an attacker would use if a verifier took the public key for a secret (RFC 8725 §2.1).
    @Test func writtenKeysAreNoSecrets() throws {
        for name in try Fixtures.names(in: "token-keys") where name.hasSuffix(".pem") {
            let text = try Fixtures.bytes("token-keys/\(name)")
            #expect(problem(text) == .secretIsAKey, "\(name)")
            #expect(problem(Array("\n".utf8) + text) == .secretIsAKey, "\(name)")
        }
        let pairs = ["rsa.spki", "rsa.pkcs1-public", "rsa.pkcs1", "p256.spki", "p256.pkcs8", "p256.sec1"]
        for name in pairs + ["ed25519.spki", "p256.certificate"] {
            let block = try #require(try PEMBlock.blocks(in: try Fixtures.bytes("token-keys/\(name).pem")).last)
            #expect(problem(block.bytes) == .secretIsAKey, "\(name)")
        }
        #expect(problem(Array("{\(JWKTests.p256)}".utf8)) == .secretIsAKey)
        #expect(problem(Array("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ somebody".utf8)) == .secretIsAKey)
    }

    /// The same within a JSON Web Key.
    @Test func writtenKeyIsNoSecretInAJWK() throws {
        let text = Base64.encode(try Fixtures.bytes("token-keys/rsa.spki.pem"), .url)
        #expect(throws: TokenError.key(.secretIsAKey)) {
            try KeySet.jwk(Array(#"{"kty":"oct","k":"\#(text)"}"#.utf8))
        }
    }

    /// RSA keys of that generator are powers of 65537 modulo every small prime; those of OpenSSL are not.
    @Test func guessableRSAKeysAreTold() throws {
        let vector = try #require(try WycheproofTest.all("json_web_key_test").first { $0.id == 7 })
        let text = try #require(
            try JSONReader.read(vector.key).root["keys"]?.array?.first { _ in true }?["n"]?.string?.bytes)
        #expect(RSAWeakness.isGuessable(modulus: try Base64.decode(text, .url)))
        #expect(throws: TokenError.key(.noneUsable(.guessableRSA))) { try KeySet.jwk(vector.key) }
        #expect(!RSAWeakness.isGuessable(modulus: try Base64.decode(text, .url).dropLast() + [0x23]))
    }
}
