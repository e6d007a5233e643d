/// Values of `java.time` as the numbers that their `compareTo` compares one after the other.
///
/// Source: the `compareTo` of each class in the JDK's API documentation (Java 8 to 25).
struct TimeOrder {
    private var scanner: TimeScanner

    /// The numbers of a value that is given as `toString` writes it; nil for classes without an order: `Period` and `ZoneRegion`.
    static func numbers(of text: String, _ type: JavaValueType) -> [Int64]? {
        switch type {
        case .duration: return duration(text)
        case .year: return Int64(text).map { [$0] }
        default:
            var order = TimeOrder(scanner: TimeScanner(text))
            guard let numbers = order.numbers(type), order.scanner.isAtEnd else { return nil }
            return numbers
        }
    }

    private mutating func numbers(_ type: JavaValueType) -> [Int64]? {
        switch type {
        case .instant: instant()
        case .localDate: date().map { $0.parts }
        case .localTime: time().map { $0.parts }
        case .localDateTime: dateTime().map { $0.date.parts + $0.time.parts }
        case .offsetTime: offsetTime()
        case .offsetDateTime: offsetDateTime()
        case .zonedDateTime: zonedDateTime()
        case .yearMonth: yearMonth()
        case .monthDay: monthDay()
        // The offset that is furthest east comes first.
        case .zoneOffset: scanner.offset().map { [Int64(-$0)] }
        default: nil
        }
    }

    private typealias Day = (parts: [Int64], number: Int64)
    private typealias Time = (parts: [Int64], second: Int64)

    private mutating func date() -> Day? {
        scanner.date().map { date in
            let number = IsoText.epochDay(year: Int64(date.year), month: date.month, day: date.day)
            return ([Int64(date.year), Int64(date.month), Int64(date.day)], number)
        }
    }

    private mutating func time() -> Time? {
        scanner.time().map { ([Int64($0.secondOfDay), Int64($0.nano)], Int64($0.secondOfDay)) }
    }

    private mutating func dateTime() -> (date: Day, time: Time)? {
        guard let date = date(), scanner.take("T"), let time = time() else { return nil }
        return (date, time)
    }

    private mutating func instant() -> [Int64]? {
        guard let (date, time) = dateTime(), scanner.take("Z") else { return nil }
        return [date.number * 86400 + time.second] + time.parts.dropFirst()
    }

    /// The moment, and then the time on the clock.
    private mutating func offsetTime() -> [Int64]? {
        guard let time = time(), let offset = scanner.offset() else { return nil }
        return [time.second - Int64(offset)] + time.parts.dropFirst() + time.parts
    }

    private mutating func offsetDateTime() -> [Int64]? {
        guard let (date, time) = dateTime(), let offset = scanner.offset() else { return nil }
        let second = date.number * 86400 + time.second - Int64(offset)
        return [second] + time.parts.dropFirst() + date.parts + time.parts
    }

    /// The same, and then the name of the zone.
    private mutating func zonedDateTime() -> [Int64]? {
        guard let moment = offsetDateTime() else { return nil }
        guard scanner.take("["), let zone = scanner.rest(before: "]") else { return moment }
        return moment + zone.utf16.map { Int64($0) }
    }

    /// As `java.time.Ser` writes it: whole seconds, and nanoseconds that are never below zero.
    private static func duration(_ text: String) -> [Int64]? {
        guard let data = JavaTimeText.data(of: text, as: .duration), data.count == 13 else { return nil }
        let seconds = data[1..<9].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return [Int64(bitPattern: seconds), data[9...].reduce(0) { $0 << 8 | Int64($1) }]
    }

    private mutating func yearMonth() -> [Int64]? {
        guard let year = scanner.year(needsSign: false), scanner.take("-"), let month = scanner.two(1...12) else {
            return nil
        }
        return [Int64(year), Int64(month)]
    }

    private mutating func monthDay() -> [Int64]? {
        guard scanner.take("-"), scanner.take("-"), let month = scanner.two(1...12), scanner.take("-"),
            let day = scanner.two(1...31)
        else { return nil }
        return [Int64(month), Int64(day)]
    }
}
