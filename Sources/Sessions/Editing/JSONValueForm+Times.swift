import JavaSerialization

/// Times as Jackson writes them (session-formats, ch. 5.3): dates as milliseconds since 1970 unless it was told to write text
/// (`WRITE_DATES_AS_TIMESTAMPS`), which the values of the session show.
extension JSONValueForm {
    private static let dates = [JavaValueType.date.className, JavaValueType.timestamp.className]

    /// A date that was written as RFC 3339 has it, or as milliseconds since 1970.
    ///
    /// - Parameter present: the date that stands at the place.
    func date(_ text: String, _ type: JavaValueType, like present: JSONNode?) throws(EditError) -> [UInt8] {
        let present = present ?? style.example(ofClasses: [type.className]) ?? style.example(ofClasses: Self.dates)
        if let form = present?.string { return quoted(try date(text, like: form)) }
        return try milliseconds(text).decimal
    }

    private func milliseconds(_ text: String) throws(EditError) -> Int64 {
        // JSON holds no parts of milliseconds, also of a Timestamp.
        try check(text, .date)
        if let time = Int64(text) { return time }
        do throws(SessionError) {
            return try RFC3339.milliseconds(text)
        } catch {
            throw EditError(place, text, "'\(text)' is no time: \(error)")
        }
    }

    /// A date as text, in UTC, in the form of one that is there.
    func date(_ text: String, like present: JSONString) throws(EditError) -> String {
        let form = Self.shape(present.bytes)
        if Self.shape(Array(text.utf8)) == form { return text }
        let time = RFC3339.text(milliseconds: try milliseconds(text)).dropLast()
        for zone in ["Z", "+00:00", "+0000"] where Self.shape(Array((time + zone).utf8)) == form { return time + zone }
        throw EditError("\(place) holds a date as text: write it in the same form as the one that is there")
    }

    /// Which characters are digits, signs or letters, and how many there are.
    private static func shape(_ text: [UInt8]) -> [UInt8] {
        text.map { byte in
            switch byte {
            case 0x30...0x39: UInt8(ascii: "0")
            case UInt8(ascii: "-"): UInt8(ascii: "+")
            default: byte
            }
        }
    }

    // MARK: java.time

    /// A value of `java.time` in the form in which the session has another of its class. Without one nobody knows whether its Jackson
    /// reads them at all: that takes a module (`JavaTimeModule`).
    func time(_ text: String, _ type: JavaValueType, like present: JSONNode?) throws(EditError) -> [UInt8] {
        guard let present = present ?? style.example(ofClasses: [type.className]) else {
            throw EditError(
                "\(place): the session has no \(type.className) in its JSON, which would show in which form its library reads one: "
                    + "write JSON that is in this form and names the class")
        }
        switch (present.value, type) {
        case (.string, _): return quoted(text)
        case (.number(let number), .instant):
            if let seconds = Self.seconds(text, isFraction: Array(number.text.utf8)[...].isFraction) { return seconds }
        case (.number, .year): return try number(text)
        case (.array, .localDate), (.array, .localTime), (.array, .localDateTime):
            if let parts = Self.parts(text) { return parts }
        default: break
        }
        throw EditError("\(place): write the \(type.className) as JSON, in the form of the one that is there")
    }

    /// Seconds since 1970 with nine digits behind the point, or whole milliseconds.
    private static func seconds(_ text: String, isFraction: Bool) -> [UInt8]? {
        guard let time = try? RFC3339.milliseconds(text), time >= 0 else { return nil }
        guard isFraction else { return time.decimal }
        let digits = text.split(separator: ".").dropFirst().first?.prefix { $0.isNumber }.prefix(9) ?? ""
        return (time / 1000).decimal + Array(".".utf8) + digits.utf8
            + [UInt8](repeating: UInt8(ascii: "0"), count: 9 - digits.utf8.count)
    }

    /// `[year,month,day,hour,minute,second,nano]`, as far as the text has them.
    private static func parts(_ text: String) -> [UInt8]? {
        let parts = text.split { "-T:.".contains($0) }
        var numbers = parts.compactMap { Int64($0) }
        guard numbers.count == parts.count, !text.hasPrefix("-"), !text.hasPrefix("+") else { return nil }
        if text.contains("."), let digits = parts.last, digits.count <= 9 {
            numbers[numbers.count - 1] = numbers[numbers.count - 1] * powerOfTen(9 - digits.count)
        }
        return Array("[".utf8) + numbers.map(\.decimal).joined(separator: Array(",".utf8)) + Array("]".utf8)
    }

    private static func powerOfTen(_ exponent: Int) -> Int64 { (0..<exponent).reduce(1) { power, _ in power * 10 } }
}
