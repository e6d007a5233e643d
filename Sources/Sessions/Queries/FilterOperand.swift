/// The values that a filter compares with: text, times, durations (`90s 30m 2h 7d`), sizes (`4k 1m`).
enum FilterOperand {
    static func value(
        of text: String, isQuoted: Bool, kind: FieldKind, column: Int, now: Int64
    ) throws(FilterError) -> FieldValue {
        if !isQuoted, text == "none" { return .missing }
        switch kind {
        case .text: return .text(text)
        case .duration:
            guard let span = duration(text) else {
                throw FilterError(message: "'\(text)' is no duration; write 90s, 30m, 2h, 7d or none", column: column)
            }
            return .number(span)
        case .size:
            guard let size = size(text) else {
                throw FilterError(message: "'\(text)' is no size; write 500, 4k, 1m or 2g", column: column)
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
    static func duration(_ text: String) -> Int64? {
        scaled(text, ["ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000, "": 1000])
    }

    /// A number of bytes, `k`, `m` and `g` being powers of 1024.
    static func size(_ text: String) -> Int64? {
        scaled(text.lowercased(), ["": 1, "b": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30])
    }

    private static func scaled(_ text: String, _ units: [String: Int64]) -> Int64? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let number = Int64(digits), let unit = units[String(text.dropFirst(digits.count))] else { return nil }
        let (product, overflow) = number.multipliedReportingOverflow(by: unit)
        return overflow ? nil : product
    }

    /// Milliseconds since 1970: RFC 3339, a date (00:00 UTC), `now`, or an epoch in seconds or, from 10^11 on, milliseconds.
    static func time(_ text: String, now: Int64) -> Int64? {
        if text == "now" { return now }
        if let number = Int64(text) {
            guard number < 100_000_000_000 else { return number }
            let (product, overflow) = number.multipliedReportingOverflow(by: 1000)
            return overflow ? nil : product
        }
        let whole = text.contains("T") || text.contains("t") ? text : text + "T00:00:00Z"
        return try? RFC3339.milliseconds(whole)
    }
}
