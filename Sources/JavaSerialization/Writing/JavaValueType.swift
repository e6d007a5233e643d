/// The types of new values that text stands for.
public enum JavaValueType: String, CaseIterable, Sendable {
    case string = "String"
    case boolean = "Boolean"
    case byte = "Byte"
    case short = "Short"
    case integer = "Integer"
    case long = "Long"
    case float = "Float"
    case double = "Double"
    case character = "Character"
    case bigInteger = "BigInteger"
    case bigDecimal = "BigDecimal"
    case date = "Date"
    case uuid = "UUID"

    /// The type of a class, by its binary name; nil where text stands for none of its values.
    public init?(className: String) {
        let isKnown = JavaValueType.allCases.first { className == $0.className }
        guard let isKnown else { return nil }
        self = isKnown
    }

    /// The binary name of the class.
    public var className: String { package + rawValue }

    private var package: String {
        switch self {
        case .bigInteger, .bigDecimal: "java.math."
        case .date, .uuid: "java.util."
        default: "java.lang."
        }
    }

    /// The primitive type whose box it is; nil for others.
    public var primitive: PrimitiveType? {
        switch self {
        case .boolean: .boolean
        case .byte: .byte
        case .short: .short
        case .integer: .int
        case .long: .long
        case .float: .float
        case .double: .double
        case .character: .char
        default: nil
        }
    }
}

/// Why text stands for no value of a type: one sentence for people.
public struct JavaValueTextError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, and how such a value is written.
    public let description: String
}

extension PrimitiveType {
    /// The value that text stands for: decimal numbers, `true` and `false`, `NaN` and `Infinity` as Java writes them, one UTF-16 unit.
    ///
    /// - Throws: `JavaValueTextError` with the range of the type.
    public func value(of text: String) throws(JavaValueTextError) -> JavaPrimitive {
        let value: JavaPrimitive? =
            switch self {
            case .boolean: ["true": true, "false": false][text].map { .boolean($0) }
            case .byte: Int8(text).map { .byte($0) }
            case .short: Int16(text).map { .short($0) }
            case .int: Int32(text).map { .int($0) }
            case .long: Int64(text).map { .long($0) }
            case .float: Self.number(text).flatMap { Float($0) }.map { .float($0) }
            case .double: Self.number(text).flatMap { Double($0) }.map { .double($0) }
            case .char: text.utf16.count == 1 ? text.utf16.first.map { .char($0) } : nil
            }
        guard let value else { throw JavaValueTextError(description: "'\(text)' is no \(name): \(form)") }
        return value
    }

    /// What Java writes and nothing else that Swift would read: no hexadecimal numbers, no `inf`.
    private static func number(_ text: String) -> String? {
        let number = text.hasPrefix("-") ? text.dropFirst() : text[...]
        if number == "NaN" || number == "Infinity" { return text.lowercased() }
        let isDecimal = number.utf8.allSatisfy { "0123456789.eE+-".utf8.contains($0) }
        return isDecimal && number.utf8.first != UInt8(ascii: "+") ? text : nil
    }

    private var form: String {
        switch self {
        case .boolean: "write true or false"
        case .byte: "write a number from -128 to 127"
        case .short: "write a number from -32768 to 32767"
        case .int: "write a number from -2147483648 to 2147483647"
        case .long: "write a number from -9223372036854775808 to 9223372036854775807"
        case .float, .double: "write a decimal number such as 2.5 or 1e10, NaN, Infinity or -Infinity"
        case .char: "write one character of the basic plane"
        }
    }
}

extension JavaStreamBuilder {
    /// Writes the value that `text` stands for.
    ///
    /// A date is milliseconds since 1970; a UUID its 32 digits with or without hyphens.
    ///
    /// - Throws: `JavaValueTextError` where it is no value of the type; then nothing was written.
    public mutating func value(_ text: String, as type: JavaValueType) throws(JavaValueTextError) {
        if let primitive = type.primitive { return _ = box(try primitive.value(of: text)) }
        switch type {
        case .bigInteger:
            guard let (signum, magnitude) = DecimalMagnitude.parse(text[...]) else {
                throw Self.error(text, type, "write decimal digits, \(DecimalMagnitude.mostDigits) at most")
            }
            bigInteger(signum: signum, magnitude: magnitude)
        case .bigDecimal: try decimal(text)
        case .date:
            guard let time = Int64(text) else { throw Self.error(text, type, "write milliseconds since 1970") }
            date(time)
        case .uuid: try uuid(text)
        default: string(text)
        }
    }

    private static func error(_ text: String, _ type: JavaValueType, _ form: String) -> JavaValueTextError {
        JavaValueTextError(description: "'\(text)' is no \(type.rawValue): \(form)")
    }

    /// `-?digits[.digits][E[+-]digits]`, as `BigDecimal.toString` writes it: the scale is kept.
    private mutating func decimal(_ text: String) throws(JavaValueTextError) {
        let form = "write a decimal number such as -12.50 or 1E+3"
        let parts = text.split(separator: "E", maxSplits: 1, omittingEmptySubsequences: false)
        let digits = parts[0].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let exponent = parts.count == 2 ? Int32(parts[1]) : 0
        guard let exponent, digits.count == 1 || !digits[1].isEmpty,
            let (signum, magnitude) = DecimalMagnitude.parse(digits.joined()[...]),
            let scale = Int32(exactly: Int64(digits.count == 2 ? digits[1].count : 0) - Int64(exponent))
        else { throw Self.error(text, .bigDecimal, form) }
        bigDecimal(scale: scale, signum: signum, magnitude: magnitude)
    }

    private mutating func uuid(_ text: String) throws(JavaValueTextError) {
        let digits = text.filter { $0 != "-" }
        guard digits.utf8.count == 32, let most = UInt64(digits.prefix(16), radix: 16),
            let least = UInt64(digits.suffix(16), radix: 16), !digits.contains("+")
        else { throw Self.error(text, .uuid, "write 32 hexadecimal digits, with or without hyphens") }
        uuid(most, least)
    }
}
