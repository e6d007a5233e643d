import JavaSerialization

/// Who a Spring session belongs to, by the rule of `PrincipalNameResolver` (session-formats, ch. 5.4).
enum SpringPrincipal {
    static let indexAttribute = "org.springframework.session.FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME"
    /// The same of the reactive repository (ch. 8).
    static let reactiveIndexAttribute = "PRINCIPAL_NAME_INDEX_NAME"
    static let contextAttribute = "SPRING_SECURITY_CONTEXT"

    private static let names = [indexAttribute, reactiveIndexAttribute].map { Array($0.utf8) }
    private static let contextName = Array(contextAttribute.utf8)

    /// The attribute of the index' name, else the name of the authentication in the security context, else nil.
    static func name(in attributes: [SessionAttribute]) throws(JavaStreamError) -> String? {
        for name in names {
            if let value = bytes(of: name, in: attributes) { return try JavaStringValue.text(of: value) }
        }
        guard let value = bytes(of: contextName, in: attributes) else { return nil }
        guard value.starts(with: [0xAC, 0xED]) else {
            return ObjectView(.stored(value)).flatMap { AuthenticationName.name(ofContext: $0) }
        }
        let graph = try JavaGraph.reading(value)
        guard graph.contentCount == 1, let context = graph.content(0) else { return nil }
        return AuthenticationName.name(ofContext: .java(graph, context))
    }

    /// The attribute with Spring Security's context, which any store of sessions may have.
    static func context(in attributes: [SessionAttribute]) -> AttributeValue? {
        attributes.first { $0.name == contextName }?.value
    }

    private static func bytes(of name: [UInt8], in attributes: [SessionAttribute]) -> [UInt8]? {
        for attribute in attributes where attribute.name == name { return attribute.value.bytes }
        return nil
    }
}

/// A stored value that is one string and nothing else.
enum JavaStringValue {
    /// The text of `bytes`: a Java stream of one string, a JSON string, or plain UTF-8 text.
    static func text(of bytes: [UInt8]) throws(JavaStreamError) -> String? {
        guard bytes.starts(with: [0xAC, 0xED]) else {
            if let document = try? JSONReader.read(bytes) {
                let value = JacksonValue(document.root).node
                return value.string?.lossyText ?? value.number?.text ?? value.bool.map { $0 ? "true" : "false" }
            }
            return String(validating: bytes, as: UTF8.self)
        }
        let graph = try JavaGraph.reading(bytes)
        return graph.content(0).flatMap { graph.text(of: $0) }
    }
}
