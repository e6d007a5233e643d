import JavaSerialization

extension AttributeField {
    /// The value as filters and sorting compare it.
    func value(in session: Session) -> FieldValue { find(in: session).map { FieldValue($0.value) } ?? .missing }
}

extension FieldValue {
    /// What a path leads to: numbers exact, dates as times, text and booleans; `parts` for what has parts or no meaning.
    init(_ value: PathValue) {
        switch value {
        case .attribute(let attribute): self = Self.value(of: attribute.value.decoded())
        case .java(let graph, let node): self = Self.value(of: node, in: graph)
        case .primitive(let primitive): self = Self.value(of: primitive)
        case .json(let node): self = Self.value(of: node)
        }
    }

    private static func value(of decoded: DecodedValue) -> FieldValue {
        switch decoded {
        case .java(let graph, let node): value(of: node, in: graph)
        case .text(let text): value(ofText: text)
        case .json(let document): value(of: document.root)
        case .jwt, .bytes, .opaque, .undecodable: .parts
        }
    }

    /// Spring's JSON serializers write `"alice"`, `5` and `true`.
    private static func value(ofText text: String) -> FieldValue {
        guard let first = text.utf8.first, "\"[{-0123456789tfn".utf8.contains(first),
            let document = try? JSONReader.read(Array(text.utf8))
        else { return .text(text) }
        return value(of: document.root)
    }

    /// A value of JSON.
    static func value(of node: JSONNode) -> FieldValue {
        switch node.value {
        case .null: .missing
        case .bool(let value): .boolean(value)
        case .number(let number): ExactNumber(number.text).map { .decimal($0) } ?? .parts
        case .string(let string): .text(EscapedName.text(of: string.bytes))
        case .array(let array): value(ofTyped: array)
        case .object: .parts
        }
    }

    /// `["java.math.BigDecimal", 12.50]`, as Jackson writes a value whose class JSON does not show.
    private static func value(ofTyped array: JSONArray) -> FieldValue {
        let items = Array(array.prefix(3))
        guard items.count == 2, let name = items[0].string?.text, ClassesInValue.looksLikeClass(name),
            items[1].array == nil
        else { return .parts }
        let value = value(of: items[1])
        guard case .decimal(let number) = value, name.hasPrefix("java.util.Date") || name.hasPrefix("java.sql."),
            let time = number.int64
        else { return value }
        return .time(time)
    }

    private static func value(of node: JavaNode?, in graph: JavaGraph) -> FieldValue {
        guard let node else { return .missing }
        guard let value = try? graph.value(of: node) else { return .parts }
        switch value.content {
        case .string: return .text(graph.wtf8(of: node).map { EscapedName.text(of: $0) } ?? "")
        case .box(let primitive), .atomic(let primitive): return Self.value(of: primitive)
        case .bigInteger(let digits?): return ExactNumber(digits).map { .decimal($0) } ?? .parts
        case .bigDecimal(let text?, _, _): return ExactNumber(text).map { .decimal($0) } ?? .parts
        case .text(let text), .pattern(let text, _): return .text(EscapedName.text(of: text.wtf8))
        case .locale(let locale): return .text(locale.text)
        case .date(let milliseconds), .timestamp(let milliseconds, _): return .time(milliseconds)
        case .calendar(let calendar): return .time(calendar.epochMillis)
        case .enumConstant(let name): return .text(graph.text(of: name) ?? "")
        case .classObject(let name): return .text(name)
        case .classDescription(let described): return .text(graph.name(of: described))
        default: return .parts
        }
    }

    private static func value(of primitive: JavaPrimitive) -> FieldValue {
        switch primitive {
        case .boolean(let value): .boolean(value)
        case .char(let unit): .text(EscapedName.text(of: JSONString(utf16: [unit]).bytes))
        case .byte(let value): number(String(value))
        case .short(let value): number(String(value))
        case .int(let value): number(String(value))
        case .long(let value): number(String(value))
        case .float(let value): number(JavaNumberText.text(value))
        case .double(let value): number(JavaNumberText.text(value))
        }
    }

    /// NaN is text: it is neither less nor greater than anything.
    private static func number(_ text: String) -> FieldValue { ExactNumber(text).map { .decimal($0) } ?? .text(text) }
}
