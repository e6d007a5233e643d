/// What a test compares a value with.
enum FilterOperand: Sendable {
    /// A value of the field's own kind: text, times, durations (`90s 30m 2h 7d`), sizes (`4k 1m`), or none.
    case value(FieldValue)
    /// A value of any kind, for attributes.
    case any(AnyOperand)
    /// What `~` looks for.
    case pattern(RegularExpression)
}

/// An operand that may be several things; the value that it is compared with decides.
struct AnyOperand: Sendable {
    let text: String
    /// In quotes it is text where the value is text.
    let isQuoted: Bool
    let number: ExactNumber?
    let time: Int64?
    let boolean: Bool?

    init(_ text: String, isQuoted: Bool, now: Int64) {
        self.text = text
        self.isQuoted = isQuoted
        number = ExactNumber(text)
        time = FilterOperand.time(text, now: now)
        boolean = text == "true" ? true : text == "false" ? false : nil
    }

    /// A point in time.
    init(time: Int64) {
        text = RFC3339.text(milliseconds: time)
        isQuoted = false
        number = nil
        self.time = time
        boolean = nil
    }
}

extension FilterOperand {
    static func operand(
        of text: String, isQuoted: Bool, kind: FieldKind, column: Int, now: Int64
    ) throws(FilterError) -> FilterOperand {
        if !isQuoted, text == "none" { return .value(.missing) }
        if kind == .any { return .any(AnyOperand(text, isQuoted: isQuoted, now: now)) }
        return .value(try value(of: text, kind: kind, column: column, now: now))
    }

    private static func value(
        of text: String, kind: FieldKind, column: Int, now: Int64
    ) throws(FilterError) -> FieldValue {
        switch kind {
        case .text, .any: return .text(text)
        case .duration:
            guard let span = duration(text[...]) else {
                throw FilterError(message: "'\(text)' is no duration; write 90s, 30m, 2h, 7d or none", column: column)
            }
            return .number(span)
        case .size:
            guard let size = size(text) else {
                throw FilterError(
                    message: "'\(text)' is no size; write 500, 4k, 1.5m or 2g (1k, 1kb and 1KiB are 1024 bytes)",
                    column: column)
            }
            return .number(size)
        case .time:
            guard let time = time(text, now: now) else {
                throw FilterError(
                    message: "'\(text)' is no time; write 2026-01-31, 2026-01-31T12:00:00Z, epoch seconds or now - 30d",
                    column: column)
            }
            return .number(time)
        }
    }

    /// A span in milliseconds: a number with `ms`, `s`, `m`, `h`, `d` or `w`; a bare number is seconds.
    static func duration(_ text: Substring) -> Int64? {
        scaled(text, ["ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000, "": 1000])
    }

    /// A number of bytes, decimals as well, `k`, `kb` and `kib` and the like being powers of 1024, as sizes are shown.
    static func size(_ text: String) -> Int64? {
        let text = text.lowercased()
        guard let point = text.firstIndex(of: ".") else { return scaled(text[...], sizeUnits) }
        let behind = text[text.index(after: point)...]
        let digits = behind.prefix { $0.isASCII && $0.isNumber }
        let unit = behind[digits.endIndex...]
        guard !digits.isEmpty, let whole = scaled(text[..<point] + unit, sizeUnits),
            let one = scaled("1" + unit, sizeUnits)
        else { return nil }
        let (sum, overflow) = whole.addingReportingOverflow(part(digits, of: one))
        return overflow ? nil : sum
    }

    /// The bytes that `0.DIGITS` of a unit are, rounded down.
    private static func part(_ digits: Substring, of unit: Int64) -> Int64 {
        // A unit has at most 41 bits: six digits more fit into 64, and by more no size is shown or typed.
        let digits = digits.prefix(6)
        guard let number = Int64(digits) else { return 0 }
        var scale: Int64 = 1
        for _ in digits { scale *= 10 }
        return number * unit / scale
    }

    private static let sizeUnits: [String: Int64] = [
        "": 1, "b": 1, "k": 1 << 10, "kb": 1 << 10, "kib": 1 << 10, "m": 1 << 20, "mb": 1 << 20, "mib": 1 << 20,
        "g": 1 << 30, "gb": 1 << 30, "gib": 1 << 30, "t": 1 << 40, "tb": 1 << 40, "tib": 1 << 40,
    ]

    private static func scaled(_ text: Substring, _ units: [String: Int64]) -> Int64? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let number = Int64(digits), let unit = units[String(text.dropFirst(digits.count))] else { return nil }
        let (product, overflow) = number.multipliedReportingOverflow(by: unit)
        return overflow ? nil : product
    }

    /// Milliseconds since 1970: RFC 3339, a date (00:00 UTC), `now`, `now-30d`, or an epoch in seconds or, from 10^11 on,
    /// milliseconds.
    static func time(_ text: String, now: Int64) -> Int64? {
        if text == "now" { return now }
        // No other time begins with a letter.
        if text.hasPrefix("now-") { return duration(text.dropFirst(4)).map { time(now, before: $0) } }
        if let number = Int64(text) { return milliseconds(ofEpoch: number) }
        let whole = text.contains("T") || text.contains("t") ? text : text + "T00:00:00Z"
        return try? RFC3339.milliseconds(whole)
    }

    /// The time `span` milliseconds before `now`; of more than there are, the first time of all.
    static func time(_ now: Int64, before span: Int64) -> Int64 {
        let (time, overflow) = now.subtractingReportingOverflow(span)
        return overflow ? .min : time
    }

    /// Seconds since 1970, or milliseconds from 10^11 on.
    static func milliseconds(ofEpoch number: Int64) -> Int64 {
        let (product, overflow) = number.multipliedReportingOverflow(by: 1000)
        return number.magnitude < 100_000_000_000 && !overflow ? product : number
    }

    /// A time as classes of `java.time` write it: seconds and offset may be missing (then it is UTC), a zone may follow.
    static func looseTime(_ text: String) -> Int64? {
        guard text.utf8.count < 100, text.utf8.first.map({ 0x30...0x39 ~= $0 }) == true else { return nil }
        let plain = text.prefix { $0 != "[" }
        guard let mark = plain.firstIndex(of: "T") else {
            return try? RFC3339.milliseconds(plain + "T00:00:00Z")
        }
        let behind = plain[plain.index(after: mark)...]
        let clock = behind.prefix { $0 != "Z" && $0 != "+" && $0 != "-" }
        let offset = behind[clock.endIndex...]
        let date = plain[...mark]
        return try? RFC3339.milliseconds(
            String(date) + clock + (clock.utf8.count == 5 ? ":00" : "") + (offset.isEmpty ? "Z" : offset))
    }
}
