/// How a character that must not reach a terminal is written instead.
package enum EscapeForm: Sendable {
    /// For people: `\n`, `\x1b`, `\u202e`, `\u{e0041}`; a backslash of the data stays as it is.
    case terminal
    /// As `terminal`, but a backslash of the data is doubled, so that the text can be turned back.
    case reversible
    /// For text that is JSON already: every escape is `\u` and four digits, so that a JSON parser reads the same
    /// string.
    case json

    /// Appends what stands for `scalar` (a lone surrogate included).
    func append(scalar: UInt32, to output: inout [UInt8]) {
        switch (self, scalar) {
        case (.json, 0x10000...): appendSurrogatePair(scalar, to: &output)
        case (.json, _): appendHex(scalar, digits: 4, after: "\\u", to: &output)
        case (_, 0x09): output += "\\t".utf8
        case (_, 0x0A): output += "\\n".utf8
        case (_, 0x0D): output += "\\r".utf8
        case (_, 0x5C): output += "\\\\".utf8
        case (_, ..<0x80): appendHex(scalar, digits: 2, after: "\\x", to: &output)
        case (_, ..<0x10000): appendHex(scalar, digits: 4, after: "\\u", to: &output)
        default: output += "\\u{\(String(scalar, radix: 16))}".utf8
        }
    }

    /// Appends what stands for a byte that is part of no UTF-8 character.
    ///
    /// JSON text has no such bytes; should one be there, it becomes the lone surrogate U+DC80…U+DCFF that Python uses
    /// for it.
    func append(invalidByte byte: UInt8, to output: inout [UInt8]) {
        switch self {
        case .json: appendHex(0xDC00 + UInt32(byte), digits: 4, after: "\\u", to: &output)
        case .terminal, .reversible: appendHex(UInt32(byte), digits: 2, after: "\\x", to: &output)
        }
    }

    private func appendSurrogatePair(_ scalar: UInt32, to output: inout [UInt8]) {
        let offset = scalar - 0x10000
        appendHex(0xD800 + offset >> 10, digits: 4, after: "\\u", to: &output)
        appendHex(0xDC00 + offset & 0x3FF, digits: 4, after: "\\u", to: &output)
    }

    private func appendHex(_ value: UInt32, digits: Int, after prefix: StaticString, to output: inout [UInt8]) {
        output += prefix.description.utf8
        for place in stride(from: (digits - 1) * 4, through: 0, by: -4) {
            let digit = UInt8(truncatingIfNeeded: value >> UInt32(place)) & 0xF
            output.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
        }
    }
}
