internal import Crypto
internal import CryptoExtras

extension KeyMaterial {
    /// The signature of the bytes, or nil if this key cannot make one of the algorithm.
    func signature(of bytes: [UInt8], _ algorithm: SignatureAlgorithm) -> [UInt8]? {
        guard algorithms.contains(algorithm) else { return nil }
        switch self {
        case .secret(let key): return Self.hmac(of: bytes, algorithm.hash, key)
        case .rsa(_, let key): return key.flatMap { Self.rsa(of: bytes, algorithm, $0) }
        case .p256(_, let key): return (try? key?.signature(for: bytes)).map { Array($0.rawRepresentation) }
        case .p384(_, let key): return (try? key?.signature(for: bytes)).map { Array($0.rawRepresentation) }
        case .p521(_, let key): return (try? key?.signature(for: bytes)).map { Array($0.rawRepresentation) }
        case .ed25519(_, let key): return (try? key?.signature(for: bytes)).map { Array($0) }
        }
    }

    private static func hmac(of bytes: [UInt8], _ hash: SignatureAlgorithm.Hash, _ key: SymmetricKey) -> [UInt8] {
        switch hash {
        case .sha256: Array(HMAC<SHA256>.authenticationCode(for: bytes, using: key))
        case .sha384: Array(HMAC<SHA384>.authenticationCode(for: bytes, using: key))
        case .sha512: Array(HMAC<SHA512>.authenticationCode(for: bytes, using: key))
        }
    }

    private static func rsa(
        of bytes: [UInt8], _ algorithm: SignatureAlgorithm, _ key: _RSA.Signing.PrivateKey
    ) -> [UInt8]? {
        let padding = algorithm.padding
        let signature =
            switch algorithm.hash {
            case .sha256: try? key.signature(for: SHA256.hash(data: bytes), padding: padding)
            case .sha384: try? key.signature(for: SHA384.hash(data: bytes), padding: padding)
            case .sha512: try? key.signature(for: SHA512.hash(data: bytes), padding: padding)
            }
        return signature.map { Array($0.rawRepresentation) }
    }
}
