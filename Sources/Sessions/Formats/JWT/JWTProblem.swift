/// What keeps bytes from being a JSON Web Token in compact form.
///
/// Faults inside a part are reported as that part's own problem: ``EncodingProblem`` for its Base64url,
/// ``JSONProblem`` for its JSON.
public enum JWTProblem: Hashable, Sendable {
    /// Nothing, or nothing but white space.
    case empty
    /// Neither three parts (signed) nor five (encrypted).
    case partCount(Int)
    /// The JSON serialization of RFC 7515 §7.2, which is no JWT (RFC 7519 §1).
    case jsonSerialization
    /// The header is JSON, but no object (RFC 7519 §7.2 step 3).
    case headerIsNoObject
    /// The payload is JSON, but no object (RFC 7519 §7.2 step 10).
    case claimsAreNoObject
}

extension JWTProblem: CustomStringConvertible {
    /// What is wrong, for people.
    public var description: String {
        switch self {
        case .empty: "no token: the input is empty"
        case .partCount(let count): "no token: \(count) part\(count == 1 ? "" : "s") between dots instead of 3 or 5"
        case .jsonSerialization: "JOSE in its JSON form, which is no JWT"
        case .headerIsNoObject: "a token header that is no JSON object"
        case .claimsAreNoObject: "claims that are no JSON object"
        }
    }
}
