/// Takes tokens out of messages.
enum SecretsInMessage {
    /// Longer than any id of a session: a token, or a whole value in Base64 or hexadecimal digits.
    static let longest = 64

    /// `message` with masks in place of tokens, and of what is too long its first characters.
    static func masked(_ message: [UInt8]) -> String {
        var result: [UInt8] = []
        var position = 0
        while position < message.count {
            let end = message[position...].firstIndex { !isPartOfWord($0) } ?? message.count
            result += word(message[position..<end])
            if end < message.count { result.append(message[end]) }
            position = end + 1
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The characters of tokens, Base64 and hashes, without those that stand before them: `cookie:…`, `token=…`.
    private static func isPartOfWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: "-_.+/$~%".utf8.contains(byte)
        }
    }

    private static func word(_ word: ArraySlice<UInt8>) -> [UInt8] {
        // A token that was typed wrong is no token, and as secret as before.
        let isToken = word.starts(with: "eyJ".utf8) && word.contains(UInt8(ascii: "."))
        if isToken || SecretPolicy.isSecret(text: String(decoding: word, as: UTF8.self)) {
            return Array(SecretPolicy.mask.utf8)
        }
        // A path has a slash at its start or a dot in its last name.
        guard word.count > longest, word.first != UInt8(ascii: "/"), !word.contains(UInt8(ascii: ".")) else {
            return Array(word)
        }
        return Array(word.prefix(6)) + Array("…".utf8)
    }
}
