/// What kind of key a DER structure says it holds. Whoever takes it for another kind is refused before a key is made.
enum KeyStructure: Hashable {
    case rsa, rsaPSS, p256, p384, p521, ed25519
    /// A kind that no signature is verified with here, in words.
    case other(String)

    /// `SubjectPublicKeyInfo` (RFC 5280 §4.1): a sequence of the algorithm and a bit string.
    init(publicKey bytes: [UInt8]) throws(TokenError) {
        var top = try Self.top(bytes)
        self = try Self.algorithm(&top)
    }

    /// `PrivateKeyInfo` of PKCS#8 (RFC 5208 §5, RFC 5958 §2): a version comes first.
    init(privateKey bytes: [UInt8]) throws(TokenError) {
        var top = try Self.top(bytes)
        guard top.take(DERCursor.integer) != nil else { throw .key(.malformedDER) }
        self = try Self.algorithm(&top)
    }

    /// `ECPrivateKey` of SEC 1 (RFC 5915 §3): version, key, and the curve, which must be named here.
    init(sec1 bytes: [UInt8]) throws(TokenError) {
        var top = try Self.top(bytes)
        guard top.take(DERCursor.integer) != nil, top.take(DERCursor.octetString) != nil,
            var parameters = top.take(DERCursor.parameters)
        else { throw .key(.malformedDER) }
        self = try Self.curve(&parameters)
    }

    /// Whether the bytes are a key or a certificate in any of these structures.
    static func isAny(_ bytes: [UInt8]) -> Bool {
        if (try? KeyStructure(publicKey: bytes)) != nil || (try? KeyStructure(privateKey: bytes)) != nil { return true }
        return (try? KeyStructure(sec1: bytes)) != nil || isPKCS1PublicKey(bytes) || isPKCS1PrivateKey(bytes)
            || isCertificate(bytes)
    }

    /// `RSAPublicKey` of PKCS#1 (RFC 8017 §A.1.1): two integers and nothing else.
    static func isPKCS1PublicKey(_ bytes: [UInt8]) -> Bool {
        guard var top = try? top(bytes), top.take(DERCursor.integer) != nil else { return false }
        return top.take(DERCursor.integer) != nil && top.isAtEnd
    }

    /// `RSAPrivateKey` of PKCS#1 (RFC 8017 §A.1.2): a version and the numbers of the key.
    static func isPKCS1PrivateKey(_ bytes: [UInt8]) -> Bool {
        guard var top = try? top(bytes) else { return false }
        return (0..<9).allSatisfy { _ in top.take(DERCursor.integer) != nil }
    }

    /// `Certificate` (RFC 5280 §4.1): what is signed, how, and the signature.
    static func isCertificate(_ bytes: [UInt8]) -> Bool {
        guard var top = try? top(bytes), top.take(DERCursor.sequence) != nil,
            top.take(DERCursor.sequence) != nil, top.take(DERCursor.bitString) != nil
        else { return false }
        return top.isAtEnd
    }

    /// The outermost sequence, which must be all there is.
    private static func top(_ bytes: [UInt8]) throws(TokenError) -> DERCursor {
        var cursor = DERCursor(bytes)
        guard let top = cursor.take(DERCursor.sequence), cursor.isAtEnd else { throw .key(.malformedDER) }
        return top
    }

    private static func algorithm(_ cursor: inout DERCursor) throws(TokenError) -> KeyStructure {
        guard var sequence = cursor.take(DERCursor.sequence),
            let name = sequence.take(DERCursor.objectIdentifier)?.content
        else { throw .key(.malformedDER) }
        switch name {
        case [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01]: return .rsa  // 1.2.840.113549.1.1.1, RFC 3279
        case [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a]: return .rsaPSS  // …10, RFC 4055 §3
        case [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01]: return try curve(&sequence)  // 1.2.840.10045.2.1, RFC 5480
        case [0x2b, 0x65, 0x70]: return .ed25519  // 1.3.101.112, RFC 8410 §3
        case [0x2b, 0x65, 0x71]: return .other("an Ed448 key")
        case [0x2b, 0x65, 0x6e], [0x2b, 0x65, 0x6f]: return .other("a key for key agreement")
        default: return .other("a key of an unknown algorithm")
        }
    }

    private static func curve(_ cursor: inout DERCursor) throws(TokenError) -> KeyStructure {
        switch cursor.take(DERCursor.objectIdentifier)?.content {
        case [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07]: return .p256  // RFC 5480 §2.1.1.1
        case [0x2b, 0x81, 0x04, 0x00, 0x22]: return .p384
        case [0x2b, 0x81, 0x04, 0x00, 0x23]: return .p521
        default: return .other("a key on another curve than P-256, P-384 and P-521")
        }
    }
}
