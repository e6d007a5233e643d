package import Sessions

/// The keys that tokens are verified with; one alone is a set as well.
///
/// ```swift
/// let keys = try KeySet.jwk(bytes)
/// keys.keys      // [public key for RS256]
/// keys.refused   // a key for encryption, and why it is left out
/// ```
package struct KeySet: Sendable {
    /// A key of a set that is not used. The others still are (RFC 7517 §5).
    package struct RefusedKey: Hashable, Sendable {
        /// Its `kid`, if it has one. It is data: escape it before showing it.
        package let id: JSONString?
        /// Why.
        package let problem: KeyProblem
    }

    /// The keys; never empty, no id twice, and secrets never beside public keys.
    package let keys: [TokenKey]
    /// Those of a JWK Set that are not used.
    package let refused: [RefusedKey]

    /// A set of these keys.
    ///
    /// - Throws: ``TokenError`` if there is none, if two have the same id, or if secrets are mixed with other keys: one
    ///   who publishes such a set gives the secrets away, and one who reads it may take one kind for the other.
    package init(_ keys: [TokenKey], refused: [RefusedKey] = []) throws(TokenError) {
        guard !keys.isEmpty else {
            throw .key(refused.first.map { .noneUsable($0.problem) } ?? .empty)
        }
        // A damaged key still lays claim to its name; one for another purpose, as encryption, does not.
        let ids = keys.compactMap(\.id) + refused.filter { !$0.problem.isAboutPurpose }.compactMap(\.id)
        guard Set(ids).count == ids.count else { throw .key(.duplicateID) }
        guard Set(keys.map(\.isSharedSecret)).count == 1 else { throw .key(.mixedSet) }
        self.keys = keys
        self.refused = refused
    }

    /// The set of one shared secret; see ``TokenKey/init(secret:)``.
    package static func secret(_ bytes: [UInt8]) throws(TokenError) -> KeySet {
        try KeySet([try TokenKey(secret: bytes)])
    }
}
