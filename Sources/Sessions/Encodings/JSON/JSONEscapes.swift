/// How JSON strings are escaped (RFC 8259 §7).
enum JSONEscapes {
    /// The byte that `\` and this letter stand for; nil for `u` and for letters that are no escape.
    static func meaning(of letter: UInt8) -> UInt8? {
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): letter
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0c
        case UInt8(ascii: "n"): 0x0a
        case UInt8(ascii: "r"): 0x0d
        case UInt8(ascii: "t"): 0x09
        default: nil
        }
    }

    /// The letter of the short escape for a byte, or nil.
    private static func letter(for byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): byte
        case 0x08: UInt8(ascii: "b")
        case 0x0c: UInt8(ascii: "f")
        case 0x0a: UInt8(ascii: "n")
        case 0x0d: UInt8(ascii: "r")
        case 0x09: UInt8(ascii: "t")
        default: nil
        }
    }

    /// Appends WTF-8 text to `output` with the escapes it needs, without quotation marks.
    ///
    /// JSON asks for escapes of quotation mark, backslash and the controls below U+0020. Escaped as well is all that
    /// could drive a terminal or hide in one: DEL, the C1 controls, bidirectional and other format characters, fillers,
    /// line and paragraph separators. An escape means the same to every reader, so nothing is lost.
    static func append(_ text: Span<UInt8>, to output: inout [UInt8]) {
        let plain = isPlain(text)
        text.withUnsafeBufferPointer { bytes in
            if plain {
                output.append(contentsOf: bytes)
            } else {
                appendEscaped(Array(bytes), to: &output)
            }
        }
    }

    /// Whether the text is ASCII without anything to escape, looked at eight bytes at a time.
    static func isPlain(_ text: Span<UInt8>) -> Bool {
        let (bytes, count) = (text.bytes, text.count)
        guard count >= 8 else {
            for offset in 0..<count where !isPlain(bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self)) {
                return false
            }
            return true
        }
        var offset = 0
        while offset &+ 8 < count {
            if isUnusual(word(bytes, offset)) { return false }
            offset &+= 8
        }
        // The last eight, some of them for the second time.
        return !isUnusual(word(bytes, count &- 8))
    }

    @inline(__always)
    private static func word(_ bytes: RawSpan, _ offset: Int) -> UInt64 {
        bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
    }

    /// Whether one of eight bytes is none of the plain ones.
    @inline(__always)
    private static func isUnusual(_ word: UInt64) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highBits: UInt64 = 0x8080_8080_8080_8080
        let control = (word &- ones &* 0x20) & ~word
        let quote = word ^ ones &* 0x22
        let backslash = word ^ ones &* 0x5c
        let delete = word ^ ones &* 0x7f
        let special = ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash) | ((delete &- ones) & ~delete)
        return (word | control | special) & highBits != 0
    }

    private static func appendEscaped(_ text: [UInt8], to output: inout [UInt8]) {
        var plainFrom = 0
        var position = 0
        while position < text.count {
            let start = position
            if isPlain(text[position]) {
                position += 1
                continue
            }
            guard let scalar = WTF8.scalar(in: text, at: &position), mustEscape(scalar) else { continue }
            output.append(contentsOf: text[plainFrom..<start])
            appendEscape(scalar, to: &output)
            plainFrom = position
        }
        output.append(contentsOf: text[plainFrom..<text.count])
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte < 0x7f && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    private static func mustEscape(_ scalar: UInt32) -> Bool {
        guard scalar >= 0xa0 else { return true }
        guard let character = Unicode.Scalar(scalar) else { return true }
        switch character.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: return true
        // What is never seen, such as fillers and joiners; but the selectors that choose an emoji's look stay.
        default: return character.properties.isDefaultIgnorableCodePoint && !(0xfe0e...0xfe0f ~= scalar)
        }
    }

    private static func appendEscape(_ scalar: UInt32, to output: inout [UInt8]) {
        if scalar < 0x80, let letter = letter(for: UInt8(scalar)) {
            output.append(UInt8(ascii: "\\"))
            output.append(letter)
        } else if scalar < 0x10000 {
            appendUnit(scalar, to: &output)
        } else {
            appendUnit(0xd800 + (scalar - 0x10000) >> 10, to: &output)
            appendUnit(0xdc00 + (scalar - 0x10000) & 0x3ff, to: &output)
        }
    }

    private static func appendUnit(_ unit: UInt32, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\\"))
        output.append(UInt8(ascii: "u"))
        for shift in [12, 8, 4, 0] as [UInt32] { output.append(Hexadecimal.digit(UInt8(unit >> shift & 15))) }
    }
}
