extension KeySet {
    /// The keys of a PEM text: `PUBLIC KEY`, `RSA PUBLIC KEY`, `PRIVATE KEY`, `RSA PRIVATE KEY` and `EC PRIVATE KEY`
    /// (RFC 7468 §10 and §13, RFC 8017 §A.1, RFC 5915 §4). They have no id, and each pins the algorithms of its kind.
    ///
    /// - Throws: ``TokenError`` for every block that is none of these, but for the parameters of a curve.
    package static func pem(_ text: [UInt8]) throws(TokenError) -> KeySet {
        var keys: [TokenKey] = []
        for block in try PEMBlock.blocks(in: text) where block.label != "EC PARAMETERS" {
            keys.append(try key(block))
        }
        guard !keys.isEmpty else { throw .key(.noPEM) }
        return try KeySet(keys)
    }

    private static func key(_ block: PEMBlock) throws(TokenError) -> TokenKey {
        switch block.label {
        case "PUBLIC KEY":
            try publicKey(block.bytes, try KeyStructure(publicKey: block.bytes))
        case "PRIVATE KEY":
            try privateKey(block.bytes, try KeyStructure(privateKey: block.bytes))
        case "EC PRIVATE KEY":
            try privateKey(block.bytes, try KeyStructure(sec1: block.bytes))
        case "RSA PUBLIC KEY" where KeyStructure.isPKCS1PublicKey(block.bytes):
            TokenKey(try KeyMaterial.rsa(publicDER: block.bytes))
        case "RSA PRIVATE KEY" where KeyStructure.isPKCS1PrivateKey(block.bytes):
            TokenKey(try KeyMaterial.rsa(privateDER: block.bytes))
        case "RSA PUBLIC KEY", "RSA PRIVATE KEY": throw .key(.malformedDER)
        case "ENCRYPTED PRIVATE KEY": throw .key(.encrypted)
        case "OPENSSH PRIVATE KEY": throw .key(.openSSH)
        case "CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE": throw .key(.certificate)
        default: throw .key(.unsupported("a PEM block of another kind"))
        }
    }

    private static func publicKey(_ bytes: [UInt8], _ structure: KeyStructure) throws(TokenError) -> TokenKey {
        switch structure {
        case .rsa: TokenKey(try .rsa(publicDER: bytes))
        // Such a key is for PSS alone (RFC 4055 §1.2).
        case .rsaPSS: TokenKey(try .rsa(publicDER: bytes), algorithms: SignatureAlgorithm.rsaPSS)
        case .p256, .p384, .p521: TokenKey(try .ec(structure, publicDER: bytes))
        case .ed25519: TokenKey(try .ed25519(publicDER: bytes))
        case .other(let what): throw .key(.unsupported(what))
        }
    }

    private static func privateKey(_ bytes: [UInt8], _ structure: KeyStructure) throws(TokenError) -> TokenKey {
        switch structure {
        case .rsa: TokenKey(try .rsa(privateDER: bytes))
        case .rsaPSS: TokenKey(try .rsa(privateDER: bytes), algorithms: SignatureAlgorithm.rsaPSS)
        case .p256, .p384, .p521: TokenKey(try .ec(structure, privateDER: bytes))
        case .ed25519: TokenKey(try .ed25519(privateDER: bytes))
        case .other(let what): throw .key(.unsupported(what))
        }
    }
}
