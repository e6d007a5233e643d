internal import Crypto
internal import CryptoExtras

extension KeyMaterial {
    /// Whether the signature fits the bytes. An algorithm that is not of this kind of key fits nothing.
    func isValid(_ signature: [UInt8], of bytes: [UInt8], _ algorithm: SignatureAlgorithm) -> Bool {
        guard algorithms.contains(algorithm) else { return false }
        switch self {
        case .secret(let key): return Self.isValidHMAC(signature, of: bytes, algorithm.hash, key)
        case .rsa(let key, _): return Self.isValidRSA(signature, of: bytes, algorithm, key)
        case .ed25519(let key, _): return key.isValidSignature(signature, for: bytes)
        // r and s side by side, each as long as the curve's order (RFC 7518 §3.4); another length makes no signature.
        case .p256(let key, _):
            guard let pair = try? P256.Signing.ECDSASignature(rawRepresentation: signature) else { return false }
            return key.isValidSignature(pair, for: bytes)
        case .p384(let key, _):
            guard let pair = try? P384.Signing.ECDSASignature(rawRepresentation: signature) else { return false }
            return key.isValidSignature(pair, for: bytes)
        case .p521(let key, _):
            guard let pair = try? P521.Signing.ECDSASignature(rawRepresentation: signature) else { return false }
            return key.isValidSignature(pair, for: bytes)
        }
    }

    /// swift-crypto compares in constant time (RFC 7518 §3.2).
    private static func isValidHMAC(
        _ code: [UInt8], of bytes: [UInt8], _ hash: SignatureAlgorithm.Hash, _ key: SymmetricKey
    ) -> Bool {
        switch hash {
        case .sha256: HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: bytes, using: key)
        case .sha384: HMAC<SHA384>.isValidAuthenticationCode(code, authenticating: bytes, using: key)
        case .sha512: HMAC<SHA512>.isValidAuthenticationCode(code, authenticating: bytes, using: key)
        }
    }

    private static func isValidRSA(
        _ signature: [UInt8], of bytes: [UInt8], _ algorithm: SignatureAlgorithm, _ key: _RSA.Signing.PublicKey
    ) -> Bool {
        let value = _RSA.Signing.RSASignature(rawRepresentation: signature)
        let padding = algorithm.padding
        return switch algorithm.hash {
        case .sha256: key.isValidSignature(value, for: SHA256.hash(data: bytes), padding: padding)
        case .sha384: key.isValidSignature(value, for: SHA384.hash(data: bytes), padding: padding)
        case .sha512: key.isValidSignature(value, for: SHA512.hash(data: bytes), padding: padding)
        }
    }
}

extension SignatureAlgorithm {
    /// How the hash is padded for RSA (RFC 7518 §3.3, §3.5). `insecure` is swift-crypto's word for a padding that has
    /// no proof of security; for signatures no attack on it is known.
    var padding: _RSA.Signing.Padding { family == .pss ? .PSS : .insecurePKCS1v1_5 }
}
