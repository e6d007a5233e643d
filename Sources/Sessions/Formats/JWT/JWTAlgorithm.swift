/// What the names of algorithms say by themselves (RFC 7518 §3.1 and §4.1, RFC 8037, RFC 8812, RFC 9864).
enum JWTAlgorithm {
    private static let signing: Set<String> = [
        "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512",
        "ES256", "ES384", "ES512", "ES256K", "EdDSA", "Ed25519", "Ed448",
    ]
    private static let encrypting: Set<String> = [
        "RSA1_5", "RSA-OAEP", "RSA-OAEP-256", "RSA-OAEP-384", "RSA-OAEP-512", "A128KW", "A192KW", "A256KW", "dir",
        "ECDH-ES", "ECDH-ES+A128KW", "ECDH-ES+A192KW", "ECDH-ES+A256KW", "A128GCMKW", "A192GCMKW", "A256GCMKW",
        "PBES2-HS256+A128KW", "PBES2-HS384+A192KW", "PBES2-HS512+A256KW",
    ]

    static func isKnown(_ name: String, isEncrypted: Bool) -> Bool {
        (isEncrypted ? encrypting : signing).contains(name)
    }

    /// Whether a signature of this algorithm can have that many bytes; nil where the algorithm is not known.
    static func canSign(_ name: String, bytes count: Int) -> Bool? {
        switch name {
        case "HS256": count == 32
        case "HS384": count == 48
        case "HS512", "ES256", "ES256K", "Ed25519": count == 64
        case "ES384": count == 96
        case "ES512": count == 132
        case "Ed448": count == 114
        case "EdDSA": count == 64 || count == 114
        // As long as the key, which has 2048 bits at least (RFC 7518 §3.3, §3.5).
        case "RS256", "RS384", "RS512", "PS256", "PS384", "PS512": count >= 256
        default: nil
        }
    }
}
