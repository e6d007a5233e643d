import JavaSerialization

/// Who a Spring session belongs to, by the rule of `PrincipalNameResolver` (session-formats, ch. 5.4).
enum SpringPrincipal {
    static let indexAttribute = "org.springframework.session.FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME"
    /// The same of the reactive repository (ch. 8).
    static let reactiveIndexAttribute = "PRINCIPAL_NAME_INDEX_NAME"
    static let contextAttribute = "SPRING_SECURITY_CONTEXT"
    /// All that may say who a session belongs to.
    static let attributes = [indexAttribute, reactiveIndexAttribute, contextAttribute]

    private static let names = [indexAttribute, reactiveIndexAttribute].map { Array($0.utf8) }
    private static let contextName = Array(contextAttribute.utf8)

    /// The attribute of the index' name, else the name of the authentication in the security context, else nil.
    static func name(in attributes: [SessionAttribute]) throws(JavaStreamError) -> [UInt8]? {
        for name in names {
            guard let value = value(of: name, in: attributes) else { continue }
            return try text(of: value)
        }
        guard let context = value(of: contextName, in: attributes), let view = try view(of: context) else { return nil }
        return AuthenticationName.name(ofContext: view)
    }

    /// The name in the attribute of the index' name, which an application may set in any store; nil where there is none, or it holds no text.
    static func indexedName(in attributes: [SessionAttribute]) -> [UInt8]? {
        names.lazy.compactMap { value(of: $0, in: attributes) }.first.flatMap { try? text(of: $0) }
    }

    /// The value of an attribute; nil also for a Java null, which is no attribute.
    private static func value(of name: [UInt8], in attributes: [SessionAttribute]) -> AttributeValue? {
        guard let value = attributes.first(where: { $0.name == name })?.value else { return nil }
        if case .node(_, nil) = value { return nil }
        return value
    }

    /// The text of an attribute. In a stream that attributes share the bytes of one of them mean nothing by themselves: they have no header,
    /// and refer to what stands elsewhere.
    private static func text(of value: AttributeValue) throws(JavaStreamError) -> [UInt8]? {
        if case .node(let graph, let node) = value { return node.flatMap { graph.wtf8(of: $0) } }
        return try JavaStringValue.bytes(of: value.bytes) ?? legible(value.bytes)
    }

    private static func view(of value: AttributeValue) throws(JavaStreamError) -> ObjectView? {
        if case .node = value { return ObjectView(value) }
        let bytes = value.bytes
        guard bytes.starts(with: [0xAC, 0xED]) else { return ObjectView(.stored(bytes)) }
        let graph = try JavaGraph.reading(bytes)
        guard graph.contentCount == 1, let context = graph.content(0) else { return nil }
        return .java(graph, context)
    }

    /// The attribute that says who a session belongs to, as the repository looks for it.
    static func attribute(of name: [UInt8], _ repository: SpringLayout.Repository) -> PortableAttribute {
        var builder = JavaStreamBuilder()
        builder.string(wtf8: name)
        let attribute = repository == .reactiveIndexed ? reactiveIndexAttribute : indexAttribute
        return PortableAttribute(name: Array(attribute.utf8), value: builder.bytes, encoding: .java)
    }

    /// A name in another character set than UTF-8: short, and without control characters, which other encodings have.
    private static func legible(_ value: [UInt8]) -> [UInt8]? {
        value.count <= 256 && value.allSatisfy { $0 >= 0x20 && $0 != 0x7F } ? value : nil
    }

    /// The attribute with Spring Security's context, which any store of sessions may have.
    static func context(in attributes: [SessionAttribute]) -> AttributeValue? {
        attributes.first { $0.name == contextName }?.value
    }
}

/// A stored value that is one string and nothing else.
enum JavaStringValue {
    /// The text of `bytes` in WTF-8: a Java stream of one string, a JSON string, or plain UTF-8 text.
    static func bytes(of bytes: [UInt8]) throws(JavaStreamError) -> [UInt8]? {
        guard bytes.starts(with: [0xAC, 0xED]) else {
            if let document = try? JSONReader.read(bytes) {
                let value = JacksonValue(document.root).node
                if let string = value.string { return string.bytes }
                return (value.number?.text ?? value.bool.map { $0 ? "true" : "false" }).map { Array($0.utf8) }
            }
            return String(validating: bytes, as: UTF8.self) == nil ? nil : bytes
        }
        let graph = try JavaGraph.reading(bytes)
        return graph.content(0).flatMap { graph.wtf8(of: $0) }
    }

    /// The same as people see it.
    static func text(of bytes: [UInt8]) throws(JavaStreamError) -> String? {
        try self.bytes(of: bytes).map { EscapedName.text(of: $0) }
    }
}
