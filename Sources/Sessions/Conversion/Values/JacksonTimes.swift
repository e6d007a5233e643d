import JavaSerialization

/// The classes of `java.time` in the JSON of Jackson's `JavaTimeModule`, which reads the text of all of them, however it is configured to
/// write them.
enum JacksonTimes {
    private static let texts = [
        "Instant", "LocalDate", "LocalTime", "LocalDateTime", "OffsetTime", "Duration", "Period", "YearMonth",
        "MonthDay",
        "ZoneOffset",
    ]
    /// Read in the time zone of the mapper, which is UTC (`ADJUST_DATES_TO_CONTEXT_TIME_ZONE`).
    private static let adjusted = ["OffsetDateTime", "ZonedDateTime"]

    private static func simpleName(_ name: String) -> String { String(name.dropFirst("java.time.".utf8.count)) }

    /// Whether text of a class is read as the same value.
    static func areRead(_ name: String, _ text: String) -> Bool {
        let name = simpleName(name)
        return texts.contains(name) || name == adjusted[0] && text.hasSuffix("Z")
    }

    /// Why a value is not written.
    static func refusal(of name: String, isThere: Bool) -> String {
        guard isThere else {
            return "Jackson refuses a \(name) without its JavaTimeModule, which Spring's serializer does not register"
        }
        return adjusted.contains(simpleName(name))
            ? "Jackson reads a \(name) in UTC, whatever its offset or zone is"
            : "of a \(name) it is not certain what Jackson writes and reads"
    }

    /// The text of a value that was written in one of the ways of the module; nil for what is none of them.
    static func text(of node: JSONNode, _ type: JavaValueType) -> String? {
        switch (node.value, type) {
        case (.string(let text), _): text.text
        case (.number(let number), .instant): instant(number)
        case (.number(let number), .year): number.int64.map { String($0) }
        case (.array(let parts), .localDate), (.array(let parts), .localTime), (.array(let parts), .localDateTime):
            joined(parts.map { $0.number?.int64 }, type)
        default: nil
        }
    }

    /// Seconds since 1970 with nine digits behind the point (`WRITE_DATE_TIMESTAMPS_AS_NANOSECONDS`).
    private static func instant(_ number: JSONNumber) -> String? {
        guard let (nanos, isExact) = number.scaled(byPowerOfTen: 9), isExact, nanos >= 0 else { return nil }
        let digits = String(nanos % 1_000_000_000)
        let seconds = RFC3339.text(milliseconds: nanos / 1_000_000_000 * 1000)
        guard let second = seconds.split(separator: ".").first?.split(separator: "Z").first else { return nil }
        return second + "." + String(repeating: "0", count: 9 - digits.utf8.count) + digits + "Z"
    }

    /// `[year,month,day,hour,minute,second,nano]`, as far as they are there.
    private static func joined(_ parts: [Int64?], _ type: JavaValueType) -> String? {
        var numbers = parts.compactMap { $0 }
        guard numbers.count == parts.count, numbers.allSatisfy({ (0...999_999_999).contains($0) }) else { return nil }
        var text = ""
        if type != .localTime {
            guard numbers.count >= 3, (1...9999).contains(numbers[0]) else { return nil }
            text = "\(padded(numbers[0], 4))-\(padded(numbers[1], 2))-\(padded(numbers[2], 2))"
            numbers.removeFirst(3)
        }
        if type == .localDate { return numbers.isEmpty ? text : nil }
        guard (2...4).contains(numbers.count) else { return nil }
        if type == .localDateTime { text += "T" }
        text += numbers.prefix(3).map { padded($0, 2) }.joined(separator: ":")
        return numbers.count == 4 ? text + "." + padded(numbers[3], 9) : text
    }

    private static func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
