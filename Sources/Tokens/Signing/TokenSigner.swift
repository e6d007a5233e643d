package import Sessions

/// Signs tokens with one key and one algorithm.
///
/// ```swift
/// let key = try KeySet.jwk(text).keys[0]
/// let token = try TokenSigner(key: key).sign(claims: Array(#"{"sub":"alice"}"#.utf8), type: "at+jwt")
/// ```
package struct TokenSigner: Sendable {
    /// How it signs.
    package let algorithm: SignatureAlgorithm
    private let key: TokenKey

    /// A signer.
    ///
    /// - Parameter algorithm: One of the key's; may be left out if the key is for one alone. Of the two names of
    ///   Ed25519, `EdDSA` is taken then, which more readers know.
    /// - Throws: ``TokenError`` if the key is public, can be guessed, is not for signing, or is for other algorithms.
    package init(key: TokenKey, algorithm: SignatureAlgorithm? = nil) throws(TokenError) {
        guard key.isPrivate else { throw .signing(.publicKey) }
        guard key.operations.contains(.sign) else { throw .signing(.notForSigning) }
        guard !key.isRepetitive else { throw .key(.repetitiveSecret) }
        let chosen = if let algorithm { algorithm } else { try Self.only(of: key) }
        guard key.algorithms.contains(chosen) else { throw .signing(.algorithm) }
        self.key = key
        self.algorithm = chosen
    }

    private static func only(of key: TokenKey) throws(TokenError) -> SignatureAlgorithm {
        if key.algorithms == [.edDSA, .ed25519] { return .edDSA }
        guard key.algorithms.count == 1, let only = key.algorithms.first else { throw .signing(.algorithmUndecided) }
        return only
    }

    /// The token of these claims: the JSON stays as it is, to the byte.
    ///
    /// - Parameters:
    ///   - type: The header's `typ`; none if nil.
    ///   - id: The header's `kid`, if it shall be another one than the key's.
    /// - Throws: ``TokenError`` if the claims are no JSON object, have a name twice, or registered claims of a wrong type:
    ///   such a token would be refused.
    package func sign(
        claims: [UInt8], type: String? = "JWT", id: JSONString? = nil
    ) throws(TokenError) -> [UInt8] {
        try check(claims)
        let header = header(type, id ?? key.id)
        let signed = Base64.encode(header, .url) + "." + Base64.encode(claims, .url)
        guard let signature = key.material.signature(of: Array(signed.utf8), algorithm) else {
            throw .signing(.failed)
        }
        let token = Array((signed + "." + Base64.encode(signature, .url)).utf8)
        if let refusal = try Self.refusal(of: token) { throw .signing(.refused(refusal)) }
        return token
    }

    private func check(_ claims: [UInt8]) throws(TokenError) {
        do {
            _ = try JSONReader.read(claims, limits: JWT.limits)
        } catch {
            throw .signing(.claimsAreNotJSON(error))
        }
    }

    private func header(_ type: String?, _ id: JSONString?) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("alg")
        writer.string(algorithm.rawValue)
        if let type {
            writer.name("typ")
            writer.string(type)
        }
        if let id {
            writer.name("kid")
            writer.string(id)
        }
        writer.endObject()
        return writer.takeBytes()
    }

    /// What shows on the finished token without a key.
    private static func refusal(of bytes: [UInt8]) throws(TokenError) -> TokenRefusal? {
        guard let token = try? JWT.decode(bytes) else { throw .signing(.failed) }
        let findings = token.findings(now: nil)
        return findings.first { $0.isAgainstTheHeader || $0.isAgainstThePayload }.map { TokenRefusal($0) }
            ?? TokenRefusal.nestedDuplicates(in: token).first
    }
}
