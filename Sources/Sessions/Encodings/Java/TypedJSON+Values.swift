import JavaSerialization

extension TypedJSON {
    /// Writes a value as far as it has no parts; parts are left as steps.
    mutating func writeValue(_ node: JavaNode?, to writer: inout JSONWriter) throws(JavaStreamError) {
        guard let node else { return writer.null() }
        if graph.kind(of: node) == .string { return writeString(node, to: &writer) }
        let value = try graph.value(of: node)
        if writeReference(node, value, to: &writer) { return }
        writer.beginObject()
        if annotationDepth == 0, Self.isTracked(value), SharedNodes.hasIdentity(graph.kind(of: node)),
            let number = identity.newNumber(for: node)
        {
            writer.name("id")
            writer.integer(number)
        }
        writeHead(node, value, to: &writer)
        if isMasked(node, value) {
            writer.flag("masked")
            writer.endObject()
        } else if extent != .meaning || !beginBeside(node) {
            writeContent(node, value, to: &writer)
        }
    }

    /// Whether a value that is no string holds a secret: numbers, characters, bytes or text under a secret name.
    private mutating func isMasked(_ node: JavaNode, _ value: JavaValue) -> Bool {
        guard !reveal else { return false }
        if secretDepth > 0, SecretPolicy.isNumeric(node, value, of: graph) { return true }
        switch value.content {
        case .text(let text), .pattern(let text, _): return secretDepth > 0 || SecretPolicy.masked(text.text) != nil
        case .array where graph.elementType(of: node) == .char:
            return graph.characters(of: node).flatMap { SecretPolicy.masked($0.text) } != nil
        case .array where graph.elementType(of: node) == .byte, .blockData, .opaque: return isSecretData(node)
        default: return false
        }
    }

    /// Whether bytes are under a secret name, or hold a stream with secrets.
    mutating func isSecretData(_ node: JavaNode) -> Bool {
        !reveal && (secretDepth > 0 || nested.isSecret(node, in: graph))
    }

    /// The member `blockdata` of the block `node`, or the flag in its place.
    mutating func writeBlockData(_ node: JavaNode, _ bytes: [UInt8], to writer: inout JSONWriter) {
        guard !isSecretData(node) else { return writer.flag("masked") }
        writer.member("blockdata", Base64.encode(bytes))
    }

    /// Whether a string is secret, or has secrets in it.
    func isMasked(_ string: JavaNode) -> Bool {
        !reveal && (secretDepth > 0 || SecretPolicy.masked(graph.text(of: string) ?? "") != nil)
    }

    private func writeString(_ node: JavaNode, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("class")
        writer.string("java.lang.String")
        if isMasked(node) {
            writer.flag("masked")
        } else {
            writer.name("value")
            writer.string(node, of: graph)
        }
        writeRange(node, to: &writer)
        writer.endObject()
    }

    /// Leaves as steps what a collection refers to beside its elements, and its content behind that; false where there is no such reference.
    private mutating func beginBeside(_ node: JavaNode) -> Bool {
        let references = graph.referencesBeside(node)
        guard !references.isEmpty else { return false }
        steps.append(.content(node))
        for reference in references.reversed() { steps.append(.member(reference.name, reference.node)) }
        return true
    }

    /// Boxes have no identity that anybody means.
    private static func isTracked(_ value: JavaValue) -> Bool {
        if case .box = value.content { return false }
        return true
    }

    /// `{"ref": …}` or, inside of an annotation, `{"at": …}`, where the object is written elsewhere.
    private mutating func writeReference(_ node: JavaNode, _ value: JavaValue, to writer: inout JSONWriter) -> Bool {
        guard Self.isTracked(value), SharedNodes.hasIdentity(graph.kind(of: node)) else { return false }
        if annotationDepth > 0 {
            guard identity.occurs(node) || !identity.isFirstAnnotated(node) else { return false }
            writer.beginObject()
            writer.name("at")
            writer.integer(graph.byteRange(of: node).lowerBound)
            writer.endObject()
            return true
        }
        guard let number = identity.number(of: node) else { return false }
        writer.beginObject()
        writer.name("ref")
        writer.integer(number)
        writer.endObject()
        return true
    }

    /// The members that every value has: class, and what only writing back needs.
    private mutating func writeHead(_ node: JavaNode, _ value: JavaValue, to writer: inout JSONWriter) {
        if graph.kind(of: node) != .exception {
            writer.name("class")
            writer.string(value.className)
        }
        if let wireClassName = value.wireClassName {
            writer.name("wireClass")
            writer.string(wireClassName)
        }
        if suspects.isSuspect(node, value, of: graph) {
            writer.name("suspect")
            writer.bool(true)
        }
        if let described = graph.javaClass(of: node), Self.showsVersion(value) {
            writer.name("suid")
            writer.string(String(graph.serialVersionUID(of: described)))
        }
        writeRange(node, to: &writer)
        if extent != .everything { writeValuesBeside(node, to: &writer) }
    }

    /// What an application sees of an object and its content does not tell.
    private func writeValuesBeside(_ node: JavaNode, to writer: inout JSONWriter) {
        for (name, value) in graph.valuesBeside(node) {
            writer.name(name)
            switch value {
            case .number(let number): writer.integer(number)
            case .flag(let flag): writer.bool(flag)
            case .text(let units): writer.string(JSONString(utf16: units))
            case .null: writer.null()
            }
        }
    }

    /// Boxes and constants always have the same version, and objects shown by their fields have it at each class.
    private static func showsVersion(_ value: JavaValue) -> Bool {
        switch value.content {
        case .box, .enumConstant, .proxy, .classObject, .object, .exception: false
        default: true
        }
    }

    func writeRange(_ node: JavaNode, to writer: inout JSONWriter) {
        guard extent == .everything else { return }
        let range = graph.byteRange(of: node)
        writer.name("bytes")
        writer.beginArray()
        writer.integer(range.lowerBound)
        writer.integer(range.count)
        writer.endArray()
    }

    /// The content and the end of the object, or the steps that write them.
    mutating func writeContent(_ node: JavaNode, _ value: JavaValue, to writer: inout JSONWriter) {
        switch value.content {
        case .array, .sequence, .map, .entry, .reference, .throwable, .proxy, .lambda, .object, .externalizable, .bits,
            .exception:
            writeParts(node, value, to: &writer)
        default:
            writeScalar(node, value, to: &writer)
            writer.endObject()
        }
    }
}

extension JSONWriter {
    /// Writes a string of a Java stream; unpaired surrogates are escaped.
    mutating func string(_ node: JavaNode, of graph: JavaGraph) {
        let bytes = graph.bytes
        string(modifiedUTF8: bytes.span.extracting(graph.payload(of: node))) { graph.units(of: node) ?? [] }
    }

    /// Writes a string of a Java stream, or null.
    mutating func stringOrNull(_ node: JavaNode?, of graph: JavaGraph) {
        guard let node, graph.kind(of: node) == .string else { return null() }
        string(node, of: graph)
    }

    mutating func string(_ text: JavaText) {
        if let whole = text.wholeText { string(whole) } else { string(JSONString(utf16: text.units)) }
    }
}
