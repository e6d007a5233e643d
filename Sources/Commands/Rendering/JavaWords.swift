import JavaSerialization
import Sessions
import Terminal

/// What people are told of one Java value: a summary, and what is inside.
struct JavaWords {
    let graph: JavaGraph
    let node: JavaNode
    let value: JavaValue
    /// Show what is secret in messages and keys, which are no values of their own.
    let reveal: Bool

    /// A line below this value.
    struct Child {
        enum Value {
            case reference(JavaNode?)
            case primitive(JavaPrimitive)
            case text(String)
        }

        let label: StyledText
        /// The name by which it is judged whether it is secret.
        let name: String
        let value: Value
        /// What is added to the way: `.name` or `[0]`.
        let path: String
        /// The class that declares the field; empty for what is none.
        var owner = ""
    }

    /// The value in one line: text and numbers as people write them, else the class and the number of parts.
    ///
    /// - Parameter isSecret: whether what is said of a value in its own line has the name of a secret.
    func summary(isSecret: Bool) -> StyledText {
        switch value.content {
        case .string: return Self.quoted(graph.wtf8(of: node) ?? [])
        case .box(let primitive), .atomic(let primitive): return Self.primitive(primitive)
        case .bigInteger(let digits): return StyledText(digits ?? "a number of more than 4096 bytes", .number)
        case .bigDecimal(let text, _, _): return StyledText(text ?? "a number of more than 4096 bytes", .number)
        case .text(let text): return typed(StyledText(bytes: text.wtf8, .string))
        case .locale(let locale): return typed(StyledText(locale.text, .string))
        case .pattern(let text, let flags):
            let end = flags == 0 ? "/" : "/ flags \(flags)"
            return typed(StyledText(bytes: Array("/".utf8) + text.wtf8 + Array(end.utf8), .string))
        case .date(let milliseconds): return typed(StyledText(JavaValue.isoText(epochMillis: milliseconds), .string))
        case .timestamp(let milliseconds, let nanos): return typed(Self.timestamp(milliseconds, nanos))
        case .calendar(let calendar):
            return typed(
                StyledText(JavaValue.isoText(epochMillis: calendar.epochMillis) + " " + calendar.timeZone.text, .string)
            )
        case .enumConstant(let name): return typed(StyledText(graph.text(of: name) ?? "", .literal))
        case .classObject(let name): return typed(StyledText(name, .type))
        case .classDescription(let described): return typed(StyledText(graph.name(of: described), .type))
        case .array: return arraySummary()
        case .sequence(let sequence): return counted(sequence.elements.count, "element")
        case .map(let map): return counted(map.keys.count, map.keys.count == 1 ? "entry" : "entries", isPlural: true)
        case .bits(let words): return typed(StyledText(Self.bits(graph, words), .number))
        case .throwable(let throwable):
            return typed(message(of: throwable, isSecret: isSecret))
        case .proxy(let interfaces, _): return StyledText("proxy of " + interfaces.joined(separator: ", "), .type)
        case .lambda(let lambda): return StyledText("lambda in " + lambda.capturingClass, .type)
        case .blockData:
            return StyledText(
                "\(graph.payload(of: node).count) bytes of data: " + hexadecimal(graph.payload(of: node)), .faint)
        case .exception: return StyledText("recorded failure", .failure)
        case .reset: return StyledText("reset", .faint)
        case .opaque: return StyledText("unread: \(graph.opaqueReason(of: node)?.description ?? "")", .warning)
        case .entry, .reference, .externalizable, .object: return typed(StyledText())
        }
    }

    private func message(of throwable: JavaThrowable, isSecret: Bool) -> StyledText {
        guard let text = throwable.message.flatMap({ graph.wtf8(of: $0) }) else { return StyledText() }
        guard !reveal, !text.isEmpty else { return Self.quoted(text) }
        if isSecret { return StyledText(SecretPolicy.mask, .masked) }
        return SecretPolicy.masked(EscapedName.text(of: text)).map { Self.quoted($0) } ?? Self.quoted(text)
    }

