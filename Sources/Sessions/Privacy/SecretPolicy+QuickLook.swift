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

    /// For each pair of letters whether a word is looked for by it: it begins with it, or holds one that is seldom in other names.
    private static let wordBeginnings: [Bool] = words.reduce(into: Array(repeating: false, count: 26 * 26)) {
        let letters = (rarePairs[$1] ?? $1).utf8.prefix(2).map { Int($0) - 0x61 }
        $0[letters[0] * 26 + letters[1]] = true
    }

    private static let rarePairs = [
        "encryptionkey": "nk", "sessionkey": "nk", "accesskey": "sk", "accountkey": "tk", "authkey": "hk",
        "ccnumber": "cn", "creditcard": "tc", "phpsessid": "hp", "totp": "ot", "samlresponse": "ml", "rememberme": "mb",
        "devicecode": "ev", "masterkey": "rk", "hmackey": "hm", "aeskey": "sk", "kennwort": "nw",
    ]

    /// False where the text neither begins as secrets and JSON do nor has a URL, an assignment, an option, an element, a token or a
    /// long number in it.
    /// Takes modified UTF-8 too.
    static func mayHoldSecret(_ text: Span<UInt8>) -> Bool {
        guard !text.isEmpty else { return false }
        return beginsUnusually[Int(text[0])] || mayHoldMark(text) || CardNumbers.mayHoldOne(text)
    }

    private static let beginsUnusually: [Bool] = (0...255).map { byte in
        byte <= 0x20 || "{[eM".utf8.contains(byte) || beginnings.contains { $0[0] == byte }
    }

    /// Whether `://`, a secret name and `=`, `:` or `>`, a secret option or a token is in the text; eight bytes at a time.
    private static func mayHoldMark(_ text: Span<UInt8>) -> Bool {
        let bytes = text.bytes
        var offset = 0
        while offset &+ 8 <= bytes.byteCount {
            let word = bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
            // A hyphen at the beginning may be the second of two.
            // `:`, `=`, `>`, `_` and `I`.
            let hits =
                zeros(word ^ 0x3a3a_3a3a_3a3a_3a3a) | zeros(word ^ 0x3d3d_3d3d_3d3d_3d3d)
                | zeros(word ^ 0x3e3e_3e3e_3e3e_3e3e) | zeros(word ^ 0x5f5f_5f5f_5f5f_5f5f)
                | zeros(word ^ 0x4949_4949_4949_4949)
            let hyphens = zeros(word ^ 0x2d2d_2d2d_2d2d_2d2d)
            if hits != 0 || hyphens & (hyphens << 8 | 0x80) != 0, hasMark(text, max(0, offset &- 1)..<offset &+ 8) {
                return true
            }
            offset &+= 8
        }
        return hasMark(text, max(0, offset &- 1)..<text.count)
    }

    /// The high bit of each byte that is zero; of others seldom.
    private static func zeros(_ word: UInt64) -> UInt64 {
        (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
    }

    private static func hasMark(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
        for index in range {
            switch text[index] {
            case UInt8(ascii: ":"):
                if index + 2 < text.count, text[index + 1] == 0x2f, text[index + 2] == 0x2f { return true }
                if SecretsInURLs.isPassword(behind: index, in: text) { return true }
                if PrivateKeyMembers.mayBeBehindName(index, in: text) { return true }
                if mayBeSecret(name: text.extracting(SecretsInAssignments.name(beforeColon: index, in: text))) {
                    return true
                }
            case UInt8(ascii: "="):
                let name = SecretsInAssignments.name(before: index, in: text)
                if mayBeSecret(name: text.extracting(name)) || SecretsInAssignments.isSessionCookie(name, in: text)
                    || SecretsInAssignments.isQueryParameter(name, in: text)
                {
                    return true
                }
            case UInt8(ascii: ">"):
                if mayBeSecret(name: text.extracting(SecretsInAssignments.element(endingAt: index, in: text))) {
                    return true
                }
            case UInt8(ascii: "_"), UInt8(ascii: "I"):
                if TokensInText.mayHoldOne(around: index, in: text) { return true }
            case UInt8(ascii: "-"):
                if PrivateKeyBlocks.mayBegin(behind: index, in: text) { return true }
                if mayBeSecret(name: text.extracting(SecretsInAssignments.option(at: index, in: text))) { return true }
            default: break
            }
        }
        return false
    }
}
