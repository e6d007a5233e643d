// Nearly no name and nearly no text is secret, and lists look at all of them: these say no without a copy. What they do not
// say no to is judged by `SecretPolicy`.

extension SecretPolicy {
    /// False where no word that makes a name secret can be in this one.
    static func mayBeSecret(name: Span<UInt8>) -> Bool {
        let beginnings = wordBeginnings
        var previous = 26
        for index in name.indices {
            guard name[index] < 0x80 else { return true }
            let letter = Int(name[index] | 0x20) - 0x61
            guard (0..<26).contains(letter) else { continue }
            if previous < 26, beginnings[previous * 26 + letter] { return true }
            previous = letter
        }
        return false
    }

    /// For each pair of letters whether a word begins with it.
    private static let wordBeginnings: [Bool] = words.reduce(into: Array(repeating: false, count: 26 * 26)) {
        let letters = $1.utf8.prefix(2).map { Int($0) - 0x61 }
        $0[letters[0] * 26 + letters[1]] = true
    }

    /// False where the text neither begins as secrets and JSON do nor has a URL in it. Takes modified UTF-8 too.
    static func mayHoldSecret(_ text: Span<UInt8>) -> Bool {
        guard !text.isEmpty else { return false }
        return beginsUnusually[Int(text[0])] || mayHoldURL(text.bytes)
    }

    private static let beginsUnusually: [Bool] = (0...255).map { byte in
        byte <= 0x20 || "{[e".utf8.contains(byte) || beginnings.contains { $0[0] == byte }
    }

    /// Whether a colon stands before two slashes; eight bytes at a time.
    private static func mayHoldURL(_ text: RawSpan) -> Bool {
        let colons: UInt64 = 0x3a3a_3a3a_3a3a_3a3a
        var offset = 0
        while offset &+ 8 <= text.byteCount {
            let word = text.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self) ^ colons
            if (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080 != 0, hasURL(text, offset) {
                return true
            }
            offset &+= 8
        }
        return hasURL(text, offset)
    }

    /// Whether `://` begins in the eight bytes from `start` on.
    private static func hasURL(_ text: RawSpan, _ start: Int) -> Bool {
        func byte(_ offset: Int) -> UInt8 { text.unsafeLoad(fromByteOffset: offset, as: UInt8.self) }
        for offset in start..<max(start, min(start + 8, text.byteCount - 2))
        where byte(offset) == 0x3a && byte(offset + 1) == 0x2f && byte(offset + 2) == 0x2f {
            return true
        }
        return false
    }
}
