internal import Crypto
internal import Sessions

extension TokenKey {
    /// A shared secret: the bytes as they are, without leaving out a line feed at their end.
    ///
    /// - Throws: ``TokenError`` if they are fewer than 32, or a key in some written form.
    package init(secret bytes: [UInt8]) throws(TokenError) {
        self.init(try Self.secret(bytes))
    }

    static func secret(_ bytes: [UInt8]) throws(TokenError) -> KeyMaterial {
        guard !bytes.isEmpty else { throw .key(.empty) }
        guard !isWrittenKey(bytes) else { throw .key(.secretIsAKey) }
        let material = KeyMaterial.secret(SymmetricKey(data: bytes))
        guard !material.algorithms.isEmpty else { throw .key(.shortSecret(bytes: bytes.count)) }
        return material
    }

    /// A public key that is taken for a secret is what algorithm confusion is made of (RFC 8725 §2.1).
    private static func isWrittenKey(_ bytes: [UInt8]) -> Bool {
        if PEMBlock.begins(in: bytes) || bytes.starts(with: Array("ssh-".utf8)) { return true }
        if KeyStructure.isAny(bytes) { return true }
        guard let json = try? JSONReader.read(bytes, limits: KeySet.limits) else { return false }
        return json.root["kty"] != nil || json.root["keys"] != nil
    }
}
