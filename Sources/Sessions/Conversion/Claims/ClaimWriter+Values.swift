import JavaSerialization

extension ClaimWriter {
    /// Writes a value that has no parts; false for one that has.
    mutating func writeScalar(_ node: JavaNode, _ value: JavaValue) throws(ValueProblem) -> Bool {
        let name = value.className
        switch value.content {
        case .string: try write(text: graph.wtf8(of: node) ?? [])
        case .box(let box): try write(box, name)
        case .bigInteger(let digits): try write(digits, as: "text of its digits", node, name)
        case .bigDecimal(let text, _, _): try write(text, as: "text of its digits", node, name)
        case .date(let time): try write(RFC3339.text(milliseconds: time), as: Self.dateForm, node, name)
        case .timestamp(let time, let nanos): try write(Self.text(time, nanos), as: Self.dateForm, node, name)
        case .enumConstant(let constant):
            loseForm("the name of its constant", name)
            try write(text: graph.wtf8(of: constant) ?? [])
        case .text(let text) where Self.isSaid(name): try write(text.text, as: Self.textForm(name), node, name)
        case .array where graph.elementType(of: node) == .byte: try write(bytesOf: node, name)
        default: return false
        }
        return true
    }

    private static let dateForm = "text in RFC 3339 (UTC)"

    private static func isSaid(_ name: String) -> Bool { name == "java.util.UUID" || name.hasPrefix("java.time.") }

    private static func textForm(_ name: String) -> String {
        name == "java.util.UUID" ? "its text" : "text in ISO 8601"
    }

    /// A value as text that stands for it; nil where it is too long to be told.
    private mutating func write(
        _ text: String?, as form: String, _ node: JavaNode, _ name: String
    ) throws(ValueProblem) {
        guard let text else { throw refusal(node, name) }
        loseForm(form, name)
        try write(text: Array(text.utf8))
    }

    /// Notes that a value is said as text.
    private mutating func loseForm(_ form: String, _ name: String) {
        lose(name, "a \(name) is said as \(form), and read as a String")
    }

    private static func text(_ milliseconds: Int64, _ nanos: Int32) -> String {
        let text = RFC3339.text(milliseconds: milliseconds)
        guard nanos % 1_000_000 != 0, let point = text.lastIndex(of: "."), nanos > 0 else { return text }
        let digits = String(nanos)
        return text[..<point] + "." + String(repeating: "0", count: max(0, 9 - digits.utf8.count)) + digits + "Z"
    }

    private mutating func write(bytesOf array: JavaNode, _ name: String) throws(ValueProblem) {
        let bytes = Array(graph.bytes[graph.elementBytes(of: array)])
        guard !SecretPolicy.isSecretData(bytes) else {
            throw problem(name, "what is in it looks like a secret, and everybody can read a token")
        }
        loseForm("Base64url", "byte[]")
        output += Array("\"\(Base64.encode(bytes, .url))\"".utf8)
    }

    // MARK: Numbers

    private mutating func write(_ box: JavaPrimitive, _ name: String) throws(ValueProblem) {
        switch box {
        case .boolean, .int: break
        case .byte, .short: lose(name, "a \(name) is read as an Integer")
        case .long(let value): return write(value, name)
        case .float(let value):
            guard value.isFinite else { throw infinite(name) }
            lose(name, "a \(name) is read as a Double")
        case .double(let value): guard value.isFinite else { throw infinite(name) }
        case .char(let unit):
            loseForm("text", name)
            return try write(text: JSONString(utf16: [unit]).bytes)
        }
        output += Self.text(of: box)
    }

    private func infinite(_ name: String) -> ValueProblem {
        problem(name, "it is a \(name) that is no finite number, for which JSON has no form")
    }

    /// The largest whole number up to which a `double` tells each from its neighbours: readers of other languages have no other type.
    private static let largest: Int64 = 1 << 53

    private mutating func write(_ value: Int64, _ name: String) {
        guard (-Self.largest...Self.largest).contains(value) else {
            lose(name, "a \(name) beyond 2^53 is said as text of its digits, and read as a String")
            output += Array("\"\(value)\"".utf8)
            return
        }
        if Int32(exactly: value) != nil { lose(name, "a \(name) of this size is read as an Integer") }
        output += value.decimal
    }

    private static func text(of number: JavaPrimitive) -> [UInt8] {
        switch number {
        case .boolean(let value): Array((value ? "true" : "false").utf8)
        case .byte(let value): Int64(value).decimal
        case .short(let value): Int64(value).decimal
        case .int(let value): Int64(value).decimal
        case .long(let value): value.decimal
        case .float(let value): Array(JavaNumberText.text(value).utf8)
        case .double(let value): Array(JavaNumberText.text(value).utf8)
        case .char(let unit): Int64(unit).decimal
        }
    }

    // MARK: Lists and maps

    /// Opens a value that has parts.
    mutating func open(_ node: JavaNode, _ value: JavaValue) throws(ValueProblem) {
        let name = value.className
        switch value.content {
        case .array: try openArray(node, name)
        case .sequence(let sequence) where !sequence.isApplicationClass:
            if name != "java.util.ArrayList" { lose(name, "a \(name) is read as an ArrayList") }
            try open(node, sequence.elements, name)
        case .map(let map) where !map.isApplicationClass && (map.defaults ?? nil) == nil:
            if name != "java.util.LinkedHashMap" {
                lose(name, "a \(name) is read as a LinkedHashMap")
            } else if case .primitive(.boolean(true)) = graph.fieldValue("accessOrder", of: node) {
                lose(name, "a \(name) that keeps the order of access is read as one that keeps that of insertion")
            }
            try open(node, keys: map.keys, map.values, name)
        default: throw refusal(node, name)
        }
    }

    private mutating func openArray(_ node: JavaNode, _ name: String) throws(ValueProblem) {
        guard let type = graph.elementType(of: node) else {
            lose(name, "an array (\(name)) is read as an ArrayList")
            return try open(node, graph.elements(of: node), name)
        }
        // Passwords are kept as characters.
        guard type != .char else { throw refusal(node, name) }
        lose(name, "an array (\(name)) is read as an ArrayList")
        let numbers = (0..<graph.elementCount(of: node)).compactMap { graph.primitiveElement($0, of: node) }
        output.append(UInt8(ascii: "["))
        for (index, number) in numbers.enumerated() {
            if index > 0 { output.append(UInt8(ascii: ",")) }
            try write(number, "\(type.name) of an array")
        }
        output.append(UInt8(ascii: "]"))
    }

    /// That an object has no form in a claim.
    private func refusal(_ node: JavaNode, _ name: String) -> ValueProblem {
        let size = graph.byteRange(of: node).count
        return problem(name, "of a \(name) (\(size) bytes) no claim can say what only Java knows")
    }
}
