import JavaSerialization

/// Who a Tomcat session belongs to: the persisted principal (session-formats, ch. 2.2), else whom Spring Session would find by the attributes
/// (ch. 5.4), which are that of the index' name and Spring Security's context, else the attribute `principal`.
struct TomcatPrincipal {
    let name: [UInt8]?
    /// The object that holds the roles.
    let authentication: AttributeValue?

    init?(of sequence: StandardSessionSequence, in graph: JavaGraph) {
        self.init(persisted: sequence.principal, attributes: sequence.attributes, in: graph)
    }

    /// - Parameter persisted: the principal's object.
    init?(persisted: JavaNode?, attributes: [SessionAttribute], in graph: JavaGraph) {
        if let persisted {
            name = Self.name(of: persisted, in: graph)
            authentication = .node(graph, persisted)
            return
        }
        let context = Self.context(in: attributes)
        if let name = SpringPrincipal.indexedName(in: attributes) ?? context?.name {
            self.name = name
            authentication = context?.authentication
            return
        }
        guard let (graph, node) = Self.node("principal", in: attributes), let name = Self.name(of: node, in: graph)
        else { return nil }
        self.name = name
        authentication = nil
    }

    /// Whom Spring Security's context names, and the context.
    private static func context(in attributes: [SessionAttribute]) -> (name: [UInt8], authentication: AttributeValue)? {
        guard let (graph, context) = node(SpringPrincipal.contextAttribute, in: attributes),
            let name = AuthenticationName.name(ofContext: .java(graph, context))
        else { return nil }
        return (name, .node(graph, context))
    }

    private static func node(_ name: String, in attributes: [SessionAttribute]) -> (JavaGraph, JavaNode)? {
        for attribute in attributes where attribute.name.elementsEqual(name.utf8) {
            guard case .node(let graph, let node?) = attribute.value else { continue }
            return (graph, node)
        }
        return nil
    }

    /// A string itself, or the `name` of a `GenericPrincipal$SerializablePrincipal` or another `java.security.Principal`.
    static func name(of node: JavaNode, in graph: JavaGraph) -> [UInt8]? {
        graph.wtf8(of: node) ?? graph.reference("name", of: node).flatMap { graph.wtf8(of: $0) }
    }

    /// The roles of a principal, which are an array of strings; nil where it has none.
    static func roles(of principal: JavaNode, in graph: JavaGraph) -> String? {
        guard let array = graph.reference("roles", of: principal), graph.kind(of: array) == .array else { return nil }
        let roles = graph.elements(of: array).compactMap { $0.flatMap { graph.text(of: $0) } }
        return roles.isEmpty ? nil : roles.joined(separator: ", ")
    }
}
