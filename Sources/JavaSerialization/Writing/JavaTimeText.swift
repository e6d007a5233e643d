/// What `java.time.Ser` writes of values that are given as the text that `java.time` writes.
///
/// Source: the `writeExternal` sections of the serialized forms of `java.time` (Java 8 to 25).
struct JavaTimeText {
    private var scanner: TimeScanner

    /// The bytes of the block that `java.time.Ser` writes of `text`; nil where it is no value of the type.
    static func data(of text: String, as type: JavaValueType) -> [UInt8]? {
        var text = JavaTimeText(scanner: TimeScanner(text))
        guard let data = text.data(type), text.scanner.isAtEnd else { return nil }
        return data
    }

    private mutating func data(_ type: JavaValueType) -> [UInt8]? {
        switch type {
        case .duration: duration()
        case .instant: instant().map { [2] + Self.long($0.seconds) + Self.int($0.nano) }
        case .localDate: localDate().map { [3] + $0 }
        case .localTime: localTime().map { [4] + $0 }
        case .localDateTime: localDateTime().map { [5] + $0 }
        case .zonedDateTime: zonedDateTime().map { [6] + $0 }
        case .zoneRegion: scanner.region()
        case .zoneOffset: offset().map { [8] + $0 }
        case .offsetTime: both(localTime(), offset()).map { [9] + $0 }
        case .offsetDateTime: both(localDateTime(), offset()).map { [10] + $0 }
        case .year: year().map { [11] + Self.int($0) }
        case .yearMonth: yearMonth().map { [12] + $0 }
        case .monthDay: monthDay().map { [13] + $0 }
        case .period: period().map { [14] + $0 }
        default: nil
        }
    }

    private static func int(_ number: Int) -> [UInt8] { JavaPrimitive.int(Int32(truncatingIfNeeded: number)).bytes }
    private static func long(_ number: Int64) -> [UInt8] { JavaPrimitive.long(number).bytes }
    private static func byte(_ number: Int) -> UInt8 { UInt8(truncatingIfNeeded: number) }

    /// Both are parsed, one behind the other, before this is called.
    private func both(_ first: [UInt8]?, _ second: [UInt8]?) -> [UInt8]? {
        guard let first, let second else { return nil }
        return first + second
    }

    // MARK: Points in time

    /// Seconds since 1970 and nanoseconds of an instant with an offset.
    static func moment(_ text: String) -> (seconds: Int64, nano: Int)? {
        var text = JavaTimeText(scanner: TimeScanner(text))
        guard let moment = text.instant(), text.scanner.isAtEnd else { return nil }
        return moment
    }

    private mutating func instant() -> (seconds: Int64, nano: Int)? {
        guard let date = scanner.date(), scanner.take("T"), let time = scanner.time(),
            let offset = scanner.offset()
        else { return nil }
        let day = IsoText.epochDay(year: Int64(date.year), month: date.month, day: date.day)
        let seconds = day * 86400 + Int64(time.secondOfDay - offset)
        // Instant.MIN and Instant.MAX.
        guard (-31_557_014_167_219_200...31_556_889_864_403_199).contains(seconds) else { return nil }
        return (seconds, time.nano)
    }

    private mutating func localDate() -> [UInt8]? {
        guard let date = scanner.date(), abs(date.year) <= 999_999_999 else { return nil }
        return Self.int(date.year) + [Self.byte(date.month), Self.byte(date.day)]
    }

    /// Zeros at the end are left out: the last part written is then the complement of its value.
    private mutating func localTime() -> [UInt8]? {
        guard let time = scanner.time() else { return nil }
        let (hour, minute, second) = (Self.byte(time.hour), Self.byte(time.minute), Self.byte(time.second))
        if time.nano > 0 { return [hour, minute, second] + Self.int(time.nano) }
        if second > 0 { return [hour, minute, ~second] }
        return minute > 0 ? [hour, ~minute] : [~hour]
    }

    private mutating func localDateTime() -> [UInt8]? {
        guard let date = localDate(), scanner.take("T"), let time = localTime() else { return nil }
        return date + time
    }

    /// In quarters of an hour, or 127 and seconds.
    private mutating func offset() -> [UInt8]? {
        guard let seconds = scanner.offset() else { return nil }
        return seconds % 900 == 0 ? [Self.byte(seconds / 900)] : [127] + Self.int(seconds)
    }

    /// The zone is written with its own type byte: a region or the offset itself.
    private mutating func zonedDateTime() -> [UInt8]? {
        guard let time = localDateTime(), let offset = offset() else { return nil }
        guard scanner.take("[") else { return time + offset + [8] + offset }
        guard let name = scanner.rest(before: "]") else { return nil }
        var region = TimeScanner(name)
        return region.region().map { time + offset + $0 }
    }

    private mutating func year() -> Int? {
        let isNegative = scanner.take("-")
        guard let year = TimeScanner.number(scanner.digits()), year <= 999_999_999 else { return nil }
        return isNegative ? -year : year
    }

