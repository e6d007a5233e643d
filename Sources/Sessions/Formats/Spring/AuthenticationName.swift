import JavaSerialization

/// `Authentication.getName()` of Spring Security, read from the objects' fields.
///
/// `AbstractAuthenticationToken.getName()`: a `UserDetails`' username, an `AuthenticatedPrincipal`'s or `Principal`'s name,
/// else the principal's text (session-formats, ch. 5.4 and 9).
enum AuthenticationName {
    static func name(ofContext context: JavaNode, in graph: JavaGraph) -> String? {
        guard let authentication = graph.reference("authentication", of: context) else { return nil }
        if let name = text("name", of: authentication, in: graph) { return name }
        guard let principal = graph.reference("principal", of: authentication) else { return nil }
        return name(ofPrincipal: principal, in: graph)
    }

    private static func name(ofPrincipal principal: JavaNode, in graph: JavaGraph) -> String? {
        if let text = graph.text(of: principal) { return text }
        if let key = graph.reference("nameAttributeKey", of: principal), let name = graph.text(of: key),
            let attributes = graph.reference("attributes", of: principal)
        {
            return MapLookup.text(forKey: name, in: attributes, of: graph)
        }
        return text("username", of: principal, in: graph) ?? text("name", of: principal, in: graph)
    }

    private static func text(_ field: StaticString, of node: JavaNode, in graph: JavaGraph) -> String? {
        graph.reference(field, of: node).flatMap { graph.text(of: $0) }
    }
}
