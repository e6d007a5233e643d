/// Times as text, in UTC: milliseconds since 1970-01-01 and the form of RFC 3339.
public enum RFC3339 {
    static let millisecondsPerDay: Int64 = 86_400_000

    /// The time as text, always in UTC and with three decimals: `2026-01-01T00:00:00.000Z`.
    ///
    /// RFC 3339 ends at the year 9999 and begins at 0000. Years outside are written with a sign and six or nine
    /// digits, as ISO 8601 allows: `+010000-01-01T00:00:00.000Z`. Every `Int64` has a text.
    public static func text(milliseconds: Int64) -> String {
        var bytes: [UInt8] = []
        append(milliseconds: milliseconds, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the text of ``text(milliseconds:)``, which is ASCII, without making a string: lists write millions.
    static func append(milliseconds: Int64, to bytes: inout [UInt8]) {
        let days = milliseconds.flooredQuotient(by: millisecondsPerDay)
        // Not `days * millisecondsPerDay`: that is below Int64.min on its first day.
        let remainder = milliseconds % millisecondsPerDay
        let time = remainder < 0 ? remainder + millisecondsPerDay : remainder
        let date = CivilDate(daysSinceEpoch: days)
        append(year: date.year, to: &bytes)
        append("-", date.month, 2, to: &bytes)
        append("-", date.day, 2, to: &bytes)
        append("T", time / 3_600_000, 2, to: &bytes)
        append(":", time / 60_000 % 60, 2, to: &bytes)
        append(":", time / 1000 % 60, 2, to: &bytes)
        append(".", time % 1000, 3, to: &bytes)
        bytes.append(UInt8(ascii: "Z"))
    }

    private static func append(year: Int64, to bytes: inout [UInt8]) {
        guard !(0...9999).contains(year) else { return append(year, 4, to: &bytes) }
        let magnitude = abs(year)
        append(year < 0 ? "-" : "+", magnitude, magnitude < 1_000_000 ? 6 : 9, to: &bytes)
    }

    private static func append(_ mark: Unicode.Scalar, _ value: Int64, _ width: Int, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: mark))
        append(value, width, to: &bytes)
    }

    /// The last `width` digits of a non-negative number.
    private static func append(_ value: Int64, _ width: Int, to bytes: inout [UInt8]) {
        var divisor: Int64 = 1
        for _ in 1..<width { divisor *= 10 }
        while divisor > 0 {
            bytes.append(0x30 + UInt8(value / divisor % 10))
            divisor /= 10
        }
    }
}
