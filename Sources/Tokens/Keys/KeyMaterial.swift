internal import Crypto
internal import CryptoExtras

/// A key as swift-crypto takes it, with its private part where that is known.
enum KeyMaterial: Sendable {
    case secret(SymmetricKey)
    case rsa(_RSA.Signing.PublicKey, _RSA.Signing.PrivateKey?)
    case p256(P256.Signing.PublicKey, P256.Signing.PrivateKey?)
    case p384(P384.Signing.PublicKey, P384.Signing.PrivateKey?)
    case p521(P521.Signing.PublicKey, P521.Signing.PrivateKey?)
    case ed25519(Curve25519.Signing.PublicKey, Curve25519.Signing.PrivateKey?)

    /// The algorithms that such a key can be used with: the key decides, never the token (RFC 8725 §3.1).
    var algorithms: Set<SignatureAlgorithm> {
        switch self {
        case .secret(let key): SignatureAlgorithm.hmac(secretBytes: key.bitCount / 8)
        case .rsa: SignatureAlgorithm.rsa
        case .p256: [.es256]
        case .p384: [.es384]
        case .p521: [.es512]
        case .ed25519: [.edDSA, .ed25519]
        }
    }

    var isSecret: Bool { if case .secret = self { true } else { false } }

    /// Whether a token can be signed with it.
    var isPrivate: Bool {
        switch self {
        case .secret: true
        case .rsa(_, let key): key != nil
        case .p256(_, let key): key != nil
        case .p384(_, let key): key != nil
        case .p521(_, let key): key != nil
        case .ed25519(_, let key): key != nil
        }
    }
}
