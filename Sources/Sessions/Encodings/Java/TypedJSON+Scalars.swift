import JavaSerialization

extension TypedJSON {
    /// The members of a value without parts.
    func writeScalar(_ node: JavaNode, _ value: JavaValue, to writer: inout JSONWriter) {
        switch value.content {
        case .box(let primitive): writer.primitiveMembers(primitive)
        case .bigInteger(let digits): writeBigInteger(node, digits, to: &writer)
        case .bigDecimal(let text, let unscaled, let scale):
            writer.member("value", text)
            writer.member("unscaled", unscaled)
            writer.member("scale", scale)
            if text == nil, let integer = graph.reference("intVal", of: node) { writeMagnitude(integer, to: &writer) }
        case .text(let text): writer.member("value", text)
        case .locale(let locale):
            writer.member("value", locale.text)
            writer.member("languageTag", locale.languageTag)
        case .pattern(let text, let flags):
            writer.member("value", text)
            writer.member("flags", flags)
        case .date(let millis):
            writer.member("epochMillis", String(millis))
            writer.member("value", JavaValue.isoText(epochMillis: millis))
        case .timestamp(let millis, let nanos):
            writer.member("epochMillis", String(millis))
            writer.member("nanos", nanos)
        case .calendar(let calendar): writeCalendar(calendar, to: &writer)
        case .enumConstant(let name):
            writer.name("enum")
            writer.string(name, of: graph)
        case .classObject(let name): writer.member("value", name)
        case .classDescription(let described): writer.member("value", graph.name(of: described))
        case .atomic(let primitive): writeAtomic(primitive, to: &writer)
        case .opaque: writeOpaque(node, to: &writer)
        default: break
        }
    }

    private func writeBigInteger(_ node: JavaNode, _ digits: String?, to writer: inout JSONWriter) {
        writer.member("value", digits)
        if digits == nil { writeMagnitude(node, to: &writer) }
    }

    /// Numbers of more digits than are worth converting: sign and big-endian bytes.
    private func writeMagnitude(_ node: JavaNode, to writer: inout JSONWriter) {
        if case .primitive(.int(let signum)) = graph.fieldValue("signum", of: node) { writer.member("signum", signum) }
        guard let magnitude = graph.reference("magnitude", of: node) else { return }
        writer.member("magnitude", Base64.encode(Array(graph.bytes[graph.elementBytes(of: magnitude)])))
    }

    private func writeCalendar(_ calendar: JavaCalendar, to writer: inout JSONWriter) {
        writer.member("epochMillis", String(calendar.epochMillis))
        writer.member("timeZone", calendar.timeZone)
        writer.name("lenient")
        writer.bool(calendar.isLenient)
        writer.member("firstDayOfWeek", calendar.firstDayOfWeek)
        writer.member("minimalDaysInFirstWeek", calendar.minimalDaysInFirstWeek)
    }

    /// Numbers as strings.
    private func writeAtomic(_ primitive: JavaPrimitive, to writer: inout JSONWriter) {
        switch primitive {
        case .int(let number): writer.member("value", String(number))
        case .boolean(let value):
            writer.name("value")
            writer.bool(value)
        default:
            writer.name("value")
            writer.plainPrimitive(primitive)
        }
    }

    private func writeOpaque(_ node: JavaNode, to writer: inout JSONWriter) {
        writer.member("reason", graph.opaqueReason(of: node)?.description)
        writer.member("opaque", Base64.encode(Array(graph.bytes[graph.payload(of: node)])))
    }
}

extension JSONWriter {
    mutating func member(_ name: String, _ value: String?) {
        self.name(name)
        if let value { string(value) } else { null() }
    }

    mutating func member(_ name: String, _ value: JavaText) {
        self.name(name)
        string(value)
    }

    mutating func member(_ name: String, _ value: Int32) {
        self.name(name)
        integer(value)
    }

    /// A primitive or its box, its members without the class.
    mutating func primitiveMembers(_ primitive: JavaPrimitive) {
        name("value")
        plainPrimitive(primitive)
        switch primitive {
        case .char(let unit): member("code", Int32(unit))
        case .float(let value): member("bits", Hexadecimal.encode(value.bitPattern.bigEndianBytes))
        case .double(let value): member("bits", Hexadecimal.encode(value.bitPattern.bigEndianBytes))
        default: break
        }
    }

    /// A primitive in the short form of array elements.
    mutating func plainPrimitive(_ primitive: JavaPrimitive) {
        switch primitive {
        case .boolean(let value): bool(value)
        case .byte(let value): integer(value)
        case .short(let value): integer(value)
        case .int(let value): integer(value)
        case .long(let value): string(String(value))
        case .float(let value): string(JavaNumberText.text(value))
        case .double(let value): string(JavaNumberText.text(value))
        case .char(let unit): string(JSONString(utf16: [unit]))
        }
    }
}

extension FixedWidthInteger {
    /// The bytes of the number, highest first.
    var bigEndianBytes: [UInt8] {
        (0..<Self.bitWidth / 8).reversed().map { UInt8(truncatingIfNeeded: self >> ($0 * 8)) }
    }
}
