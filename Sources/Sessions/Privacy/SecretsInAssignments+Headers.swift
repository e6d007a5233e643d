/// Secrets behind a name and a colon (`password: x`, `{'password': 'x'}`, `Authorization: Bearer x`, RFC 9110 §5), and in elements of
/// XML.
extension SecretsInAssignments {
    /// The name before the colon at `colon`, without quotes; empty where there is none, as in URLs, in keys with colons and in
    /// lines of programs (`Token.java:12`).
    static func name(beforeColon colon: Int, in text: borrowing Span<UInt8>) -> Range<Int> {
        guard colon > 2, colon + 1 < text.count, text[colon + 1] != 0x2F, text[colon + 1] != 0x3A else { return 0..<0 }
        var end = colon
        while end > 2, colon - end < 4, isBlank(text[end - 1]) { end -= 1 }
        let quote = text[end - 1]
        let isQuoted = quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"")
        if isQuoted { end -= 1 }
        // Escaped quotes of JSON in JSON.
        while isQuoted, end > 1, text[end - 1] == UInt8(ascii: "\\") { end -= 1 }
        var start = end
        var hasDot = false
        while start > 0, isNameByte(text[start - 1]) {
            start -= 1
            if text[start] == UInt8(ascii: ".") { hasDot = true }
            guard end - start <= longestName else { return 0..<0 }
        }
        guard start < end, !hasDot || (0x61...0x7A).contains(text[start]) else { return 0..<0 }
        guard start > 0 else { return isQuoted ? 0..<0 : start..<end }
        if isQuoted { return text[start - 1] == quote ? start..<end : 0..<0 }
        let before = text[start - 1]
        return before <= 0x20 || "{[(,;\"'|>*&".utf8.contains(before) ? start..<end : 0..<0
    }

    /// Tags are shorter, with all their attributes; others are not looked for.
    private static let longestTag = 256

    /// The name of the element whose opening tag ends at `index`, without the prefix of its namespace; else empty.
    static func element(endingAt index: Int, in text: borrowing Span<UInt8>) -> Range<Int> {
        var tag = index
        while tag > 0, index - tag < longestTag, text[tag - 1] != UInt8(ascii: "<"), text[tag - 1] != UInt8(ascii: ">")
        {
            tag -= 1
        }
        guard tag > 0, tag < index, text[tag - 1] == UInt8(ascii: "<"), text[index - 1] != UInt8(ascii: "/") else {
            return 0..<0
        }
        var start = tag
        var end = tag
        while end < index, isNameByte(text[end]) || text[end] == UInt8(ascii: ":") {
            end += 1
            if text[end - 1] == UInt8(ascii: ":") { start = end }
        }
        return end == index || isSpace(text[end]) ? start..<end : 0..<0
    }

    mutating func findHeaders() {
        var position = 0
        while let colon = text[position...].firstIndex(of: UInt8(ascii: ":")) {
            position = colon + 1
            let name = Self.name(beforeColon: colon, in: text.span)
            guard isSecret(name), !isProse(from: position), let place = headerValue(from: position, name),
                !isProse(place, behind: name)
            else { continue }
            found.append(place)
            position = max(position, place.upperBound)
        }
    }

    private func headerValue(from start: Int, _ name: Range<Int>) -> Range<Int>? {
        let word = String(decoding: text[name], as: UTF8.self).lowercased()
        let isAuthorization = word == "authorization" || word == "proxy-authorization"
        if isAuthorization, let place = parameters(from: start, name) { return place }
        // A cookie is one of several in the line.
        if word == "cookie" || word == "set-cookie" { return value(from: start, end: .header) }
        let isLine = name.lowerBound == 0 || text[name.lowerBound - 1] == 0x0A
        guard let place = value(from: start, end: isLine ? .line : end(ofValueNamed: name)) else { return nil }
        return isAuthorization ? withScheme(place) : place
    }

    /// Schemes with parameters, of which several are secret (RFC 7616 §3.4).
    private static let schemesWithParameters = ["digest ", "oauth ", "hawk ", "aws4-hmac-sha256 "].map {
        Array($0.utf8)
    }

    /// What stands behind such a scheme, to the end of the line or to the quote that stands before the name.
    private func parameters(from start: Int, _ name: Range<Int>) -> Range<Int>? {
        guard let first = text[start...].firstIndex(where: { !Self.isBlank($0) }) else { return nil }
        let isOne = Self.schemesWithParameters.contains { scheme in
            text[first...].prefix(scheme.count).map { $0 | 0x20 } == scheme
        }
        guard isOne else { return nil }
        let quote = name.lowerBound > 0 ? text[name.lowerBound - 1] : 0
        let isQuoted = quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"")
        let end = text[first...].firstIndex { End.header.isReached(at: $0) || isQuoted && $0 == quote } ?? text.count
        return first..<end
    }

    /// With the word behind, where the place is that of a scheme alone.
    private func withScheme(_ place: Range<Int>) -> Range<Int> {
        let scheme = String(decoding: text[place], as: UTF8.self).lowercased()
        guard ["bearer", "basic", "digest", "token", "negotiate"].contains(scheme), place.upperBound < text.count,
            let next = value(from: place.upperBound, end: .word)
        else { return place }
        return place.lowerBound..<next.upperBound
    }

    /// Words that people write behind the name and a colon and that are no secrets: what is wrong with it, or what may be done.
    private static let prose: Set<String> = [
        "must", "is", "was", "has", "may", "should", "cannot", "not", "no", "yes", "none", "nil", "required", "expired",
        "invalid", "missing", "wrong", "enabled", "disabled", "read", "write", "list", "create", "update", "delete",
        "reset", "change", "manage", "revoke", "admin",
    ]

    /// Whether a word of prose and a space stand there, in quotes or brackets perhaps. Where the value would end is not asked: a text
    /// of such words would be gone through to its end for each of them.
    private func isProse(from start: Int) -> Bool {
        guard var first = text[start...].firstIndex(where: { !Self.isBlank($0) }) else { return false }
        if "\"'[{(".utf8.contains(text[first]) { first += 1 }
        let word = text[first...].prefix(Self.longestName).prefix { (0x61...0x7A).contains($0 | 0x20) }
        if word.isEmpty { return isDuration(from: first) }
        return word.endIndex < text.count && Self.isSpace(text[word.endIndex])
            && Self.prose.contains(String(decoding: word, as: UTF8.self).lowercased())
    }

    private static let units = ["second", "minute", "hour", "day", "week", "month", "year"].map { Array($0.utf8) }

    /// Whether a number and a unit stand there: `5 minutes`.
    private func isDuration(from first: Int) -> Bool {
        let digits = text[first...].prefix(4).prefix { (0x30...0x39).contains($0) }
        guard !digits.isEmpty, digits.endIndex < text.count, Self.isBlank(text[digits.endIndex]) else { return false }
        return Self.units.contains { text[(digits.endIndex + 1)...].starts(with: $0) }
    }

    private func isProse(_ place: Range<Int>, behind name: Range<Int>) -> Bool {
        let first = text[place].prefix { (0x61...0x7A).contains($0 | 0x20) }
        // The whole word, as in `token:read`, and no password that begins so.
        if first.endIndex == place.upperBound, first.count <= Self.longestName,
            Self.prose.contains(String(decoding: first, as: UTF8.self).lowercased())
        {
            return true
        }
        // Cookies of a shop have no `=`.
        let word = String(decoding: text[name], as: UTF8.self)
        if first.endIndex == place.upperBound, word == "cookies" || word == "cookie" { return true }
        // `pass: 12, fail: 0` counts.
        return name.count == 4 && text[place].allSatisfy { (0x30...0x39).contains($0) || $0 <= 0x20 }
    }

    mutating func findElements() {
        var position = 0
        while let sign = text[position...].firstIndex(of: UInt8(ascii: ">")) {
            position = sign + 1
            guard isSecret(Self.element(endingAt: sign, in: text.span)), let place = content(from: position) else {
                continue
            }
            found.append(place)
            position = place.upperBound
        }
    }

    private static let dataStart = Array("<![CDATA[".utf8)

    /// The text behind an opening tag, perhaps a section of character data (XML 1.0 §2.7).
    private func content(from start: Int) -> Range<Int>? {
        let first = text[start...].firstIndex { !Self.isSpace($0) } ?? text.count
        guard text[first...].starts(with: Self.dataStart) else { return value(from: start, end: .element) }
        let begin = first + Self.dataStart.count
        var end = begin
        while end < text.count, !text[end...].starts(with: "]]>".utf8) { end += 1 }
        return begin < end ? begin..<end : nil
    }
}
