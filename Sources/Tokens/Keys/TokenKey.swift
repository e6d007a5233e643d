package import Sessions

/// A key for the signatures of tokens, with all that limits its use.
///
/// The key pins the algorithm (RFC 8725 §3.1): what a token's `alg` says is only compared with ``algorithms``.
package struct TokenKey: Sendable {
    /// What a key may be used for (RFC 7517 §4.3).
    package enum Operation: Hashable, Sendable {
        /// Signatures may be made with it.
        case sign
        /// Signatures may be checked with it.
        case verify
    }

    /// Its `kid`, if it has one. It is data: escape it before showing it.
    package let id: JSONString?
    /// The algorithms that it may be used with; never empty.
    package let algorithms: Set<SignatureAlgorithm>
    /// What it may be used for by its `key_ops`; everything where there are none.
    let operations: Set<Operation>
    let material: KeyMaterial

    init(
        _ material: KeyMaterial, id: JSONString? = nil, algorithms: Set<SignatureAlgorithm>? = nil,
        operations: Set<Operation> = [.sign, .verify]
    ) {
        self.material = material
        self.id = id
        self.algorithms = algorithms ?? material.algorithms
        self.operations = operations
    }

    /// Whether it has the part that signs: a shared secret, or the private half of a pair.
    package var isPrivate: Bool { material.isPrivate }

    /// Whether it is a secret that those who sign share with those who verify.
    package var isSharedSecret: Bool { material.isSecret }
}

extension TokenKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The names of its algorithms; never the key or its id.
    package var description: String {
        let names = SignatureAlgorithm.allCases.filter(algorithms.contains).map(\.rawValue)
        return (isPrivate ? "private" : "public") + " key for " + names.joined(separator: ", ")
    }

    /// The same as ``description``.
    package var debugDescription: String { description }

    /// Nothing, so that `dump` shows no key either.
    package var customMirror: Mirror { Mirror(self, children: []) }
}
