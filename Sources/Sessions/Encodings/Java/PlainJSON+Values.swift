import JavaSerialization

extension PlainJSON {
    /// Writes one element, member or entry of an open container.
    mutating func writePart(
        _ children: JavaChildren, _ index: Int, _ closing: JavaWalk.Closing, to writer: inout JSONWriter
    ) throws(JavaStreamError) {
        switch children {
        case .items(let items): try writeValue(.reference(graph.item(index, of: items)), to: &writer)
        case .fields(let node, let fields):
            let field = walk.field(fields.lowerBound + index)
            writeName(of: field, to: &writer)
            if !reveal { walk.note(field: field, of: node, in: bytes) }
            try writeValue(graph.value(of: field, in: node), to: &writer)
        case .entries(let keys, let values):
            let (key, value) = (graph.item(index, of: keys), graph.item(index, of: values))
            guard closing == .object else { return try writeEntry(key, value, to: &writer) }
            if let key { writeKey(graph.payload(of: key), to: &writer) }
            try writeValue(.reference(value), to: &writer)
        case .named(let name, let node):
            writer.name(name.rawValue)
            try writeValue(.reference(node), to: &writer)
        case .entry(let key, let value):
            writer.name((index == 0 ? NamedPart.key : .value).rawValue)
            // The key is the name of the value.
            if index == 1, let key, graph.kind(of: key) == .string { note(name: graph.payload(of: key)) }
            try writeValue(.reference(index == 0 ? key : value), to: &writer)
        case .entryValue(let node): try writeValue(.reference(node), to: &writer)
        case .none: break
        }
    }

    /// An entry as an array of its key and its value, which is known by the key if that is a string.
    private mutating func writeEntry(
        _ key: JavaNode?, _ value: JavaNode?, to writer: inout JSONWriter
    ) throws(JavaStreamError) {
        writer.beginArray()
        // The value is opened first: what the key opens is then written before it.
        let name = key.map { graph.payload(of: $0) } ?? 0..<0
        walk.open(.entryValue(value), closing: .array, named: name, of: bytes)
        try writeValue(.reference(key), to: &writer)
    }

    private mutating func writeName(of field: LaidOutField, to writer: inout JSONWriter) {
        guard field.owner == nil else { return writer.name(walk.label(of: field)) }
        writer.name(modifiedUTF8: bytes.span.extracting(field.name)) { graph.units(in: field.name) }
    }

    /// Writes a name by its place in the stream.
    private mutating func writeName(_ range: Range<Int>, to writer: inout JSONWriter) {
        note(name: range)
        writer.name(modifiedUTF8: bytes.span.extracting(range)) { graph.units(in: range) }
    }

    /// Writes the key of a map as the name of a member, with masks in place of the secrets in its text.
    private mutating func writeKey(_ range: Range<Int>, to writer: inout JSONWriter) {
        guard !reveal, SecretPolicy.mayHoldSecret(bytes.span.extracting(range)),
            let masked = SecretPolicy.masked(graph.text(in: range))
        else { return writeName(range, to: &writer) }
        note(name: range)
        writer.name(masked)
    }

    private mutating func note(name range: Range<Int>) {
        if !reveal { walk.note(name: range, of: bytes) }
    }

    /// Writes a value as far as it has no parts, and opens it if it has.
    mutating func writeValue(_ field: JavaFieldValue, to writer: inout JSONWriter) throws(JavaStreamError) {
        switch field {
        case .primitive(let primitive): writeNumber(primitive, to: &writer)
        case .reference(nil): writer.null()
        case .reference(let node?):
            switch graph.shape(of: node) {
            case .string: writeString(node, to: &writer)
            case .primitive(let primitive): writeNumber(primitive, to: &writer)
            case .decimal where isSecret: writer.string(SecretPolicy.mask)
            case .decimal(let unscaled, let scale): writer.decimal(unscaled, scale: scale)
            case .enumConstant(let name): writeText(graph.payload(of: name), to: &writer)
            case .date(let millis): writer.plainString { JavaValue.appendISOText(epochMillis: millis, to: &$0) }
            case .items(let items):
                if writeEarlier(node, to: &writer) { return }
                open(items, to: &writer)
            case .entries(let keys, let values):
                if writeEarlier(node, to: &writer) { return }
                open(keys, values, to: &writer)
            case .object(let described):
                if writeEarlier(node, to: &writer) { return }
                open(node, described, to: &writer)
            case .other: try writeOther(node, to: &writer)
            }
        }
    }

    /// Whether what is written next is masked by its name, or by one around it.
    private var isSecret: Bool { walk.isSecret && !reveal }

