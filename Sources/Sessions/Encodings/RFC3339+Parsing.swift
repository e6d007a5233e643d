extension RFC3339 {
    /// The time that the text names, in milliseconds since 1970-01-01 UTC; finer decimals are dropped (rounded down).
    ///
    /// Read are RFC 3339's `date-time` with any offset, with `t`, `z` or a space as its §5.6 allows, the signed years
    /// that ``text(milliseconds:)`` writes, and a bare date, which is its first millisecond in UTC. A leap second is
    /// the second after it.
    ///
    /// - Throws: ``SessionError`` where the text leaves that form, or names a time that does not exist.
    public static func milliseconds(_ text: String) throws(SessionError) -> Int64 {
        var scanner = TimeScanner(text: Array(text.utf8))
        let date = try scanner.date()
        let midnight = date.daysSinceEpoch
        let time = scanner.isAtEnd ? 0 : try scanner.timeAndOffset()
        let (start, overflow) = midnight.multipliedReportingOverflow(by: millisecondsPerDay)
        // The first day of all begins before Int64.min: go there from the day after.
        if overflow {
            let (next, far) = (midnight + 1).multipliedReportingOverflow(by: millisecondsPerDay)
            let (sum, early) = next.addingReportingOverflow(time - millisecondsPerDay)
            guard !far, !early else { throw SessionError(.encoding(.timeOutOfRange), offset: 0) }
            return sum
        }
        let (sum, late) = start.addingReportingOverflow(time)
        guard !late else { throw SessionError(.encoding(.timeOutOfRange), offset: 0) }
        return sum
    }
}

/// Walks over a written time once, from left to right.
private struct TimeScanner {
    let text: [UInt8]
    private var position = 0

    init(text: [UInt8]) { self.text = text }

    var isAtEnd: Bool { position == text.count }

    mutating func date() throws(SessionError) -> CivilDate {
        let year = try self.year()
        try take("-")
        let month = try number(2)
        try take("-")
        let date = CivilDate(year: year, month: month, day: try number(2))
        guard date.exists else { throw SessionError(.encoding(.noSuchTime), offset: position) }
        return date
    }

    /// Milliseconds from 00:00 UTC of the written date; the offset may make it negative or more than a day.
    mutating func timeAndOffset() throws(SessionError) -> Int64 {
        guard takeAny("Tt ") != nil else { throw malformed }
        let hour = try number(2, below: 24)
        try take(":")
        let minute = try number(2, below: 60)
        try take(":")
        let second = try number(2, below: 61)
        let fraction = try self.fraction()
        let offset = try self.offset()
        guard isAtEnd else { throw malformed }
        let minutes = hour * 60 + minute - offset
        // A leap second is inserted at the end of a day of UTC only.
        let mayLeap = (minutes + 1) % 1440 == 0
        guard second < 60 || mayLeap else { throw SessionError(.encoding(.noSuchTime), offset: position) }
        return minutes * 60_000 + second * 1000 + fraction
    }

    private mutating func year() throws(SessionError) -> Int64 {
        guard let sign = takeAny("+-") else { return try number(4) }
        let start = position
        while position < text.count, text[position] != UInt8(ascii: "-") { position += 1 }
        let width = position - start
        position = start
        guard (5...9).contains(width) else { throw malformed }
        let year = try number(width)
        return sign == UInt8(ascii: "-") ? -year : year
    }

    private mutating func fraction() throws(SessionError) -> Int64 {
        guard takeAny(".") != nil else { return 0 }
        var value: Int64 = 0
        var count = 0
        while position < text.count, let digit = digit(text[position]) {
            if count < 3 { value = value * 10 + digit }
            count += 1
            position += 1
        }
        guard count > 0 else { throw malformed }
        for _ in min(count, 3)..<3 { value *= 10 }
        return value
    }

    /// Minutes east of UTC.
    private mutating func offset() throws(SessionError) -> Int64 {
        if takeAny("Zz") != nil { return 0 }
        guard let sign = takeAny("+-") else { throw malformed }
        let hours = try number(2, below: 24)
        try take(":")
        let minutes = hours * 60 + (try number(2, below: 60))
        return sign == UInt8(ascii: "-") ? -minutes : minutes
    }

    /// Exactly `width` digits (at most 18, so the value fits).
    private mutating func number(_ width: Int, below limit: Int64 = .max) throws(SessionError) -> Int64 {
        let start = position
        var value: Int64 = 0
        for _ in 0..<width {
            guard position < text.count, let digit = digit(text[position]) else { throw malformed }
            value = value * 10 + digit
            position += 1
        }
        guard value < limit else { throw SessionError(.encoding(.noSuchTime), offset: start) }
        return value
    }

    private func digit(_ byte: UInt8) -> Int64? {
        (0x30...0x39).contains(byte) ? Int64(byte - 0x30) : nil
    }

    private mutating func take(_ character: Unicode.Scalar) throws(SessionError) {
        guard position < text.count, text[position] == UInt8(ascii: character) else { throw malformed }
        position += 1
    }

    private mutating func takeAny(_ characters: StaticString) -> UInt8? {
        guard position < text.count else { return nil }
        let byte = text[position]
        guard characters.description.utf8.contains(byte) else { return nil }
        position += 1
        return byte
    }

    private var malformed: SessionError { SessionError(.encoding(.notRFC3339), offset: position) }
}
