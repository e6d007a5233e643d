import JavaSerialization

/// `Authentication.getName()` of Spring Security, read from the objects' fields.
///
/// `AbstractAuthenticationToken.getName()`: a `UserDetails`' username, an `AuthenticatedPrincipal`'s or `Principal`'s name,
/// else the principal's text (session-formats, ch. 5.4 and 9).
enum AuthenticationName {
    static func name(ofContext context: ObjectView) -> [UInt8]? {
        context.object("authentication").flatMap { name(of: $0) }
    }

    static func name(of authentication: ObjectView) -> [UInt8]? {
        if let name = authentication.bytes("name") { return name }
        return authentication.object("principal").flatMap { name(ofPrincipal: $0) }
    }

    private static func name(ofPrincipal principal: ObjectView) -> [UInt8]? {
        if let name = principal.bytes { return name }
        if let key = principal.text("nameAttributeKey"), let attributes = principal.object("attributes") {
            return attributes.bytes(forKey: key)
        }
        // An OpenID Connect user has its attributes in the claims of its token.
        if let key = principal.text("nameAttributeKey"), let claims = principal.object("idToken")?.object("claims") {
            return claims.bytes(forKey: key)
        }
        return principal.bytes("username") ?? principal.bytes("name")
    }
}