    private func writeNumber(_ primitive: JavaPrimitive, to writer: inout JSONWriter) {
        guard isSecret, SecretPolicy.canBeSecret(primitive) else { return writer.plainNumber(primitive) }
        writer.string(SecretPolicy.mask)
    }

    private mutating func writeOther(_ node: JavaNode, to writer: inout JSONWriter) throws(JavaStreamError) {
        let value = try graph.value(of: node)
        if let masked = masked(node, value) { return writer.string(masked) }
        if writeScalar(node, value, to: &writer) || writeEarlier(node, to: &writer) { return }
        writeContainer(node, value, to: &writer)
    }

    /// Says where an object was written before; false the first time.
    private mutating func writeEarlier(_ node: JavaNode, to writer: inout JSONWriter) -> Bool {
        guard let place = walk.earlierPlace(of: node) else { return false }
        writer.beginObject()
        writer.member("@ref", place)
        writer.endObject()
        return true
    }

    /// Writes a string, with masks in place of what is secret.
    func writeString(_ node: JavaNode, to writer: inout JSONWriter) {
        let range = graph.payload(of: node)
        if !reveal, !range.isEmpty, let masked = masked(range) { return writer.string(masked) }
        writeText(range, to: &writer)
    }

    /// What is shown of a string that is secret or has secrets in it; nil for any other.
    private func masked(_ range: Range<Int>) -> String? {
        if walk.isSecret { return SecretPolicy.mask }
        guard SecretPolicy.mayHoldSecret(bytes.span.extracting(range)) else { return nil }
        return SecretPolicy.masked(graph.text(in: range))
    }

    private func writeText(_ range: Range<Int>, to writer: inout JSONWriter) {
        writer.string(modifiedUTF8: bytes.span.extracting(range)) { graph.units(in: range) }
    }

    /// What stands for numbers, characters, bytes and text that are secret.
    private mutating func masked(_ node: JavaNode, _ value: JavaValue) -> String? {
        guard !reveal else { return nil }
        if walk.isSecret, SecretPolicy.isNumeric(node, value, of: graph) { return SecretPolicy.mask }
        switch value.content {
        case .array where graph.elementType(of: node) == .char:
            return graph.characters(of: node).flatMap { SecretPolicy.masked($0.text) }
        case .array where graph.elementType(of: node) == .byte, .blockData, .opaque:
            return walk.isSecret || nested.isSecret(node, in: graph) ? SecretPolicy.mask : nil
        case .text(let text), .pattern(let text, _):
            return walk.isSecret ? SecretPolicy.mask : SecretPolicy.masked(text.text)
        default: return nil
        }
    }

    /// Writes a value that has no parts; false where it has.
    private func writeScalar(_ node: JavaNode, _ value: JavaValue, to writer: inout JSONWriter) -> Bool {
        switch value.content {
        case .box(let primitive), .atomic(let primitive): writer.plainNumber(primitive)
        case .bigInteger(let digits): writeDigits(digits, node, value, to: &writer)
        case .bigDecimal(let text, _, _): writeDigits(text, node, value, to: &writer)
        case .text(let text), .pattern(let text, _): writer.string(text)
        case .locale(let locale): writer.string(locale.text)
        case .date(let millis): writer.string(JavaValue.isoText(epochMillis: millis))
        case .timestamp(let millis, let nanos):
            writer.string(JavaValue.isoText(epochMillis: millis, nanos: nanos))
        case .calendar(let calendar): writer.string(JavaValue.isoText(epochMillis: calendar.epochMillis))
        case .enumConstant(let name): writer.string(name, of: graph)
        case .classObject(let name): writer.string(name)
        case .classDescription(let described): writer.string(graph.name(of: described))
        case .array: return writePrimitives(node, to: &writer)
        case .blockData, .opaque: writer.base64(Array(bytes[graph.payload(of: node)]))
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
        let range = graph.elementBytes(of: node)
        switch type {
        case .byte: writer.base64(Array(bytes[range]))
        case .char: writer.string(graph.characters(of: node) ?? JavaText(""))
        default:
            writer.beginArray()
            for offset in stride(from: range.lowerBound, to: range.upperBound, by: type.size) {
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

    /// A number with its last `scale` digits behind the point.
    mutating func decimal(_ unscaled: Int64, scale: Int) {
        guard scale > 0 else { return integer(unscaled) }
        var digits: [UInt8] = []
        var rest = unscaled.magnitude
        while rest > 0 || digits.count <= scale {
            if digits.count == scale { digits.append(UInt8(ascii: ".")) }
            digits.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        }
        if unscaled < 0 { digits.append(UInt8(ascii: "-")) }
        digits.reverse()
        rawValue(digits)
    }
}
