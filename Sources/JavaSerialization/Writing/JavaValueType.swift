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
    case timestamp = "Timestamp"
    case uuid = "UUID"
    case instant = "Instant"
    case localDate = "LocalDate"
    case localTime = "LocalTime"
    case localDateTime = "LocalDateTime"
    case offsetTime = "OffsetTime"
    case offsetDateTime = "OffsetDateTime"
    case zonedDateTime = "ZonedDateTime"
    case duration = "Duration"
    case period = "Period"
    case year = "Year"
    case yearMonth = "YearMonth"
    case monthDay = "MonthDay"
    case zoneOffset = "ZoneOffset"
    case zoneRegion = "ZoneRegion"

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
        case .timestamp: "java.sql."
        case .string: "java.lang."
        default: primitive == nil ? "java.time." : "java.lang."
        }
    }

    /// Text of a value of `java.time`.
    fileprivate var example: String {
        switch self {
        case .instant: "2026-01-31T12:00:00Z"
        case .localDate: "2026-01-31"
        case .localTime: "12:00:00.5"
        case .localDateTime: "2026-01-31T12:00:00"
        case .offsetTime: "12:00+01:00"
        case .offsetDateTime: "2026-01-31T12:00+01:00"
        case .zonedDateTime: "2026-01-31T12:00+01:00[Europe/Paris]"
        case .duration: "PT1H30M"
        case .period: "P1Y2M3D"
        case .year: "2026"
        case .yearMonth: "2026-01"
        case .monthDay: "--01-31"
        case .zoneOffset: "+01:00"
        default: "Europe/Paris"
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
            case .float:
                Self.number(text).flatMap { Float($0) }.flatMap {
                    Self.isWritten($0.isInfinite, $0.isZero, text) ? .float($0) : nil
                }
            case .double:
                Self.number(text).flatMap { Double($0) }.flatMap {
                    Self.isWritten($0.isInfinite, $0.isZero, text) ? .double($0) : nil
                }
            case .char: text.utf16.count == 1 ? text.utf16.first.map { .char($0) } : nil
            }
        guard let value else { throw JavaValueTextError(description: "'\(text)' is no \(name): \(form)") }
        return value
    }

    /// Infinity and zero only where they are meant: a number that is too large, or too small, is none.
    private static func isWritten(_ isInfinite: Bool, _ isZero: Bool, _ text: String) -> Bool {
        if isInfinite { return text.hasSuffix("Infinity") }
        return !isZero || !text.prefix { $0 != "e" && $0 != "E" }.contains { ("1"..."9").contains($0) }
    }

    /// What Java writes, or reads with a sign in front, and nothing else that Swift would read: no hexadecimal numbers, no `inf`.
    private static func number(_ text: String) -> String? {
        let hasSign = text.hasPrefix("-") || text.hasPrefix("+")
        let number = hasSign ? text.dropFirst() : text[...]
        let sign = text.hasPrefix("-") ? "-" : ""
        if number == "NaN" || number == "Infinity" { return sign + number.lowercased() }
        let isDecimal = number.utf8.allSatisfy { "0123456789.eE+-".utf8.contains($0) }
        return isDecimal && number.utf8.first != UInt8(ascii: "+") && number.utf8.first != UInt8(ascii: "-")
            ? sign + number : nil
    }

    private var form: String {
        switch self {
        case .boolean: "write true or false"
        case .byte: "write a number from -128 to 127"
        case .short: "write a number from -32768 to 32767"
        case .int: "write a number from -2147483648 to 2147483647"
        case .long: "write a number from -9223372036854775808 to 9223372036854775807"
        case .float:
            "write 0 or a decimal number from 1.4E-45 up to 3.4028235E38, such as -2.5 or 1e10, NaN, Infinity or -Infinity"
        case .double:
            "write 0 or a decimal number from 4.9E-324 up to 1.7976931348623157E308, such as -2.5 or 1e10, NaN, Infinity or "
                + "-Infinity"
        case .char: "write one character of the basic plane"
        }
    }
}

