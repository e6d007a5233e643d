/// Takes ISO 8601 text of dates and times apart, as `java.time` parses what it writes. Each part that is not there, or out of range, is
/// nil.
struct TimeScanner {
    private let text: [UInt8]
    private var position = 0

    init(_ text: String) { self.text = Array(text.utf8) }

    var isAtEnd: Bool { position == text.count }

    /// Passes over a character if it comes next; letters in either case, as `java.time` takes them.
    mutating func take(_ mark: Unicode.Scalar) -> Bool {
        guard position < text.count else { return false }
        let (byte, wanted) = (text[position], UInt8(ascii: mark))
        let isLetter = (0x41...0x5a).contains(wanted)
        guard byte == wanted || isLetter && byte == wanted | 0x20 else { return false }
        position += 1
        return true
    }

    /// The byte that comes next, which is passed over.
    mutating func next() -> UInt8? {
        guard position < text.count else { return nil }
        defer { position += 1 }
        return text[position]
    }

    /// The digits that come next.
    mutating func digits() -> ArraySlice<UInt8> {
        let start = position
        while position < text.count, (0x30...0x39).contains(text[position]) { position += 1 }
        return text[start..<position]
    }

    /// All that is left, without its last character, which has to be this one.
    mutating func rest(before last: Unicode.Scalar) -> String? {
        guard position < text.count, text[text.count - 1] == UInt8(ascii: last) else { return nil }
        defer { position = text.count }
        return String(decoding: text[position..<text.count - 1], as: UTF8.self)
    }

    /// A number of two digits.
    mutating func two(_ range: ClosedRange<Int>) -> Int? {
        let digits = digits()
        guard digits.count == 2, let number = Self.number(digits), range.contains(number) else { return nil }
        return number
    }

    static func number(_ digits: ArraySlice<UInt8>) -> Int? { Int(String(decoding: digits, as: UTF8.self)) }

    /// Four digits, or a sign and four to ten.
    ///
    /// - Parameter needsSign: whether more than four digits need a sign; `YearMonth.toString` writes none.
    mutating func year(needsSign: Bool = true) -> Int? {
        let isNegative = take("-")
        let isSigned = isNegative || take("+")
        let digits = digits()
        guard digits.count == 4 || (isSigned || !needsSign) && (4...10).contains(digits.count),
            let year = Self.number(digits)
        else {
            return nil
        }
        return isNegative ? -year : year
    }

    mutating func date() -> (year: Int, month: Int, day: Int)? {
        guard let year = year(), take("-"), let month = two(1...12), take("-"),
            let day = two(1...Self.days(in: month, of: year))
        else { return nil }
        return (year, month, day)
    }

    /// How many days a month has; of no year in particular for nil.
    static func days(in month: Int, of year: Int?) -> Int {
        switch month {
        case 4, 6, 9, 11: return 30
        case 2:
            guard let year else { return 29 }
            return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: return 31
        }
    }

    /// `hh:mm`, `hh:mm:ss` or that with a fraction.
    mutating func time() -> LocalTimeParts? {
        guard let hour = two(0...23), take(":"), let minute = two(0...59) else { return nil }
        guard take(":") else { return LocalTimeParts(hour: hour, minute: minute, second: 0, nano: 0) }
        guard let second = two(0...59) else { return nil }
        guard take(".") else { return LocalTimeParts(hour: hour, minute: minute, second: second, nano: 0) }
        return nano().map { LocalTimeParts(hour: hour, minute: minute, second: second, nano: $0) }
    }

    /// One to nine digits behind the point.
    mutating func nano() -> Int? {
        let digits = digits()
        guard (1...9).contains(digits.count) else { return nil }
        return Self.number(digits + Array(repeating: 0x30, count: 9 - digits.count))
    }

    /// `Z`, `±hh:mm` or `±hh:mm:ss`, eighteen hours at most.
    mutating func offset() -> Int? {
        if take("Z") { return 0 }
        let isNegative = take("-")
        guard isNegative || take("+"), let hours = two(0...18), take(":"), let minutes = two(0...59) else {
            return nil
        }
        var seconds = hours * 3600 + minutes * 60
        if take(":") {
            guard let more = two(0...59) else { return nil }
            seconds += more
        }
        guard seconds <= 64800 else { return nil }
        return isNegative ? -seconds : seconds
    }

    /// A number with or without a sign, and the letter behind it; nil where there is none, and the position is as before.
    mutating func amount(_ unit: Unicode.Scalar) -> Int64? {
        let start = position
        let isNegative = take("-")
        if !isNegative { _ = take("+") }
        let digits = digits()
        guard take(unit), let number = Int64((isNegative ? "-" : "") + String(decoding: digits, as: UTF8.self)) else {
            position = start
            return nil
        }
        return number
    }

    /// The seconds of a duration: a number with or without a sign and a fraction.
    mutating func seconds() -> (seconds: Int64, nano: Int64)? {
        let start = position
        let isNegative = take("-")
        if !isNegative { _ = take("+") }
        let whole = digits()
        var fraction = 0
        if take(".") {
            guard let digits = nano() else { return nil }
            fraction = digits
        }
        guard take("S"), let number = Int64((isNegative ? "-" : "") + String(decoding: whole, as: UTF8.self)) else {
            position = start
            return nil
        }
        return (number, Int64(isNegative ? -fraction : fraction))
    }
}

/// A time of the day.
struct LocalTimeParts {
    let hour: Int
    let minute: Int
    let second: Int
    let nano: Int

    var secondOfDay: Int { hour * 3600 + minute * 60 + second }
}
