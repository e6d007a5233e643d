import JavaSerialization

/// `Authentication.getName()` of Spring Security, read from the objects' fields.
///
/// `AbstractAuthenticationToken.getName()`: a `UserDetails`' username, an `AuthenticatedPrincipal`'s or `Principal`'s name,
/// else the principal's text (session-formats, ch. 5.4 and 9).
enum AuthenticationName {
    static func name(ofContext context: ObjectView) -> String? {
        context.object("authentication").flatMap { name(of: $0) }
    }

    static func name(of authentication: ObjectView) -> String? {
        if let name = authentication.text("name") { return name }
        return authentication.object("principal").flatMap { name(ofPrincipal: $0) }
    }

    private static func name(ofPrincipal principal: ObjectView) -> String? {
        if let text = principal.text { return text }
        if let key = principal.text("nameAttributeKey"), let attributes = principal.object("attributes") {
            return attributes.text(forKey: key)
        }
        // An OpenID Connect user has its attributes in the claims of its token.
        if let key = principal.text("nameAttributeKey"), let claims = principal.object("idToken")?.object("claims") {
            return claims.text(forKey: key)
        }
        return principal.text("username") ?? principal.text("name")
    }
}
