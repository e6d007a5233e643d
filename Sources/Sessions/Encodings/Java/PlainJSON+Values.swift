import JavaSerialization

extension PlainJSON {
    /// Writes one element, member or entry of an open container.
    mutating func writePart(
        _ children: JavaChildren, _ index: Int, _ closing: JavaWalk.Closing, to writer: inout JSONWriter
    ) throws(JavaStreamError) {
        switch children {
        case .items, .entryValue: break
        case .fields(let fields): writer.name(fields.name(index))
        case .named(let parts): writer.name(parts[index].name)
        case .entries(let keys, let values):
            guard closing == .object else {
                writer.beginArray()
                walk.open(.entryValue(values[index]), closing: .array)
                return try writeValue(.reference(keys[index]), to: &writer)
            }
            if let key = keys[index] { writer.name(JSONString(utf16: graph.units(of: key) ?? [])) }
        }
        try writeValue(children.value(index), to: &writer)
    }

    /// Writes a value as far as it has no parts, and opens it if it has.
    mutating func writeValue(_ field: JavaFieldValue, to writer: inout JSONWriter) throws(JavaStreamError) {
        switch field {
        case .primitive(let primitive): writer.plainNumber(primitive)
        case .reference(nil): writer.null()
        case .reference(let node?):
            if graph.kind(of: node) == .string { return writeString(node, to: &writer) }
            let value = try graph.value(of: node)
            if let masked = masked(node, value) { return writer.string(masked) }
            if writeScalar(node, value, to: &writer) { return }
            if let place = walk.earlierPlace(of: node) {
                writer.beginObject()
                writer.member("@ref", place)
                return writer.endObject()
            }
            writeContainer(node, value, to: &writer)
        }
    }

    private func writeString(_ node: JavaNode, to writer: inout JSONWriter) {
        guard !reveal, !graph.payload(of: node).isEmpty,
            let masked = SecretPolicy.masked(graph.text(of: node) ?? "", named: walk.partName())
        else { return writer.string(node, of: graph) }
        writer.string(masked)
    }

    /// What stands for characters, bytes and text that are secret.
    private func masked(_ node: JavaNode, _ value: JavaValue) -> String? {
        guard !reveal else { return nil }
        switch value.content {
        case .array where graph.elementType(of: node) == .char || graph.elementType(of: node) == .byte:
            return SecretPolicy.isSecret(name: walk.partName()) ? SecretPolicy.mask : nil
        case .text(let text): return SecretPolicy.masked(text.text, named: walk.partName())
        default: return nil
        }
    }

    /// Writes a value that has no parts; false where it has.
    private func writeScalar(_ node: JavaNode, _ value: JavaValue, to writer: inout JSONWriter) -> Bool {
        switch value.content {
        case .box(let primitive), .atomic(let primitive): writer.plainNumber(primitive)
        case .bigInteger(let digits): writeDigits(digits, node, value, to: &writer)
        case .bigDecimal(let text, _, _): writeDigits(text, node, value, to: &writer)
        case .text(let text), .locale(let text, _), .pattern(let text, _): writer.string(text)
        case .date(let millis): writer.string(JavaValue.isoText(epochMillis: millis))
        case .timestamp(let millis, let nanos):
            writer.string(JavaValue.isoText(epochMillis: millis, nanos: nanos))
        case .calendar(let calendar): writer.string(JavaValue.isoText(epochMillis: calendar.epochMillis))
        case .enumConstant(let name): writer.string(name, of: graph)
        case .classObject(let name): writer.string(name)
        case .classDescription(let described): writer.string(graph.name(of: described))
        case .array: return writePrimitives(node, to: &writer)
        case .blockData, .opaque: writer.base64(Array(graph.bytes[graph.payload(of: node)]))
        case .reset: writer.null()
        default: return false
        }
        return true
    }

    private func writeDigits(_ digits: String?, _ node: JavaNode, _ value: JavaValue, to writer: inout JSONWriter) {
        if let digits, let number = JSONNumber(digits) { return writer.number(number) }
        writer.beginObject()
        writer.member("@class", value.className)
        writer.member("@bytes", Int32(truncatingIfNeeded: graph.byteRange(of: node).count))
        writer.endObject()
    }

    /// Bytes as Base64, characters as a string, other primitives as an array; false for arrays of objects.
    private func writePrimitives(_ node: JavaNode, to writer: inout JSONWriter) -> Bool {
        guard let type = graph.elementType(of: node) else { return false }
        let bytes = graph.elementBytes(of: node)
        switch type {
        case .byte: writer.base64(Array(graph.bytes[bytes]))
        case .char: writer.string(graph.characters(of: node) ?? JavaText(""))
        default:
            writer.beginArray()
            for offset in stride(from: bytes.lowerBound, to: bytes.upperBound, by: type.size) {
                if let element = graph.primitive(type, at: offset) { writer.plainNumber(element) }
            }
            writer.endArray()
        }
        return true
    }
}

extension JSONWriter {
    /// A primitive as a number where JSON has it: whole numbers exactly, NaN and infinities as strings.
    mutating func plainNumber(_ primitive: JavaPrimitive) {
        switch primitive {
        case .long(let value): integer(value)
        case .float(let value):
            if value.isFinite { rawValue(JavaNumberText.text(value).utf8) } else { plainPrimitive(primitive) }
        case .double(let value):
            if value.isFinite { rawValue(JavaNumberText.text(value).utf8) } else { plainPrimitive(primitive) }
        default: plainPrimitive(primitive)
        }
    }
}
