import Sessions
import Tokens

/// The key that a token is signed with: the only one that can, or the one that `--kid` names.
struct SigningKey {
    let signer: TokenSigner
    /// The header's `kid`; nil for the key's own, if it has one.
    let id: JSONString?

    /// - Throws: where no key can sign, or several can.
    init(_ given: GivenKeys, id name: String?, _ algorithm: SignatureAlgorithm?) throws(Failure) {
        let key = try Self.key(of: given.keys, name.map { JSONString($0) }, algorithm)
        id = name.map { JSONString($0) }
        do throws(TokenError) {
            signer = try TokenSigner(key: key, algorithm: algorithm)
        } catch {
            throw .usage("\(error)", advice: Self.advice(error, key))
        }
    }

    private static func key(
        of set: KeySet, _ id: JSONString?, _ algorithm: SignatureAlgorithm?
    ) throws(Failure) -> TokenKey {
        if let id, let named = set.keys.first(where: { $0.id == id }) { return named }
        if set.keys.count == 1 {
            guard let other = set.keys[0].id, id != nil else { return set.keys[0] }
            throw .usage(
                "--kid: the key is called '\(EscapedName.text(of: other.bytes))', and readers look for it by that")
        }
        let fitting = set.keys.filter { key in
            key.isPrivate && (algorithm.map { key.algorithms.contains($0) } ?? true)
        }
        guard id == nil, fitting.count <= 1 else {
            let names = set.keys.compactMap(\.id).map { EscapedName.text(of: $0.bytes) }.joined(separator: ", ")
            let reason = id == nil ? "several of the keys can sign" : "none of the keys is called that"
            throw .usage(
                "--kid: \(reason)",
                advice: names.isEmpty ? "give a file with one key" : "the keys are called \(names)")
        }
        return fitting.first ?? set.keys[0]
    }

    private static func advice(_ error: TokenError, _ key: TokenKey) -> String? {
        guard error == .signing(.algorithmUndecided) else { return nil }
        let names = SignatureAlgorithm.allCases.filter(key.algorithms.contains).map(\.rawValue)
        return "--alg chooses among \(names.joined(separator: ", "))"
    }
}
