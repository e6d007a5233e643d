/// Why bytes could not be read as what they were taken for: the one error of this room.
///
/// It says what is wrong and where, and never holds a value from the data, so it can be logged and shown.
public struct SessionError: Error, Hashable, Sendable {
    /// What is wrong. One case per subject, so that a subject adds its own list and nothing else changes.
    public enum Problem: Hashable, Sendable {
        /// The text is no JSON (RFC 8259), or passes a limit.
        case json(JSONProblem)
        /// Base64, hexadecimal digits or a time are not written as their specification asks.
        case encoding(EncodingProblem)
        /// The bytes are no JSON Web Token in its compact form (RFC 7515, RFC 7516).
        case jwt(JWTProblem)
    }

    /// What is wrong.
    public var problem: Problem

    /// Where: bytes from the start of what `path` names.
    public var offset: Int

    /// The part that `offset` counts in, such as `header` of a token; empty for the whole input.
    public var path: String

    /// An error at `offset` bytes into the part `path` of the input.
    public init(_ problem: Problem, offset: Int, path: String = "") {
        self.problem = problem
        self.offset = offset
        self.path = path
    }
}

extension SessionError: CustomStringConvertible {
    /// One line for people: what, and where.
    public var description: String {
        let place = path.isEmpty ? "byte \(offset)" : "byte \(offset) of the \(path)"
        return "\(problem) at \(place)"
    }
}

extension SessionError.Problem: CustomStringConvertible {
    /// What is wrong, without the place.
    public var description: String {
        switch self {
        case .json(let problem): problem.description
        case .encoding(let problem): problem.description
        case .jwt(let problem): problem.description
        }
    }
}
