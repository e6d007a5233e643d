/// Bytes written as Base64 (RFC 4648), in either alphabet.
public enum Base64 {
    /// Which 64 characters, and whether `=` fills the last group.
    public enum Alphabet: Hashable, Sendable {
        /// `A–Z a–z 0–9 + /`, padded to groups of four (RFC 4648 §4).
        case standard
        /// `A–Z a–z 0–9 - _`, never padded, as tokens use it (RFC 4648 §5, RFC 7515 §2).
        case url
    }

    /// The bytes as Base64 text: padded in the standard alphabet, bare in the other.
    public static func encode(_ bytes: [UInt8], _ alphabet: Alphabet = .standard) -> String {
        var text: [UInt8] = []
        append(bytes, alphabet, to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// Appends the Base64 of `bytes` to `text`, which grows by at most four bytes for every three begun.
    static func append(_ bytes: [UInt8], _ alphabet: Alphabet, to text: inout [UInt8]) {
        text.reserveCapacity(text.count + (bytes.count + 2) / 3 * 4)
        var index = 0
        while index < bytes.count {
            let left = bytes.count - index
            let second = left > 1 ? bytes[index + 1] : 0
            let third = left > 2 ? bytes[index + 2] : 0
            let group = UInt32(bytes[index]) << 16 | UInt32(second) << 8 | UInt32(third)
            for place in 0..<min(left + 1, 4) {
                text.append(character(UInt8(group >> UInt32(18 - 6 * place) & 63), alphabet))
            }
            if alphabet == .standard, left < 3 { text.append(contentsOf: repeatElement(0x3d, count: 3 - left)) }
            index += 3
        }
    }

    private static func character(_ value: UInt8, _ alphabet: Alphabet) -> UInt8 {
        switch value {
        case 0..<26: 0x41 + value
        case 26..<52: 0x61 + value - 26
        case 52..<62: 0x30 + value - 52
        case 62: alphabet == .url ? 0x2d : 0x2b
        default: alphabet == .url ? 0x5f : 0x2f
        }
    }
}

extension Base64 {
    /// Whether a byte is one of the 64 characters of the URL alphabet.
    static func isURLCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x5f: true
        default: false
        }
    }
}
