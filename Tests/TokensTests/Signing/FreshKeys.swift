import Crypto
import CryptoExtras

@testable import Tokens

/// New keys of every kind.
enum FreshKeys {
    /// A secret that is always the same: bytes that count on from `first`.
    static func secret(_ first: UInt8, count: Int = 32) -> [UInt8] {
        (0..<count).map { first &+ UInt8(truncatingIfNeeded: $0) }
    }

    static func all() throws -> [TokenKey] {
        let rsa = try _RSA.Signing.PrivateKey(keySize: .bits2048)
        let (p256, p384, p521) = (P256.Signing.PrivateKey(), P384.Signing.PrivateKey(), P521.Signing.PrivateKey())
        let edwards = Curve25519.Signing.PrivateKey()
        return [
            TokenKey(.secret(SymmetricKey(size: .init(bitCount: 512)))), TokenKey(.rsa(rsa.publicKey, rsa)),
            TokenKey(.p256(p256.publicKey, p256)), TokenKey(.p384(p384.publicKey, p384)),
            TokenKey(.p521(p521.publicKey, p521)), TokenKey(.ed25519(edwards.publicKey, edwards)),
        ]
    }
}
