/// Quotes and backslashes of JSON that are written by their numbers (RFC 8259 §7): `\u0022`, `\u0027` and `\u005c`.
enum EscapedQuotes {
    private static let backslash = UInt8(ascii: "\\")

    /// Text of the same length in which such a quote is a plain one behind as many backslashes as it took more, and such a backslash is
    /// several: what is found in it is in the same place as in `text`.
    static func plain(_ text: [UInt8]) -> [UInt8] {
        var plain = text
        var index = 0
        while let start = plain[index...].firstIndex(of: backslash) {
            index = start
            while index < plain.count, plain[index] == backslash { index += 1 }
            // A backslash that is one by its number may be the beginning of the next.
            while let byte = byte(at: index, in: plain) {
                for place in index..<index + 5 { plain[place] = backslash }
                index += 5
                guard byte == backslash else {
                    plain[index - 1] = byte
                    break
                }
                while index < plain.count, plain[index] == backslash { index += 1 }
            }
        }
        return plain
    }

    /// The quote or backslash whose number stands behind a backslash.
    private static func byte(at index: Int, in text: [UInt8]) -> UInt8? {
        let number = text[index...].prefix(5)
        if number.elementsEqual("u0022".utf8) { return UInt8(ascii: "\"") }
        if number.elementsEqual("u0027".utf8) { return UInt8(ascii: "'") }
        return number.elementsEqual("u005c".utf8) || number.elementsEqual("u005C".utf8) ? backslash : nil
    }

    /// Whether a quote by its number may end in front of `end`.
    static func mayEnd(at end: Int, in text: borrowing Span<UInt8>) -> Bool {
        guard end > 5 else { return false }
        let last = text[end - 1]
        return (last == UInt8(ascii: "2") || last == UInt8(ascii: "7")) && text[end - 2] == UInt8(ascii: "2")
            && text[end - 3] == UInt8(ascii: "0") && text[end - 5] == UInt8(ascii: "u")
    }
}
