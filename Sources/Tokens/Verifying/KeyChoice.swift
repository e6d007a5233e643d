internal import Sessions

extension KeySet {
    /// The keys that may have signed a token, or why there is none.
    ///
    /// A `kid` is only ever compared (RFC 8725 §3.10). If a token has one, nothing but the key of that name is used;
    /// a key alone and without a name was chosen by whoever gave it. Without a `kid` every key is used that fits.
    func choose(
        id: JSONString?, _ algorithm: SignatureAlgorithm, among allowed: Set<SignatureAlgorithm>?
    ) -> Result<[TokenKey], KeyRefusal> {
        named(id).flatMap { keys in
            let usable = keys.filter { $0.operations.contains(.verify) }
            guard !usable.isEmpty else {
                return .failure(KeyRefusal(.unusableKey, "key_ops of the key do not allow to verify (RFC 7517 §4.3)"))
            }
            let fitting = usable.filter { $0.algorithms.contains(algorithm) }
            guard !fitting.isEmpty else {
                let names = Self.names(of: usable.reduce(into: []) { $0.formUnion($1.algorithms) })
                return .failure(KeyRefusal(.algorithm, "the key is for \(names) only (RFC 8725 §3.1)"))
            }
            guard allowed?.contains(algorithm) ?? true else {
                return .failure(KeyRefusal(.algorithm, "only \(Self.names(of: allowed ?? [])) is accepted"))
            }
            return .success(fitting)
        }
    }

    private func named(_ id: JSONString?) -> Result<[TokenKey], KeyRefusal> {
        guard let id else { return .success(keys) }
        let named = keys.filter { $0.id == id }
        if !named.isEmpty { return .success(named) }
        if let key = refused.first(where: { $0.id == id }) {
            return .failure(KeyRefusal(.unusableKey, "the key of this kid is not used: \(key.problem)"))
        }
        if keys.count == 1, refused.isEmpty, keys[0].id == nil { return .success(keys) }
        return .failure(KeyRefusal(.unknownKey, "no key has this kid"))
    }

    private static func names(of algorithms: Set<SignatureAlgorithm>) -> String {
        SignatureAlgorithm.allCases.filter(algorithms.contains).map(\.rawValue).joined(separator: ", ")
    }
}

/// Why no key of a set is used.
struct KeyRefusal: Error {
    let reason: TokenRefusal.Reason
    let message: String

    init(_ reason: TokenRefusal.Reason, _ message: String) {
        self.reason = reason
        self.message = message
    }

    var refusal: TokenRefusal {
        switch reason {
        case .algorithm: TokenRefusal(reason, .header, "alg", message)
        default: TokenRefusal(reason, .header, "kid", message)
        }
    }
}
