/// Tells private keys in the forms in which they are passed on: the body of PEM, and the members of a JWK.
package enum PrivateKeyText {
    /// Members of a JWK that are secret: of private keys, and `k`, the symmetric one; each is text (RFC 7518 §6.2.2, §6.3.2 and §6.4).
    package static let members: Set<String> = ["d", "k", "p", "q", "dp", "dq", "qi"]

    /// The list of further primes of an RSA key, of which each is an object with `r`, `d` and `t` (RFC 7518 §6.3.2.7).
    package static let otherPrimes = "oth"

    /// Whether a member is private in a key, or in one of its further primes.
    static func isPart(_ name: String) -> Bool { members.contains(name) || name == "r" || name == "t" }

    /// The member that makes an object a JWK (RFC 7517 §4.1).
    package static let keyType = "kty"

    private static let keyTypeName = JSONString(keyType)

    /// Whether JSON is a JWK; only text can be the type of a key.
    package static func isKey(_ object: JSONObject) -> Bool {
        object.contains { $0.name == keyTypeName && $0.value.kind == .string }
    }

    /// Whether a member of a JWK is private: text under one of the names, or the list of further primes.
    package static func isPrivate(_ name: String, _ value: JSONNode) -> Bool {
        value.kind == .string ? members.contains(name) : value.isContainer && name == otherPrimes
    }

    /// Whether text begins as Base64 of a private key that ASN.1 describes: a sequence that begins with the version 0 or 1, and goes on with
    /// an algorithm (PKCS #8, RFC 5958 §2), a modulus (PKCS #1) or the key itself (SEC 1, RFC 5915 §3). White space may stand before it.
    package static func isBody(_ text: some StringProtocol) -> Bool {
        let characters = text.utf8.drop { Hexadecimal.isSpace($0) }
        guard characters.first == UInt8(ascii: "M"), characters.count >= 40,
            let start = try? Base64.decode(characters.prefix(12), .standard), start.count == 9, start[0] == 0x30
        else { return false }
        let length = start[1] < 0x80 ? 1 : 1 + Int(start[1] & 0x7f)
        let rest = start.dropFirst(1 + length)
        return beginnings.contains { rest.starts(with: $0) }
    }

    /// The version, and the tag of what follows.
    private static let beginnings: [[UInt8]] = [[2, 1, 0, 0x30], [2, 1, 0, 2], [2, 1, 1, 4], [2, 1, 1, 0x30]]
}
