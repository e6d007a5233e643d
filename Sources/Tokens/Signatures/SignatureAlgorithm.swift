/// How a token is signed, by the name that its `alg` has (RFC 7518 §3.1, RFC 8037 §3.1, RFC 9864 §2.2).
///
/// `none` is no member, so no spelling of it can be asked for, allowed or verified (RFC 8725 §3.2).
package enum SignatureAlgorithm: String, Hashable, Sendable, CaseIterable {
    /// HMAC with SHA-256.
    case hs256 = "HS256"
    /// HMAC with SHA-384.
    case hs384 = "HS384"
    /// HMAC with SHA-512.
    case hs512 = "HS512"
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    case rs256 = "RS256"
    /// RSASSA-PKCS1-v1_5 with SHA-384.
    case rs384 = "RS384"
    /// RSASSA-PKCS1-v1_5 with SHA-512.
    case rs512 = "RS512"
    /// RSASSA-PSS with SHA-256, MGF1 with the same, and a salt as long as the hash.
    case ps256 = "PS256"
    /// RSASSA-PSS with SHA-384.
    case ps384 = "PS384"
    /// RSASSA-PSS with SHA-512.
    case ps512 = "PS512"
    /// ECDSA on P-256 with SHA-256.
    case es256 = "ES256"
    /// ECDSA on P-384 with SHA-384.
    case es384 = "ES384"
    /// ECDSA on P-521 with SHA-512.
    case es512 = "ES512"
    /// Ed25519 under the name that it shares with Ed448.
    case edDSA = "EdDSA"
    /// Ed25519 under the name that says so.
    case ed25519 = "Ed25519"

    /// What signs.
    enum Family: Hashable, Sendable { case hmac, pkcs1, pss, ecdsa, edwards }

    var family: Family {
        switch self {
        case .hs256, .hs384, .hs512: .hmac
        case .rs256, .rs384, .rs512: .pkcs1
        case .ps256, .ps384, .ps512: .pss
        case .es256, .es384, .es512: .ecdsa
        case .edDSA, .ed25519: .edwards
        }
    }

    /// The hash that is signed.
    enum Hash: Hashable, Sendable { case sha256, sha384, sha512 }

    var hash: Hash {
        switch self {
        case .hs256, .rs256, .ps256, .es256: .sha256
        case .hs384, .rs384, .ps384, .es384: .sha384
        case .hs512, .rs512, .ps512, .es512, .edDSA, .ed25519: .sha512
        }
    }

    static let rsa: Set<SignatureAlgorithm> = [.rs256, .rs384, .rs512, .ps256, .ps384, .ps512]
    static let rsaPSS: Set<SignatureAlgorithm> = [.ps256, .ps384, .ps512]

    /// Those that a secret of so many bytes is long enough for: as long as the hash at least (RFC 7518 §3.2).
    static func hmac(secretBytes count: Int) -> Set<SignatureAlgorithm> {
        var algorithms: Set<SignatureAlgorithm> = []
        if count >= 32 { algorithms.insert(.hs256) }
        if count >= 48 { algorithms.insert(.hs384) }
        if count >= 64 { algorithms.insert(.hs512) }
        return algorithms
    }
}