    private mutating func yearMonth() -> [UInt8]? {
        guard let year = scanner.year(needsSign: false), abs(year) <= 999_999_999, scanner.take("-"),
            let month = scanner.two(1...12)
        else { return nil }
        return Self.int(year) + [Self.byte(month)]
    }

    private mutating func monthDay() -> [UInt8]? {
        guard scanner.take("-"), scanner.take("-"), let month = scanner.two(1...12), scanner.take("-"),
            let day = scanner.two(1...TimeScanner.days(in: month, of: nil))
        else { return nil }
        return [Self.byte(month), Self.byte(day)]
    }

    // MARK: Amounts

    /// `P1DT2H3M4.5S`, each part with a sign of its own, or one for all in front.
    private mutating func duration() -> [UInt8]? {
        let isNegative = scanner.take("-")
        guard scanner.take("P") else { return nil }
        var total: Int64? = 0
        var nano: Int64 = 0
        var parts = 0
        func add(_ amount: Int64?, times factor: Int64) {
            guard let amount, let sum = total else { return }
            parts += 1
            let (product, tooLarge) = amount.multipliedReportingOverflow(by: factor)
            let (next, overflow) = sum.addingReportingOverflow(product)
            total = tooLarge || overflow ? nil : next
        }
        add(scanner.amount("D"), times: 86400)
        if scanner.take("T") {
            add(scanner.amount("H"), times: 3600)
            add(scanner.amount("M"), times: 60)
            if let last = scanner.seconds() {
                add(last.seconds, times: 1)
                nano = last.nano
            }
        }
        guard parts > 0, let total else { return nil }
        return Self.duration(total, nano, isNegative: isNegative)
    }

    /// Nanoseconds are never below zero: what is left goes to the seconds.
    private static func duration(_ seconds: Int64, _ nano: Int64, isNegative: Bool) -> [UInt8]? {
        let (whole, overflow) = isNegative ? Int64(0).subtractingReportingOverflow(seconds) : (seconds, false)
        let part = isNegative ? -nano : nano
        let (floored, tooSmall) = whole.subtractingReportingOverflow(part < 0 ? 1 : 0)
        guard !overflow, !tooSmall else { return nil }
        return [1] + long(floored) + int(Int(part < 0 ? part + 1_000_000_000 : part))
    }

    /// `P1Y2M3D`; weeks are seven days each.
    private mutating func period() -> [UInt8]? {
        let sign: Int64 = scanner.take("-") ? -1 : 1
        guard scanner.take("P") else { return nil }
        let (years, months) = (scanner.amount("Y"), scanner.amount("M"))
        let (weeks, days) = (scanner.amount("W"), scanner.amount("D"))
        guard [years, months, weeks, days].contains(where: { $0 != nil }) else { return nil }
        let (inWeeks, tooLarge) = (weeks ?? 0).multipliedReportingOverflow(by: 7)
        let (allDays, overflow) = inWeeks.addingReportingOverflow(days ?? 0)
        guard !tooLarge, !overflow else { return nil }
        let numbers = [years ?? 0, months ?? 0, allDays].compactMap { Int32(exactly: $0.multipliedOrZero(by: sign)) }
        return numbers.count == 3 ? numbers.flatMap { JavaPrimitive.int($0).bytes } : nil
    }
}

extension Int64 {
    /// By 1 or -1; the one number without a negative is beyond what is asked for anyway.
    fileprivate func multipliedOrZero(by sign: Int64) -> Int64 { multipliedReportingOverflow(by: sign).partialValue }
}

extension TimeScanner {
    /// The rest as the name of a zone, written as `java.time.ZoneRegion` writes it: `[A-Za-z][A-Za-z0-9~/._+-]+`, or an offset behind
    /// `UTC`, `GMT` or `UT` (`java.time.ZoneId.of`).
    fileprivate mutating func region() -> [UInt8]? {
        var name: [UInt8] = []
        while let byte = next() { name.append(byte) }
        guard let first = name.first, (0x61...0x7a).contains(first | 0x20), name.count > 1, name.count < 256,
            Self.isName(name) || Self.isNamedOffset(String(decoding: name, as: UTF8.self))
        else { return nil }
        return [7, 0, UInt8(name.count)] + name
    }

    private static func isName(_ name: [UInt8]) -> Bool {
        name.allSatisfy { byte in
            (0x61...0x7a).contains(byte | 0x20) || (0x30...0x39).contains(byte) || "~/._+-".utf8.contains(byte)
        }
    }

    private static func isNamedOffset(_ name: String) -> Bool {
        guard let prefix = ["UTC", "GMT", "UT"].first(where: { name.hasPrefix($0) }) else { return false }
        var offset = TimeScanner(String(name.dropFirst(prefix.count)))
        return offset.offset() != nil && offset.isAtEnd
    }
}

extension IsoText {
    /// The day of a date, counted from 1970-01-01, in the proleptic Gregorian calendar.
    static func epochDay(year: Int64, month: Int, day: Int) -> Int64 {
        // Years begin in March here, as in `civilDate(epochDay:)`.
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = Int64((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1)
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}
