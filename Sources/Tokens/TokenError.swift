/// What keeps a key from being read or a token from being signed: the one error of this room.
///
/// That a token is refused is no error but a ``TokenVerdict``.
package enum TokenError: Error, Hashable, Sendable {
    /// The key cannot be used.
    case key(KeyProblem)
    /// The token cannot be signed.
    case signing(SigningProblem)
}

extension TokenError: CustomStringConvertible {
    /// One sentence for people, without anything secret.
    package var description: String {
        switch self {
        case .key(let problem): problem.description
        case .signing(let problem): problem.description
        }
    }
}
