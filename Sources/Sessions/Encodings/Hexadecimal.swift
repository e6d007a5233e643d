/// Bytes written as hexadecimal digits, two a byte.
public enum Hexadecimal {
    /// The bytes as lower-case digits without separators.
    public static func encode(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        for byte in bytes {
            text.append(digit(byte >> 4))
            text.append(digit(byte & 15))
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes that the digits stand for. Both cases are read, and white space between bytes is passed over.
    ///
    /// - Throws: ``SessionError`` with the offset of the byte that is no digit, or of the digit left alone.
    public static func decode(_ text: some Collection<UInt8>) throws(SessionError) -> [UInt8] {
        var bytes: [UInt8] = []
        var high: (digit: UInt8, offset: Int)?
        var offset = 0
        for byte in text {
            defer { offset += 1 }
            if let first = high {
                guard let low = value(of: byte) else { throw problem(byte, first.offset, offset) }
                bytes.append(first.digit << 4 | low)
                high = nil
            } else if !isSpace(byte) {
                guard let digit = value(of: byte) else { throw problem(byte, nil, offset) }
                high = (digit, offset)
            }
        }
        if let first = high { throw SessionError(.encoding(.oddHexadecimal), offset: first.offset) }
        return bytes
    }

    /// A space within a pair means that the pair's second digit is missing.
    private static func problem(_ byte: UInt8, _ first: Int?, _ offset: Int) -> SessionError {
        if let first, isSpace(byte) { return SessionError(.encoding(.oddHexadecimal), offset: first) }
        return SessionError(.encoding(.notHexadecimal(byte)), offset: offset)
    }

    /// The value of one digit, or nil.
    static func value(of byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }

    /// The lower-case digit for 0 to 15.
    static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? 0x30 + value : 0x61 + value - 10
    }

    /// Space, tab, line feed, carriage return.
    package static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d
    }
}
