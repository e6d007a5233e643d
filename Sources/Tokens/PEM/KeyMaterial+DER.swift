internal import Crypto
internal import CryptoExtras

/// Keys from the structures in PEM blocks.
extension KeyMaterial {
    static func rsa(publicDER bytes: [UInt8]) throws(TokenError) -> KeyMaterial {
        guard let key = try? _RSA.Signing.PublicKey(derRepresentation: bytes) else { throw .key(.weakRSA) }
        return try checked(key, nil)
    }

    static func rsa(privateDER bytes: [UInt8]) throws(TokenError) -> KeyMaterial {
        guard let key = try? _RSA.Signing.PrivateKey(derRepresentation: bytes) else { throw .key(.weakRSA) }
        return try checked(key.publicKey, key)
    }

    /// The key, unless its prime numbers can be guessed.
    static func checked(
        _ key: _RSA.Signing.PublicKey, _ privateKey: _RSA.Signing.PrivateKey?
    ) throws(TokenError) -> KeyMaterial {
        guard let numbers = try? key.getKeyPrimitives() else { throw .key(.weakRSA) }
        guard !RSAWeakness.isGuessable(modulus: Array(numbers.modulus)) else { throw .key(.guessableRSA) }
        return .rsa(key, privateKey)
    }

    static func ec(_ curve: KeyStructure, publicDER bytes: [UInt8]) throws(TokenError) -> KeyMaterial {
        do {
            switch curve {
            case .p256: return .p256(try P256.Signing.PublicKey(derRepresentation: bytes), nil)
            case .p384: return .p384(try P384.Signing.PublicKey(derRepresentation: bytes), nil)
            default: return .p521(try P521.Signing.PublicKey(derRepresentation: bytes), nil)
            }
        } catch {
            throw .key(.invalidPoint)
        }
    }

    static func ec(_ curve: KeyStructure, privateDER bytes: [UInt8]) throws(TokenError) -> KeyMaterial {
        do {
            switch curve {
            case .p256:
                let key = try P256.Signing.PrivateKey(derRepresentation: bytes)
                return .p256(key.publicKey, key)
            case .p384:
                let key = try P384.Signing.PrivateKey(derRepresentation: bytes)
                return .p384(key.publicKey, key)
            default:
                let key = try P521.Signing.PrivateKey(derRepresentation: bytes)
                return .p521(key.publicKey, key)
            }
        } catch {
            throw .key(.malformedDER)
        }
    }

    /// RFC 8410 §4 leaves one way to write the key: these bytes, and 32 of the point.
    static func ed25519(publicDER bytes: [UInt8]) throws(TokenError) -> KeyMaterial {
        let start: [UInt8] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00]
        guard bytes.count == start.count + 32, bytes.starts(with: start) else { throw .key(.malformedDER) }
        return try ed25519(point: Array(bytes.dropFirst(start.count)), seed: nil)
    }

    /// RFC 8410 §7: the seed is an octet string within an octet string; of what may follow it, the public key is
    /// checked and the rest is not needed.
    static func ed25519(privateDER bytes: [UInt8]) throws(TokenError) -> KeyMaterial {
        var top = DERCursor(bytes)
        guard var fields = top.take(DERCursor.sequence), fields.take(DERCursor.integer) != nil,
            fields.take(DERCursor.sequence) != nil, var outer = fields.take(DERCursor.octetString),
            let seed = outer.take(DERCursor.octetString)?.content, outer.isAtEnd
        else { throw .key(.malformedDER) }
        _ = fields.take(DERCursor.parameters)
        // `[1] IMPLICIT BIT STRING`: a byte that counts unused bits, and the point.
        let point = fields.take(0x81).map { Array($0.content.dropFirst()) }
        guard fields.isAtEnd else { throw .key(.malformedDER) }
        return try ed25519(point: point, seed: seed)
    }

    /// The key of a point, of a seed, or of both if they belong together (RFC 8037 §2).
    static func ed25519(point: [UInt8]?, seed: [UInt8]?) throws(TokenError) -> KeyMaterial {
        var privateKey: Curve25519.Signing.PrivateKey?
        if let seed {
            guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else { throw .key(.notAPair) }
            privateKey = key
            if let point, point != Array(key.publicKey.rawRepresentation) { throw .key(.notAPair) }
        }
        let bytes = point ?? privateKey.map { Array($0.publicKey.rawRepresentation) } ?? []
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes),
            !EdwardsPoint.isOfSmallOrder(bytes)
        else { throw .key(.invalidPoint) }
        return .ed25519(key, privateKey)
    }
}
