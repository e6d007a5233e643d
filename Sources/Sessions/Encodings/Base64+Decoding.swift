extension Base64 {
    /// The bytes that Base64 text stands for; every deviation from the one right way to write them is an error.
    ///
    /// - Parameters:
    ///   - text: The characters. Offsets in errors count from its first one.
    ///   - alphabet: `.standard` asks for padding, `.url` refuses it.
    ///   - skippingSpace: Whether white space anywhere is passed over, as in text that a mail program or `base64`
    ///     wrapped.
    /// - Throws: ``SessionError`` with the offset of the character that is wrong, or of the end.
    public static func decode(
        _ text: some Collection<UInt8>, _ alphabet: Alphabet = .standard, skippingSpace: Bool = false
    ) throws(SessionError) -> [UInt8] {
        var decoder = Decoder(alphabet: alphabet)
        decoder.bytes.reserveCapacity(text.count / 4 * 3 + 3)
        for byte in text {
            if !(skippingSpace && Hexadecimal.isSpace(byte)) { try decoder.take(byte) }
            decoder.offset += 1
        }
        return try decoder.finish()
    }

    /// The state between two characters.
    private struct Decoder {
        let alphabet: Alphabet
        var bytes: [UInt8] = []
        var offset = 0
        /// The bits of the group so far, and how many characters gave them (0 to 3).
        private var group: UInt32 = 0
        private var filled = 0
        private var padding = 0
        /// Where the last character of the alphabet was, for the complaint about its unused bits.
        private var last = 0

        init(alphabet: Alphabet) { self.alphabet = alphabet }

        mutating func take(_ byte: UInt8) throws(SessionError) {
            if byte == 0x3d { return try takePadding() }
            guard let value = value(of: byte) else { throw error(.notBase64(byte)) }
            guard padding == 0 else { throw error(.base64Padding) }
            group = group << 6 | UInt32(value)
            filled += 1
            last = offset
            if filled == 4 { flush(3) }
        }

        private mutating func takePadding() throws(SessionError) {
            // "xx==" and "xxx=" are the only groups with padding.
            guard alphabet == .standard, filled >= 2, filled + padding < 4 else { throw error(.base64Padding) }
            padding += 1
        }

        mutating func finish() throws(SessionError) -> [UInt8] {
            guard filled != 1 else { throw error(.base64Length) }
            if filled > 0 {
                guard alphabet == .url || filled + padding == 4 else { throw error(.base64Padding) }
                let unused: UInt32 = filled == 2 ? 0b1111 : 0b11
                guard group & unused == 0 else { throw SessionError(.encoding(.base64UnusedBits), offset: last) }
                let count = filled - 1
                group <<= UInt32(6 * (4 - filled))
                flush(count)
            }
            return bytes
        }

        private mutating func flush(_ count: Int) {
            for place in 0..<count { bytes.append(UInt8(group >> UInt32(16 - 8 * place) & 255)) }
            group = 0
            filled = 0
        }

        private func value(of byte: UInt8) -> UInt8? {
            switch byte {
            case 0x41...0x5a: byte - 0x41
            case 0x61...0x7a: byte - 0x61 + 26
            case 0x30...0x39: byte - 0x30 + 52
            case 0x2b where alphabet == .standard, 0x2d where alphabet == .url: 62
            case 0x2f where alphabet == .standard, 0x5f where alphabet == .url: 63
            default: nil
            }
        }

        private func error(_ problem: EncodingProblem) -> SessionError {
            SessionError(.encoding(problem), offset: offset)
        }
    }
}
