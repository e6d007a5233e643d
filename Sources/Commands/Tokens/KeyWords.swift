import Sessions

/// Finds private keys among the words of a command, where they must not be: `--pem "$(cat key.pem)"`, quoted or not.
enum KeyWords {
    /// Whether the words, or several of them together, are a private key in PEM, its body alone, or a JWK.
    static func holdPrivateKey(_ words: [String]) -> Bool {
        let all = words.joined(separator: " ")
        if all.contains("-----BEGIN"), all.contains("PRIVATE KEY-----") { return true }
        // RFC 7518 §6.2.2, §6.3.2 and §6.4: d of a private key, k of a symmetric one.
        if all.contains("\"kty\""), all.contains(/"[dk]"\s*:/) { return true }
        return words.contains { word in
            isDER(word) || word.firstIndex(of: "=").map { isDER(String(word[$0...].dropFirst())) } ?? false
        }
    }

    /// Whether a word is Base64 of a private key as ASN.1 has it: a sequence that begins with the version 0 or 1, and goes on with an algorithm
    /// (PKCS #8), a modulus (PKCS #1) or the key itself (SEC 1).
    private static func isDER(_ word: String) -> Bool {
        guard word.utf8.count >= 40, let start = try? Base64.decode(word.utf8.prefix(12), .standard), start.count == 9,
            start[0] == 0x30
        else { return false }
        let length = start[1] < 0x80 ? 1 : 1 + Int(start[1] & 0x7f)
        let rest = start.dropFirst(1 + length)
        return rest.starts(with: [2, 1, 0, 0x30]) || rest.starts(with: [2, 1, 0, 2])
            || rest.starts(with: [2, 1, 1, 4]) || rest.starts(with: [2, 1, 1, 0x30])
    }
}
