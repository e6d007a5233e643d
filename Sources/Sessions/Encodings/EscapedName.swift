/// Names of sessions, keys and attributes as people see them and type them again.
///
/// Names are bytes. What is no UTF-8 in them is shown as `\xff`, and a terminal is shown all that could drive it in the
/// same way; whatever was shown is understood when it is typed.
public enum EscapedName {
    /// The name as text: UTF-8 as it is, other bytes as `\xff`, unpaired surrogates as `\ud83d`.
    public static func text(of name: [UInt8]) -> String {
        if let whole = try? UTF8Span(validating: name.span) { return String(copying: whole) }
        var text = ""
        var rest = name[...]
        while let byte = rest.first {
            var position = 0
            if let character = (1...4).lazy.compactMap({ String(validating: rest.prefix($0), as: UTF8.self) }).first {
                text += character
                rest = rest.dropFirst(character.utf8.count)
            } else if let scalar = WTF8.scalar(in: Array(rest.prefix(3)), at: &position), 0xd800...0xdfff ~= scalar {
                text += "\\u" + String(scalar, radix: 16)
                rest = rest.dropFirst(position)
            } else {
                text += "\\x" + Hexadecimal.encode([byte])
                rest.removeFirst()
            }
        }
        return text
    }

    /// The names that `text` may mean, first the one that is written there: with `\xff`, `\n`, `\u202e` and
    /// `\u{e0041}` for what they stand for, once with `\\` as one backslash and once as it is; and what is behind
    /// `$base64:`, as JSON writes names.
    public static func readings(of text: String) -> [[UInt8]] {
        var readings = [Array(text.utf8)]
        if text.hasPrefix(base64Mark), let name = try? Base64.decode(Array(text.utf8.dropFirst(base64Mark.utf8.count)))
        {
            readings.append(name)
        }
        guard text.utf8.contains(UInt8(ascii: "\\")) else { return readings }
        for joinsBackslashes in [true, false] {
            let name = unescaped(Array(text.utf8), joinsBackslashes: joinsBackslashes)
            if !readings.contains(name) { readings.append(name) }
        }
        return readings
    }

    private static let base64Mark = JSONWriter.base64Name + ":"

    /// A backslash that begins no escape stands for itself.
    private static func unescaped(_ text: [UInt8], joinsBackslashes: Bool) -> [UInt8] {
        var name: [UInt8] = []
        var rest = text[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let kind = rest.first else {
                name.append(byte)
                continue
            }
            if kind == UInt8(ascii: "\\") {
                name.append(byte)
                if joinsBackslashes { rest.removeFirst() }
            } else if !appendEscape(kind, &rest, to: &name) {
                name.append(byte)
            }
        }
        return name
    }

    /// Takes the escape that begins with `kind` from `rest`; false, and nothing taken, where there is none.
    private static func appendEscape(_ kind: UInt8, _ rest: inout ArraySlice<UInt8>, to name: inout [UInt8]) -> Bool {
        let behind = rest.dropFirst()
        switch kind {
        case UInt8(ascii: "t"): name.append(0x09)
        case UInt8(ascii: "n"): name.append(0x0a)
        case UInt8(ascii: "r"): name.append(0x0d)
        case UInt8(ascii: "x"):
            guard let byte = number(behind.prefix(2), digits: 2...2) else { return false }
            name.append(UInt8(truncatingIfNeeded: byte))
            rest = behind.dropFirst(2)
            return true
        case UInt8(ascii: "u"): return appendCharacter(behind, &rest, to: &name)
        default: return false
        }
        rest = behind
        return true
    }

    /// `202e` or `{e0041}`.
    private static func appendCharacter(
        _ behind: ArraySlice<UInt8>, _ rest: inout ArraySlice<UInt8>, to name: inout [UInt8]
    ) -> Bool {
        if let scalar = number(behind.prefix(4), digits: 4...4) {
            WTF8.append(scalar, to: &name)
            rest = behind.dropFirst(4)
            return true
        }
        guard behind.first == UInt8(ascii: "{"), let end = behind.prefix(8).firstIndex(of: UInt8(ascii: "}")),
            let scalar = number(behind[..<end].dropFirst(), digits: 1...6), scalar <= 0x10ffff
        else { return false }
        WTF8.append(scalar, to: &name)
        rest = behind[end...].dropFirst()
        return true
    }

    private static func number(_ text: ArraySlice<UInt8>, digits: ClosedRange<Int>) -> UInt32? {
        guard digits.contains(text.count) else { return nil }
        var number: UInt32 = 0
        for byte in text {
            guard let digit = Hexadecimal.value(of: byte) else { return nil }
            number = number << 4 | UInt32(digit)
        }
        return number
    }
}
