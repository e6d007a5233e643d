import JavaSerialization

/// Who a Tomcat session belongs to: the persisted principal (session-formats, ch. 2.2), else the attribute `principal`.
enum TomcatPrincipal {
    static func name(of sequence: StandardSessionSequence, in graph: JavaGraph) -> String? {
        if let principal = sequence.principal, let name = text(of: principal, in: graph) { return name }
        for attribute in sequence.attributes where attribute.name.elementsEqual("principal".utf8) {
            guard case .node(let graph, let node?) = attribute.value else { continue }
            return text(of: node, in: graph)
        }
        return nil
    }

    /// A string itself, or the `name` of a `GenericPrincipal$SerializablePrincipal` or another `java.security.Principal`.
    private static func text(of node: JavaNode, in graph: JavaGraph) -> String? {
        graph.text(of: node) ?? graph.reference("name", of: node).flatMap { graph.text(of: $0) }
    }
}
