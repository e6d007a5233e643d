/// Finds the values of secret names in text: `--password=x` and `--password x` of command lines, `Server=db;Pwd=x;` of connection
/// strings, `User[password=x, …]` as `toString` prints it, `token=x&…` of forms.
///
/// There is no one grammar for it, so what ends a value is told by what stands before its name.
struct SecretsInAssignments {
    let text: [UInt8]
    private let hasSemicolons: Bool
    var found: [Range<Int>] = []

    /// Names of people's making are shorter; Base64 is not taken for one.
    static let longestName = 64

    private init(_ text: [UInt8]) {
        self.text = text
        hasSemicolons = text.contains(UInt8(ascii: ";"))
    }

    /// The places in `text`; options behind all others.
    static func places(in text: [UInt8]) -> [Range<Int>] {
        guard text.contains(where: { "=-:>".utf8.contains($0) }) else { return [] }
        var search = SecretsInAssignments(text)
        search.findAssignments()
        search.findOptions()
        search.findHeaders()
        search.findElements()
        return search.found
    }

    // MARK: Names

    /// The name before the `=` at `sign`; empty where there is none, or no value behind it.
    static func name(before sign: Int, in text: borrowing Span<UInt8>) -> Range<Int> {
        guard sign + 1 < text.count, ![UInt8(ascii: "="), UInt8(ascii: ">")].contains(text[sign + 1]) else {
            return 0..<0
        }
        var end = sign
        while end > 0, sign - end < 4, isBlank(text[end - 1]) { end -= 1 }
        var start = end
        while start > 0, isNameByte(text[start - 1]) {
            start -= 1
            guard end - start <= longestName else { return 0..<0 }
        }
        return start..<end
    }

    /// The name of the option whose first hyphen stands at `index`, with a value in the next word; else empty.
    static func option(at index: Int, in text: borrowing Span<UInt8>) -> Range<Int> {
        guard index + 2 < text.count, text[index + 1] == UInt8(ascii: "-"), index == 0 || isSpace(text[index - 1])
        else {
            return 0..<0
        }
        var end = index + 2
        while end < text.count, isNameByte(text[end]), end - index <= longestName { end += 1 }
        guard end < text.count, isBlank(text[end]) else { return 0..<0 }
        return index + 2..<end
    }

    /// Whether the name is that of Spring Session's cookie: `SESSION`, in capitals.
    static func isSessionCookie(_ name: Range<Int>, in text: borrowing Span<UInt8>) -> Bool {
        guard name.count == 7 else { return false }
        for (offset, byte) in "SESSION".utf8.enumerated() where text[name.lowerBound + offset] != byte { return false }
        return true
    }

    static func isNameByte(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || [0x2D, 0x2E, 0x5F].contains(byte)
    }

    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
    static func isSpace(_ byte: UInt8) -> Bool { byte <= 0x20 }

    func isSecret(_ name: Range<Int>) -> Bool {
        !name.isEmpty && SecretPolicy.mayBeSecret(name: text.span.extracting(name))
            && SecretPolicy.isSecret(name: String(decoding: text[name], as: UTF8.self))
    }

    // MARK: Values

    private mutating func findAssignments() {
        var position = 0
        while let sign = text[position...].firstIndex(of: UInt8(ascii: "=")) {
            position = sign + 1
            let name = Self.name(before: sign, in: text.span)
            let isParameter = Self.isQueryParameter(name, in: text.span)
            guard isParameter || isSecret(name) || Self.isSessionCookie(name, in: text.span),
                let place = value(from: sign + 1, end: isParameter ? .parameter : end(ofValueNamed: name))
            else { continue }
            found.append(place)
            position = max(position, place.upperBound)
        }
    }

    private mutating func findOptions() {
        var position = 0
        while let hyphen = text[position...].firstIndex(of: UInt8(ascii: "-")) {
            position = hyphen + 1
            let name = Self.option(at: hyphen, in: text.span)
            guard isSecret(name), let place = value(from: name.upperBound, end: .space),
                text[place.lowerBound] != UInt8(ascii: "-")
            else { continue }
            found.append(place)
            position = place.upperBound
        }
    }

    /// What ends a value.
    enum End {
        case space, line, semicolon, parameter, item, word, header, element

