/// Finds the private members of JSON Web Keys inside of other text: behind a word, in front of one, and in JSON that stands as text in
/// other JSON, with its quotes escaped, however often, as `\"` or `\u0022`.
///
/// It does not ask which braces belong together: in text that has a key type, whatever is called like a private member is one. Each byte
/// is looked at a few times at most.
package struct PrivateKeyMembers {
    private let text: [UInt8]
    private var isKey = false
    private var hasOtherPrimes = false
    private var members: [Range<Int>] = []
    /// Of `oth` alone: any other `r` or `t` is no secret.
    private var primes: [Range<Int>] = []

    /// The values of the private members in `text`, without quotes, in order.
    package static func places(in text: [UInt8]) -> [Range<Int>] {
        guard text.contains(UInt8(ascii: ":")) else { return [] }
        var search = PrivateKeyMembers(EscapedQuotes.plain(text))
        search.run()
        guard search.isKey else { return [] }
        let found = search.members + (search.hasOtherPrimes ? search.primes : [])
        return found.sorted { $0.lowerBound < $1.lowerBound }
    }

    private init(_ text: [UInt8]) { self.text = text }

    private mutating func run() {
        var position = 0
        while let colon = text[position...].firstIndex(of: UInt8(ascii: ":")) {
            position = colon + 1
            guard let name = name(before: colon), let start = Self.start(behind: colon, in: text) else { continue }
            if name == PrivateKeyText.otherPrimes, text[start] == UInt8(ascii: "[") { hasOtherPrimes = true }
            guard name == PrivateKeyText.keyType || PrivateKeyText.isPart(name), let value = string(from: start) else {
                continue
            }
            take(value, of: name)
            position = max(position, value.upperBound)
        }
    }

    private mutating func take(_ value: Range<Int>, of name: String) {
        if name == PrivateKeyText.keyType {
            isKey = isKey || !value.isEmpty
        } else if !value.isEmpty {
            if PrivateKeyText.members.contains(name) { members.append(value) } else { primes.append(value) }
        }
    }

    // MARK: Names and values

    /// Longer names are of no key, also where each character is an escape.
    private static let longestName = 64

    private static func isQuote(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") }

    /// Whether a name in quotes may stand in front of the colon.
    static func mayBeBehindName(_ colon: Int, in text: borrowing Span<UInt8>) -> Bool {
        var end = colon
        while end > 0, Hexadecimal.isSpace(text[end - 1]), colon - end < 4 { end -= 1 }
        return end > 0
            && (isQuote(text[end - 1]) || Hexadecimal.isSpace(text[end - 1]) || EscapedQuotes.mayEnd(at: end, in: text))
    }

    /// The name in quotes in front of the colon; nil where there is none.
    private func name(before colon: Int) -> String? {
        let end = text[..<colon].lastIndex { !Hexadecimal.isSpace($0) }
        guard let end, Self.isQuote(text[end]) else { return nil }
        let last = text[..<end].suffix(Self.longestName).lastIndex { $0 != UInt8(ascii: "\\") }
        guard let last else { return nil }
        let name = text[...last].suffix(Self.longestName)
        guard let quote = name.lastIndex(where: { Self.isQuote($0) }) else { return nil }
        return Self.unescaped(name[(quote + 1)...])
    }

    /// Where something begins behind the colon.
    private static func start(behind colon: Int, in text: [UInt8]) -> Int? {
        text[(colon + 1)...].firstIndex { !Hexadecimal.isSpace($0) }
    }

    /// The inside of the string whose quote, with its escapes, stands at `start`. It ends at a quote that is escaped no deeper.
    private func string(from start: Int) -> Range<Int>? {
        guard let quote = text[start...].firstIndex(where: { $0 != UInt8(ascii: "\\") }), Self.isQuote(text[quote])
        else {
            return nil
        }
        var escapes = 0
        for index in text.indices[(quote + 1)...] {
            if text[index] == text[quote], escapes <= quote - start { return quote + 1..<index - escapes }
            escapes = text[index] == UInt8(ascii: "\\") ? escapes + 1 : 0
        }
        return quote + 1..<text.count
    }

    /// A name without escapes, such as `\u006b`, whatever number of backslashes they have.
    private static func unescaped(_ name: ArraySlice<UInt8>) -> String {
        var result: [UInt8] = []
        var rest = name
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                result.append(byte)
                continue
            }
            rest = rest.drop { $0 == UInt8(ascii: "\\") }
            guard rest.first == UInt8(ascii: "u"), rest.count > 4 else { continue }
            let digits = String(decoding: rest.dropFirst().prefix(4), as: UTF8.self)
            guard let value = UInt8(digits, radix: 16) else { continue }
            result.append(value)
            rest = rest.dropFirst(5)
        }
        return String(decoding: result, as: UTF8.self)
    }
}
