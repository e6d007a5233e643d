internal import Crypto
internal import Sessions

extension TokenKey {
    /// A shared secret: the bytes as they are, without leaving out a line feed at their end.
    ///
    /// - Throws: ``TokenError`` if they are fewer than 32, hardly differ from each other, or are a key in some written form.
    package init(secret bytes: [UInt8]) throws(TokenError) {
        self.init(try Self.secret(bytes))
        guard !isRepetitive else { throw .key(.repetitiveSecret) }
    }

    /// Whether it is a secret of so few different bytes that it was typed. A set of keys may have such a one all the same: whoever
    /// published it decides what is verified with it, but nothing is signed with it here.
    var isRepetitive: Bool {
        guard case .secret(let key) = material else { return false }
        return key.withUnsafeBytes { Set($0).count < Self.fewestBytes }
    }

    static func secret(_ bytes: [UInt8]) throws(TokenError) -> KeyMaterial {
        guard !bytes.isEmpty else { throw .key(.empty) }
        guard !isWrittenKey(bytes) else { throw .key(.secretIsAKey) }
        let material = KeyMaterial.secret(SymmetricKey(data: bytes))
        guard !material.algorithms.isEmpty else { throw .key(.shortSecret(bytes: bytes.count)) }
        return material
    }

    /// Of 32 bytes of chance fewer different ones than these occur once in 2¹²² times, of 32 hexadecimal digits of chance
    /// once in 2²⁴; words that somebody repeats until they are long enough have such.
    private static let fewestBytes = 8

    /// A public key that is taken for a secret is what algorithm confusion is made of (RFC 8725 §2.1).
    private static func isWrittenKey(_ bytes: [UInt8]) -> Bool {
        if PEMBlock.begins(in: bytes) || bytes.starts(with: Array("ssh-".utf8)) { return true }
        if KeyStructure.isAny(bytes) { return true }
        guard let json = try? JSONReader.read(bytes, limits: KeySet.limits) else { return false }
        return json.root["kty"] != nil || json.root["keys"] != nil
    }
}
