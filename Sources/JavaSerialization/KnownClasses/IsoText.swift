/// Dates and times in the ISO forms that `java.time` writes.
enum IsoText {
    /// `LocalDate.toString`: years of four digits at least, with a sign beyond 9999.
    static func date(year: Int64, month: Int, day: Int) -> String {
        text { append(year: year, month: month, day: day, to: &$0) }
    }

    private static func append(year: Int64, month: Int, day: Int, to bytes: inout [UInt8]) {
        if year > 9999 { bytes.append(UInt8(ascii: "+")) }
        append(year: year, to: &bytes)
        append("-", month, to: &bytes)
        append("-", day, to: &bytes)
    }

    /// Four digits at least.
    static func year(_ year: Int64) -> String { text { append(year: year, to: &$0) } }

    private static func append(year: Int64, to bytes: inout [UInt8]) {
        if year < 0 { bytes.append(UInt8(ascii: "-")) }
        var place: UInt64 = 1000
        while year.magnitude / place >= 10 { place *= 10 }
        while place > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: year.magnitude / place % 10))
            place /= 10
        }
    }

    static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }

    /// A mark and two digits.
    private static func append(_ mark: Unicode.Scalar, _ number: Int, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: mark))
        bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / 10 % 10))
        bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
    }

    private static func text(_ write: (inout [UInt8]) -> Void) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(40)
        write(&bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// `LocalTime.toString`: seconds only where they are needed, nanoseconds in groups of three digits.
    static func time(hour: Int, minute: Int, second: Int, nano: Int) -> String {
        let start = two(hour) + ":" + two(minute)
        return second == 0 && nano == 0 ? start : start + ":" + two(second) + fraction(nano)
    }

    /// `.123`, `.123456` or `.123456789`; nothing for zero.
    static func fraction(_ nano: Int) -> String { text { append(fraction: nano, to: &$0) } }

    private static func append(fraction nano: Int, to bytes: inout [UInt8]) {
        if nano == 0 { return }
        bytes.append(UInt8(ascii: "."))
        let last = nano % 1_000_000 == 0 ? 1_000_000 : nano % 1000 == 0 ? 1000 : 1
        var place = 100_000_000
        while place >= last {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: nano / place % 10))
            place /= 10
        }
    }

    /// `Instant.toString`, for any number of seconds since 1970-01-01 UTC.
    static func instant(seconds: Int64, nano: Int) -> String {
        text { append(seconds: seconds, nano: nano, to: &$0) }
    }

    fileprivate static func append(seconds: Int64, nano: Int, to bytes: inout [UInt8]) {
        let day = floored(seconds, 86400)
        let rest = Int(seconds - day * 86400)
        let date = civilDate(epochDay: day)
        append(year: date.year, month: date.month, day: date.day, to: &bytes)
        append("T", rest / 3600, to: &bytes)
        append(":", rest / 60 % 60, to: &bytes)
        append(":", rest % 60, to: &bytes)
        append(fraction: nano, to: &bytes)
        bytes.append(UInt8(ascii: "Z"))
    }

    /// The day of the proleptic Gregorian calendar, `epochDay` days after 1970-01-01.
    static func civilDate(epochDay: Int64) -> (year: Int64, month: Int, day: Int) {
        // Years begin in March here, so that the leap day is the last one; 146,097 days make 400 years.
        let shifted = epochDay + 719_468
        let era = floored(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let year = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100)
        let month = (5 * dayOfYear + 2) / 153
        let civilMonth = Int(month < 10 ? month + 3 : month - 9)
        let day = Int(dayOfYear - (153 * month + 2) / 5 + 1)
        return (year + era * 400 + (civilMonth <= 2 ? 1 : 0), civilMonth, day)
    }

    private static func floored(_ value: Int64, _ divisor: Int64) -> Int64 {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }

    /// `Duration.toString`: hours, minutes and seconds, each with the sign of the whole.
    static func duration(seconds: Int64, nano: Int) -> String {
        if seconds == 0, nano == 0 { return "PT0S" }
        let isNegative = seconds < 0 && nano > 0
        let effective = isNegative ? seconds + 1 : seconds
        let (hours, minutes, left) = (effective / 3600, effective % 3600 / 60, effective % 60)
        var text = "PT" + (hours == 0 ? "" : "\(hours)H") + (minutes == 0 ? "" : "\(minutes)M")
        if left == 0, nano == 0 { return text }
        text += seconds < 0 && nano > 0 && left == 0 ? "-0" : String(left)
        if nano > 0 {
            let digits = seconds < 0 ? 2_000_000_000 - nano : nano + 1_000_000_000
            var fraction = String(digits).dropFirst()
            while fraction.hasSuffix("0") { fraction.removeLast() }
            text += "." + fraction
        }
        return text + "S"
    }

    /// `ZoneOffset.getId`: `Z`, `+01:00`, `-05:30:15`.
    static func offset(seconds: Int) -> String {
        if seconds == 0 { return "Z" }
        let magnitude = abs(seconds)
        let text = (seconds < 0 ? "-" : "+") + two(magnitude / 3600) + ":" + two(magnitude / 60 % 60)
        return magnitude % 60 == 0 ? text : text + ":" + two(magnitude % 60)
    }
}

extension JavaValue {
    /// `Instant.toString` of milliseconds since 1970-01-01 UTC: `2016-05-01T12:00:00.123Z`.
    public static func isoText(epochMillis: Int64) -> String {
        var bytes: [UInt8] = []
        appendISOText(epochMillis: epochMillis, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the same text, which is ASCII.
    package static func appendISOText(epochMillis: Int64, to bytes: inout [UInt8]) {
        let (quotient, remainder) = epochMillis.quotientAndRemainder(dividingBy: 1000)
        let isBefore = remainder < 0
        IsoText.append(
            seconds: isBefore ? quotient - 1 : quotient, nano: Int(isBefore ? remainder + 1000 : remainder) * 1_000_000,
            to: &bytes)
    }

    /// The same with all nanoseconds of the second, as a `java.sql.Timestamp` has them.
    public static func isoText(epochMillis: Int64, nanos: Int32) -> String {
        let (quotient, remainder) = epochMillis.quotientAndRemainder(dividingBy: 1000)
        guard (0..<1_000_000_000).contains(nanos) else { return isoText(epochMillis: epochMillis) }
        return IsoText.instant(seconds: remainder < 0 ? quotient - 1 : quotient, nano: Int(nanos))
    }
}
