/// Makes text from outside safe for a terminal: the only way by which data may reach one.
///
/// What comes out is valid UTF-8 without control characters, without anything that reorders, hides or joins text
/// (bidirectional controls, zero-width characters, joiners, tags, fillers, line separators, noncharacters),
/// and with at most six marks on a letter. What was there instead is shown: `\n`, `\x1b`, `\u202e`, and `\xff` for a
/// byte that is no UTF-8. Emoji joined by U+200D are shown side by side with `\u200d` between them, because terminals
/// do not agree on their width.
///
///     TerminalText.escape("a\u{1b}[2Jb")   // a\x1b[2Jb
package enum TerminalText {
    /// Text that is shown where something was cut off.
    static let ellipsis = "…"

    /// Escapes a string.
    package static func escape(_ text: String, as form: EscapeForm = .terminal, keepLines: Bool = false) -> String {
        if form != .reversible, text.utf8.allSatisfy({ 0x20...0x7E ~= $0 }) { return text }
        return escape(bytes: Array(text.utf8), as: form, keepLines: keepLines)
    }

    /// Escapes bytes that should be UTF-8 and may be anything.
    ///
    /// With `keepLines` line feeds stay, for text that is shown as several lines.
    package static func escape(bytes: [UInt8], as form: EscapeForm = .terminal, keepLines: Bool = false) -> String {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        append(bytes, as: form, keepLines: keepLines, to: &output)
        return String(decoding: output, as: UTF8.self)
    }

    /// Appends the escaped form of `bytes`, for output that is not gathered in strings.
    package static func append(
        _ bytes: [UInt8], as form: EscapeForm = .terminal, keepLines: Bool = false, to output: inout [UInt8]
    ) {
        // Nearly all text is plain: it is looked over once and taken whole.
        guard plainRun(bytes, from: 0, form: form) < bytes.count else { return output.append(contentsOf: bytes) }
        var scanner = TextScanner()
        var index = 0
        while index < bytes.count {
            let plain = plainRun(bytes, from: index, form: form)
            if plain > index + 1 {
                // The last character of the run goes through the scanner, which must know it when a mark follows.
                output += bytes[index..<plain - 1]
                index = plain - 1
            }
            if keepLines, bytes[index] == 0x0A {
                output.append(0x0A)
                scanner.breakCluster()
                index += 1
            } else {
                index += appendStep(scanner.step(bytes, at: index), of: bytes, at: index, as: form, to: &output).bytes
            }
        }
    }

    /// The end of the printable ASCII that begins at `start`.
    private static func plainRun(_ bytes: [UInt8], from start: Int, form: EscapeForm) -> Int {
        let bytes = bytes.span
        var end = start
        while end &+ 8 <= bytes.count,
            isPlain(bytes.bytes.unsafeLoadUnaligned(fromByteOffset: end, as: UInt64.self), form)
        {
            end &+= 8
        }
        while end < bytes.count, 0x20...0x7E ~= bytes[end], bytes[end] != 0x5C || form != .reversible { end &+= 1 }
        return end
    }

    /// Whether eight bytes are all printable ASCII that stays as it is.
    private static func isPlain(_ word: UInt64, _ form: EscapeForm) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        func hasZero(_ word: UInt64) -> UInt64 { (word &- ones) & ~word }
        var found = word | ((word &- ones &* 0x20) & ~word) | hasZero(word ^ (ones &* 0x7F))
        if form == .reversible { found |= hasZero(word ^ (ones &* 0x5C)) }
        return found & (ones &* 0x80) == 0
    }

    /// Appends one character in its safe form and says how many bytes it was and how many columns it is.
    static func appendStep(
        _ step: TextScanner.Step, of bytes: [UInt8], at index: Int, as form: EscapeForm, to output: inout [UInt8]
    ) -> (bytes: Int, columns: Int) {
        let before = output.count
        switch step {
        case .shown(1, _) where bytes[index] == 0x5C && form == .reversible:
            form.append(scalar: 0x5C, to: &output)
            return (1, 2)
        case .shown(let length, let columns):
            output += bytes[index..<index + length]
            return (length, columns)
        case .hidden(let scalar, let length):
            form.append(scalar: scalar, to: &output)
            return (length, output.count - before)
        case .invalid(let byte):
            form.append(invalidByte: byte, to: &output)
            return (1, output.count - before)
        }
    }
}
