/// Dates and times in the ISO forms that `java.time` writes.
enum IsoText {
    /// `LocalDate.toString`: years of four digits at least, with a sign beyond 9999.
    static func date(year: Int64, month: Int, day: Int) -> String {
        (year > 9999 ? "+" : "") + self.year(year) + "-" + two(month) + "-" + two(day)
    }

    /// Four digits at least.
    static func year(_ year: Int64) -> String {
        let digits = String(year.magnitude)
        return (year < 0 ? "-" : "") + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }

    /// `LocalTime.toString`: seconds only where they are needed, nanoseconds in groups of three digits.
    static func time(hour: Int, minute: Int, second: Int, nano: Int) -> String {
        let start = two(hour) + ":" + two(minute)
        return second == 0 && nano == 0 ? start : start + ":" + two(second) + fraction(nano)
    }

    /// `.123`, `.123456` or `.123456789`; nothing for zero.
    static func fraction(_ nano: Int) -> String {
        if nano == 0 { return "" }
        let digits = String(1_000_000_000 + nano).dropFirst()
        if nano % 1_000_000 == 0 { return "." + digits.prefix(3) }
        return "." + (nano % 1000 == 0 ? digits.prefix(6) : digits)
    }

    /// `Instant.toString`, for any number of seconds since 1970-01-01 UTC.
    static func instant(seconds: Int64, nano: Int) -> String {
        let day = floored(seconds, 86400)
        let rest = Int(seconds - day * 86400)
        let date = civilDate(epochDay: day)
        return self.date(year: date.year, month: date.month, day: date.day) + "T" + two(rest / 3600) + ":"
            + two(rest / 60 % 60) + ":" + two(rest % 60) + fraction(nano) + "Z"
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
        let (quotient, remainder) = epochMillis.quotientAndRemainder(dividingBy: 1000)
        let isBefore = remainder < 0
        return IsoText.instant(
            seconds: isBefore ? quotient - 1 : quotient, nano: Int(isBefore ? remainder + 1000 : remainder) * 1_000_000)
    }

    /// The same with all nanoseconds of the second, as a `java.sql.Timestamp` has them.
    public static func isoText(epochMillis: Int64, nanos: Int32) -> String {
        let (quotient, remainder) = epochMillis.quotientAndRemainder(dividingBy: 1000)
        guard (0..<1_000_000_000).contains(nanos) else { return isoText(epochMillis: epochMillis) }
        return IsoText.instant(seconds: remainder < 0 ? quotient - 1 : quotient, nano: Int(nanos))
    }
}
