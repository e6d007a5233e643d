/// Where a session says who is logged in (session-formats, ch. 5.4 and 18).
public enum LoginPlace: String, Sendable, CaseIterable {
    /// Spring Security's context, an attribute.
    case securityContext = "in SPRING_SECURITY_CONTEXT"
    /// The container's principal, beside the attributes.
    case container = "in the container's principal"
    /// The claims of a token.
    case claims = "in the claims of a token"
    /// An attribute of the name alone, without roles.
    case name = "by name alone"
}

extension Session {
    /// Where it says who is logged in; nil where nobody is. Needs the principal and the attributes.
    public var loginPlace: LoginPlace? {
        guard principalName != nil else { return nil }
        if jwt != nil { return .claims }
        if SpringPrincipal.context(in: attributes ?? []) != nil { return .securityContext }
        return persistedUser == nil ? .name : .container
    }
}