    /// The text with masks in place of the secrets in it.
    func masked(_ text: String) -> String { reveal ? text : SecretPolicy.masked(text) ?? text }

    /// Text in quotes; what is inside is escaped by the styled text.
    static func quoted(_ text: String) -> StyledText { quoted(Array(text.utf8)) }

    /// The same of UTF-8 that may have unpaired surrogates.
    static func quoted(_ text: [UInt8]) -> StyledText {
        StyledText(bytes: [UInt8(ascii: "\"")] + text + [UInt8(ascii: "\"")], .string)
    }

    static func primitive(_ primitive: JavaPrimitive) -> StyledText {
        switch primitive {
        case .boolean(let value): StyledText(value ? "true" : "false", .literal)
        case .char: StyledText(bytes: bytes(primitive), .string)
        case .byte(let value): StyledText(String(value), .number)
        case .short(let value): StyledText(String(value), .number)
        case .int(let value): StyledText(String(value), .number)
        case .long(let value): StyledText(String(value), .number)
        case .float(let value): StyledText(JavaNumberText.text(value), .number)
        case .double(let value): StyledText(JavaNumberText.text(value), .number)
        }
    }

    /// The class without its package in front of the value.
    private func typed(_ text: StyledText) -> StyledText {
        var result = StyledText(Self.shortName(value.className), .type)
        if SuspectClasses.isSuspect(value.className) { result.append(" (known from attacks)", .failure) }
        if text.columns > 0 { result.append(" ") }
        result.append(text)
        return result
    }

    private func counted(_ count: Int, _ word: String, isPlural: Bool = false) -> StyledText {
        var text = typed(StyledText())
        text.append("  \(count) \(word)\(isPlural || count == 1 ? "" : "s")", .faint)
        return text
    }

    /// `ArrayList` of `java.util.ArrayList`, `Map.Entry` of `java.util.Map$Entry`.
    static func shortName(_ name: String) -> String {
        let last = name.split(separator: ".", omittingEmptySubsequences: false).last.map(String.init) ?? name
        return String(last.map { $0 == "$" ? "." : $0 })
    }

    private static func timestamp(_ milliseconds: Int64, _ nanos: Int32) -> StyledText {
        StyledText(JavaValue.isoText(epochMillis: milliseconds, nanos: nanos), .string)
    }

    private static func bits(_ graph: JavaGraph, _ words: JavaNode?) -> String {
        guard let words else { return "{}" }
        let shown = Array(graph.setBits(of: words).prefix(101))
        return "{" + shown.prefix(100).map(String.init).joined(separator: ", ") + (shown.count > 100 ? ", …}" : "}")
    }

    private func arraySummary() -> StyledText {
        let count = graph.elementCount(of: node)
        switch graph.elementType(of: node) {
        case .byte: return StyledText("byte[\(count)] " + hexadecimal(graph.elementBytes(of: node)), .faint)
        case .char: return Self.quoted(chars(count))
        case let type?: return StyledText("\(type.name)[\(count)]", .type)
        case nil: return StyledText(Self.arrayName(value.className, count), .type)
        }
    }

    private func chars(_ count: Int) -> [UInt8] {
        let units = (0..<min(count, 4096)).compactMap { index -> UInt16? in
            guard case .char(let unit) = graph.primitiveElement(index, of: node) else { return nil }
            return unit
        }
        return JSONString(utf16: units).bytes
    }

    /// `String[3]` of `[Ljava.lang.String;`
    private static func arrayName(_ name: String, _ count: Int) -> String {
        let dimensions = name.prefix { $0 == "[" }.count
        var element = name.dropFirst(dimensions)
        if element.first == "L", element.last == ";" { element = element.dropFirst().dropLast() }
        return shortName(String(element)) + "[\(count)]" + String(repeating: "[]", count: max(0, dimensions - 1))
    }

    private func hexadecimal(_ range: Range<Int>) -> String {
        Hexadecimal.encode(graph.bytes[range.prefix(32)]) + (range.count > 32 ? "…" : "")
    }
}
