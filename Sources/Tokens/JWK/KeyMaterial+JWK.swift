internal import Crypto
internal import CryptoExtras

/// Keys from the members of a JSON Web Key.
extension KeyMaterial {
    /// RFC 7518 §6.3. A private key needs its primes beside `d`; without them it is a public one, because swift-crypto
    /// searches for them in a loop that a wrong `d` never ends.
    static func rsa(_ members: JWKMembers) throws(TokenError) -> KeyMaterial {
        let (n, e) = (try members.number("n"), try members.number("e"))
        guard !members.has("oth") else { throw .key(.unsupported("an RSA key of more than two primes")) }
        guard let key = try? _RSA.Signing.PublicKey(n: n, e: e) else { throw .key(.weakRSA) }
        guard members.has("d"), members.has("p"), members.has("q") else { return try checked(key, nil) }
        let (d, p, q) = (try members.number("d"), try members.number("p"), try members.number("q"))
        guard let privateKey = try? _RSA.Signing.PrivateKey(n: n, e: e, d: d, p: p, q: q) else {
            throw .key(.notAPair)
        }
        return try checked(key, privateKey)
    }

    /// RFC 7518 §6.2.
    static func ec(_ members: JWKMembers) throws(TokenError) -> KeyMaterial {
        switch try members.word("crv") {
        case "P-256":
            let (point, scalar) = try coordinates(members, size: 32)
            return try p256(point, scalar)
        case "P-384":
            let (point, scalar) = try coordinates(members, size: 48)
            return try p384(point, scalar)
        case "P-521":
            let (point, scalar) = try coordinates(members, size: 66)
            return try p521(point, scalar)
        case nil: throw .key(.missing("crv"))
        default: throw .key(.unsupported("crv of the key is none of P-256, P-384 and P-521"))
        }
    }

    private static func coordinates(
        _ members: JWKMembers, size: Int
    ) throws(TokenError) -> (point: [UInt8], scalar: [UInt8]?) {
        let x = try members.required("x", count: size)
        let y = try members.required("y", count: size)
        return (x + y, try members.bytes("d", count: size))
    }

    private static func p256(_ point: [UInt8], _ scalar: [UInt8]?) throws(TokenError) -> KeyMaterial {
        guard let key = try? P256.Signing.PublicKey(rawRepresentation: point) else { throw .key(.invalidPoint) }
        guard let scalar else { return .p256(key, nil) }
        guard let own = try? P256.Signing.PrivateKey(rawRepresentation: scalar),
            own.publicKey.rawRepresentation == key.rawRepresentation
        else { throw .key(.notAPair) }
        return .p256(key, own)
    }

    private static func p384(_ point: [UInt8], _ scalar: [UInt8]?) throws(TokenError) -> KeyMaterial {
        guard let key = try? P384.Signing.PublicKey(rawRepresentation: point) else { throw .key(.invalidPoint) }
        guard let scalar else { return .p384(key, nil) }
        guard let own = try? P384.Signing.PrivateKey(rawRepresentation: scalar),
            own.publicKey.rawRepresentation == key.rawRepresentation
        else { throw .key(.notAPair) }
        return .p384(key, own)
    }

    private static func p521(_ point: [UInt8], _ scalar: [UInt8]?) throws(TokenError) -> KeyMaterial {
        guard let key = try? P521.Signing.PublicKey(rawRepresentation: point) else { throw .key(.invalidPoint) }
        guard let scalar else { return .p521(key, nil) }
        guard let own = try? P521.Signing.PrivateKey(rawRepresentation: scalar),
            own.publicKey.rawRepresentation == key.rawRepresentation
        else { throw .key(.notAPair) }
        return .p521(key, own)
    }

    /// RFC 8037 §2.
    static func edwards(_ members: JWKMembers) throws(TokenError) -> KeyMaterial {
        switch try members.word("crv") {
        case "Ed25519":
            try ed25519(point: try members.required("x", count: 32), seed: try members.bytes("d", count: 32))
        case nil: throw .key(.missing("crv"))
        default: throw .key(.unsupported("crv of the key is not Ed25519"))
        }
    }
}