extension JavaStreamBuilder {
    /// Writes the value that `text` stands for.
    ///
    /// A date is a time as RFC 3339 has it, or milliseconds since 1970; a UUID its 32 digits with or without hyphens; types of
    /// `java.time` are written as their `toString` writes them.
    ///
    /// - Throws: `JavaValueTextError` where it is no value of the type; then nothing was written.
    @discardableResult
    public mutating func value(_ text: String, as type: JavaValueType) throws(JavaValueTextError) -> Handle {
        if let primitive = type.primitive { return box(try primitive.value(of: text)) }
        switch type {
        case .bigInteger:
            guard let (signum, magnitude) = DecimalMagnitude.parse(text[...]) else {
                throw Self.error(text, type, "write decimal digits, \(DecimalMagnitude.mostDigits) at most")
            }
            return bigInteger(signum: signum, magnitude: magnitude)
        case .bigDecimal: return try decimal(text)
        case .date: return date(try Self.milliseconds(text))
        case .timestamp: return try timestamp(text)
        case .uuid: return try uuid(text)
        case .string: return string(text)
        default:
            guard let data = JavaTimeText.data(of: text, as: type) else {
                throw Self.error(text, type, "write a value such as \(type.example)")
            }
            return time(data)
        }
    }

    /// Milliseconds, or a time with a fraction that they can hold.
    private static func milliseconds(_ text: String) throws(JavaValueTextError) -> Int64 {
        if let time = Int64(text) { return time }
        guard let (seconds, nano) = JavaTimeText.moment(text), nano % 1_000_000 == 0, isInReach(seconds) else {
            let form = "write a time such as 2026-01-31T12:00:00.123Z, or milliseconds since 1970"
            throw error(text, .date, form)
        }
        return seconds * 1000 + Int64(nano / 1_000_000)
    }

    /// Whether the milliseconds of a time are a `long`: some 292 million years around 1970.
    private static func isInReach(_ seconds: Int64) -> Bool { seconds.magnitude < UInt64(Int64.max / 1000) }

    private mutating func timestamp(_ text: String) throws(JavaValueTextError) -> Handle {
        if let time = Int64(text) {
            let part = (time % 1000 + 1000) % 1000
            // The seconds are written as milliseconds, of which there have to be as many.
            guard time >= Int64.min + 1000 else {
                throw Self.error(text, .timestamp, "it is before all that a Timestamp can be")
            }
            return timestamp(seconds: (time - part) / 1000, nanos: Int32(part * 1_000_000))
        }
        guard let (seconds, nano) = JavaTimeText.moment(text), Self.isInReach(seconds) else {
            throw Self.error(
                text, .timestamp, "write a time such as 2026-01-31T12:00:00.123456789Z, or milliseconds since 1970")
        }
        return timestamp(seconds: seconds, nanos: Int32(nano))
    }

    private static func error(_ text: String, _ type: JavaValueType, _ form: String) -> JavaValueTextError {
        JavaValueTextError(description: "'\(text)' is no \(type.rawValue): \(form)")
    }

    /// `-?digits[.digits][E[+-]digits]`, as `BigDecimal.toString` writes it: the scale is kept.
    private mutating func decimal(_ text: String) throws(JavaValueTextError) -> Handle {
        let form = "write a decimal number such as -12.50 or 1E+3"
        let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "E" || $0 == "e" }
        let digits = parts[0].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let exponent = parts.count == 2 ? Int32(parts[1]) : 0
        guard let exponent, digits.count == 1 || !digits[1].isEmpty,
            let (signum, magnitude) = DecimalMagnitude.parse(digits.joined()[...]),
            let scale = Int32(exactly: Int64(digits.count == 2 ? digits[1].count : 0) - Int64(exponent))
        else { throw Self.error(text, .bigDecimal, form) }
        return bigDecimal(scale: scale, signum: signum, magnitude: magnitude)
    }

    private mutating func uuid(_ text: String) throws(JavaValueTextError) -> Handle {
        let digits = text.filter { $0 != "-" }
        guard digits.utf8.count == 32, let most = UInt64(digits.prefix(16), radix: 16),
            let least = UInt64(digits.suffix(16), radix: 16), !digits.contains("+")
        else { throw Self.error(text, .uuid, "write 32 hexadecimal digits, with or without hyphens") }
        return uuid(most, least)
    }
}