        func isReached(at byte: UInt8) -> Bool {
            switch self {
            case .space: byte <= 0x20
            case .line: byte == 0x0A || byte == 0x0D || byte == UInt8(ascii: "&")
            case .semicolon: byte == 0x0A || byte == 0x0D || byte == UInt8(ascii: ";")
            case .parameter: byte <= 0x20 || "&;#\"'<>".utf8.contains(byte)
            case .header: byte == 0x0A || byte == 0x0D
            case .element: byte == UInt8(ascii: "<")
            case .item: byte == 0x0A || ",;)]}".utf8.contains(byte)
            case .word: byte <= 0x20 || ",;&)]}\"'<>".utf8.contains(byte)
            }
        }
    }

    func end(ofValueNamed name: Range<Int>) -> End {
        if text[name.lowerBound] == UInt8(ascii: "-") { return .space }
        guard let before = text[..<name.lowerBound].last(where: { $0 > 0x20 }) else {
            return hasSemicolons ? .semicolon : .line
        }
        switch before {
        case UInt8(ascii: ";"): return .semicolon
        case UInt8(ascii: "?"), UInt8(ascii: "&"): return .parameter
        case UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "("), UInt8(ascii: ","): return .item
        default: return .word
        }
    }

    /// The value that begins at `start` or behind blanks there; nil for nothing, for what is no secret, and for what is masked.
    func value(from start: Int, end: End) -> Range<Int>? {
        guard let first = text[start...].firstIndex(where: { !Self.isBlank($0) }) else { return nil }
        let place =
            quoted(from: first)
            ?? first..<(text.indices[first...].first { end.isReached(at: text[$0]) || end == .line && beginsItem($0) }
            ?? text.count)
        guard !place.isEmpty, !Self.isHarmless(text[place]) else { return nil }
        return place
    }

    /// Whether a comma with another name and its value stands there: `password=a, user=b`.
    private func beginsItem(_ index: Int) -> Bool {
        guard text[index] == UInt8(ascii: ",") else { return false }
        let start = text[(index + 1)...].firstIndex { !Self.isBlank($0) } ?? text.count
        let end = text[start...].prefix(Self.longestName).firstIndex { !Self.isNameByte($0) }
        return end.map { $0 > start && "=:".utf8.contains(text[$0]) } ?? false
    }

    /// The inside of quotes or brackets; a quote that is doubled does not end it.
    private func quoted(from first: Int) -> Range<Int>? {
        switch text[first] {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return quoted(by: text[first], from: first + 1)
        case UInt8(ascii: "\\"): return escaped(from: first)
        case UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "("):
            var depth = 0
            for index in first..<text.count {
                if "[{(".utf8.contains(text[index]) { depth += 1 }
                if ")]}".utf8.contains(text[index]) { depth -= 1 }
                if depth == 0 { return first + 1..<index }
            }
            return first + 1..<text.count
        default: return nil
        }
    }

    /// The inside of quotes that are escaped, as in JSON in JSON: `\"x\"`. It ends at a quote that is escaped no deeper.
    private func escaped(from first: Int) -> Range<Int>? {
        let start = text[first...].firstIndex { $0 != UInt8(ascii: "\\") } ?? text.count
        guard start < text.count, text[start] == UInt8(ascii: "\"") else { return nil }
        var index = start + 1
        var escapes = 0
        while index < text.count {
            if text[index] == UInt8(ascii: "\""), escapes <= start - first { return start + 1..<index - escapes }
            escapes = text[index] == UInt8(ascii: "\\") ? escapes + 1 : 0
            index += 1
        }
        return start + 1..<text.count
    }

    private func quoted(by quote: UInt8, from start: Int) -> Range<Int> {
        var index = start
        while index < text.count {
            if text[index] == UInt8(ascii: "\\") {
                index += 1
            } else if text[index] == quote {
                guard index + 1 < text.count, text[index + 1] == quote else { return start..<index }
                index += 1
            }
            index += 1
        }
        return min(start, text.count)..<text.count
    }

    /// Words that stand where no secret is, and masks of others.
    private static func isHarmless(_ value: ArraySlice<UInt8>) -> Bool {
        guard value.count <= 16 else { return value.allSatisfy { $0 == UInt8(ascii: "*") } }
        let word = String(decoding: value, as: UTF8.self)
        return ["null", "true", "false", "PROTECTED", SecretPolicy.mask].contains(word)
            || value.allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
