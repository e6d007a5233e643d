import JavaSerialization

extension TypedJSON {
    /// Writes what stands before the parts of a value, and leaves the parts as steps, the last one first.
    mutating func writeParts(_ node: JavaNode, _ value: JavaValue, to writer: inout JSONWriter) {
        switch value.content {
        case .array: writeArray(node, to: &writer)
        case .sequence(let sequence): writeSequence(node, sequence, to: &writer)
        case .map(let map): writeMap(node, map, to: &writer)
        case .entry(let key, let value): writeEntry(key, value)
        case .reference(let referent): steps += [.endObject, .member("referent", referent)]
        case .throwable(let throwable): writeThrowable(node, throwable, to: &writer)
        case .proxy(let interfaces, let handler):
            writer.name("interfaces")
            writer.beginArray()
            for name in interfaces { writer.string(name) }
            writer.endArray()
            steps += [.endObject, .member("handler", handler)]
        case .lambda(let lambda): writeLambda(lambda, to: &writer)
        case .object(let isRecord):
            if isRecord { writer.flag("record") }
            steps += [.endObject, .beginClasses(node)]
        case .externalizable: writeExternalizable(node, to: &writer)
        case .bits(let words):
            writer.name("bits")
            writer.beginArray()
            steps.append(.endObject)
            if let words { steps.append(.bits(words, word: 0)) } else { writer.endArray() }
        case .exception(let throwable): steps += [.endObject, .member("exception", throwable)]
        default: steps.append(.endObject)
        }
    }

    /// Key and value of an entry outside of a map; the key is the name of the value.
    private mutating func writeEntry(_ key: JavaNode?, _ value: JavaNode?) {
        let isMasked = key.flatMap { graph.text(of: $0) }.map { isSecret(name: $0) } ?? false
        steps.append(.endObject)
        if isMasked { steps.append(.endSecret) }
        steps.append(.member("entryValue", value))
        if isMasked { steps.append(.beginSecret) }
        steps.append(.member("key", key))
    }

    // MARK: Arrays and collections

    private mutating func writeArray(_ node: JavaNode, to writer: inout JSONWriter) {
        writer.member("length", Int32(truncatingIfNeeded: graph.elementCount(of: node)))
        guard let type = graph.elementType(of: node) else { return beginItems(graph.elements(of: node), to: &writer) }
        writePrimitives(node, type, to: &writer)
        writer.endObject()
    }

    private func writePrimitives(_ node: JavaNode, _ type: PrimitiveType, to writer: inout JSONWriter) {
        let bytes = graph.elementBytes(of: node)
        switch type {
        case .byte: writer.member("base64", Base64.encode(Array(graph.bytes[bytes])))
        case .char: writer.member("string", graph.characters(of: node) ?? JavaText(""))
        default:
            writer.name("items")
            writer.beginArray()
            for offset in stride(from: bytes.lowerBound, to: bytes.upperBound, by: type.size) {
                if let element = graph.primitive(type, at: offset) { writer.plainPrimitive(element) }
            }
            writer.endArray()
        }
    }

    private mutating func beginItems(_ items: JavaItems, to writer: inout JSONWriter) {
        writer.name("items")
        writer.beginArray()
        steps.append(.items(items, next: 0, endsObject: true))
    }

    /// Of `Collections.nCopies` with more than a thousand copies one is written, beside their number.
    private mutating func writeSequence(
        _ node: JavaNode, _ sequence: JavaSequence, to writer: inout JSONWriter
    ) {
        if !sequence.isOrdered { writer.flag("unordered") }
        var items = sequence.elements
        if items.isRepetition, items.count > 1000 {
            writer.member("copies", Int32(truncatingIfNeeded: items.count))
            items = items.leading(1)
        }
        let comparator = sequence.isApplicationClass ? nil : sequence.comparator
        if comparator == nil, !sequence.isApplicationClass { return beginItems(items, to: &writer) }
        steps.append(.endObject)
        if sequence.isApplicationClass { steps.append(.beginClasses(node)) }
        steps.append(.named("items", items))
        if let comparator { steps.append(.member("comparator", comparator)) }
    }

    private mutating func writeMap(_ node: JavaNode, _ map: JavaMap, to writer: inout JSONWriter) {
        if !map.isOrdered { writer.flag("unordered") }
        steps.append(.endObject)
        if map.isApplicationClass { steps.append(.beginClasses(node)) }
        if case .some(let defaults) = map.defaults, !map.isApplicationClass {
            steps.append(.member("defaults", defaults))
        }
        steps.append(.entries(keys: map.keys, values: map.values, next: -1))
        if let comparator = map.comparator, !map.isApplicationClass { steps.append(.member("comparator", comparator)) }
    }

    // MARK: Code

    private mutating func writeThrowable(
        _ node: JavaNode, _ throwable: JavaThrowable, to writer: inout JSONWriter
    ) {
        writeMessage(throwable.message, to: &writer)
        steps.append(.endObject)
        if graph.classData(of: node, below: "java.lang.Throwable").contains(where: { !fields(of: $0.javaClass).isEmpty }
        ) {
            steps.append(.beginClasses(node))
        }
        steps += [
            .named("suppressed", throwable.suppressed), .stackTrace(throwable.stackTrace),
            .member("cause", throwable.cause),
        ]
    }

    /// A message with a secret in it is the mask; how much else it said is not told.
    private func writeMessage(_ message: JavaNode?, to writer: inout JSONWriter) {
        writer.name("message")
        guard let message, graph.kind(of: message) == .string, isMasked(message) else {
            return writer.stringOrNull(message, of: graph)
        }
        writer.string(SecretPolicy.mask)
    }

    private mutating func writeLambda(_ lambda: JavaLambda, to writer: inout JSONWriter) {
        writer.name("serializedLambda")
        writer.beginObject()
        writer.member("capturingClass", lambda.capturingClass)
        let names: [(String, JavaNode?)] = [
            ("functionalInterfaceClass", lambda.functionalInterfaceClass),
            ("functionalInterfaceMethodName", lambda.functionalInterfaceMethodName),
            ("functionalInterfaceMethodSignature", lambda.functionalInterfaceMethodSignature),
            ("implClass", lambda.implClass), ("implMethodName", lambda.implMethodName),
            ("implMethodSignature", lambda.implMethodSignature),
            ("instantiatedMethodType", lambda.instantiatedMethodType),
        ]
        for (name, node) in names {
            writer.name(name)
            writer.stringOrNull(node, of: graph)
        }
        writer.member("implMethodKind", lambda.implMethodKind)
        steps += [.endObject, .endObject, .named("capturedArgs", lambda.capturedArguments)]
    }
}
