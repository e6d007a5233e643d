/// UTF-8 that may also hold unpaired surrogates, each in three bytes (https://simonsapin.github.io/wtf-8).
enum WTF8 {
    /// Appends one code point, surrogates included. A low surrogate right after a high one would have to be joined
    /// with it first (`scalar(high:low:)`).
    static func append(_ scalar: UInt32, to bytes: inout [UInt8]) {
        switch scalar {
        case ..<0x80:
            bytes.append(UInt8(scalar))
        case ..<0x800:
            bytes.append(UInt8(0xc0 | scalar >> 6))
            bytes.append(tail(scalar, 0))
        case ..<0x10000:
            bytes.append(UInt8(0xe0 | scalar >> 12))
            bytes.append(tail(scalar, 6))
            bytes.append(tail(scalar, 0))
        default:
            bytes.append(UInt8(0xf0 | scalar >> 18 & 7))
            bytes.append(tail(scalar, 12))
            bytes.append(tail(scalar, 6))
            bytes.append(tail(scalar, 0))
        }
    }

    private static func tail(_ scalar: UInt32, _ shift: UInt32) -> UInt8 { UInt8(0x80 | scalar >> shift & 0x3f) }

    /// The character of a surrogate pair.
    static func scalar(high: UInt16, low: UInt16) -> UInt32 {
        0x10000 + (UInt32(high) & 0x3ff) << 10 + UInt32(low) & 0x3ff
    }

    /// The code point at `position`, which moves behind it; nil at the end. Bytes that cannot be a code point count as
    /// U+FFFD one by one, so that any bytes can be walked.
    static func scalar(in bytes: [UInt8], at position: inout Int) -> UInt32? {
        guard position < bytes.count else { return nil }
        let first = bytes[position]
        position += 1
        let length: Int
        switch first {
        case ..<0x80: return UInt32(first)
        case 0xc2...0xdf: length = 1
        case 0xe0...0xef: length = 2
        case 0xf0...0xf4: length = 3
        default: return 0xfffd
        }
        guard bytes.count - position >= length else { return 0xfffd }
        var scalar = UInt32(first) & (0x3f >> UInt32(length))
        for byte in bytes[position..<position + length] {
            guard byte & 0xc0 == 0x80 else { return 0xfffd }
            scalar = scalar << 6 | UInt32(byte & 0x3f)
        }
        position += length
        return scalar <= 0x10ffff ? scalar : 0xfffd
    }

    /// The UTF-16 units of text; U+FFFD for what is no WTF-8.
    static func units(of bytes: [UInt8]) -> [UInt16] {
        if let text = String(validating: bytes, as: UTF8.self) { return Array(text.utf16) }
        var units: [UInt16] = []
        var position = 0
        while let scalar = scalar(in: bytes, at: &position) {
            if let character = Unicode.Scalar(scalar) {
                units += Array(String(character).utf16)
            } else {
                units.append(UInt16(truncatingIfNeeded: scalar))
            }
        }
        return units
    }
}
