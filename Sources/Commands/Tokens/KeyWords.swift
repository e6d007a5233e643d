import Sessions

/// Finds private keys among the words of a command, where they must not be: `--pem "$(cat key.pem)"`, or `--jwk $(cat key.jwk)`, quoted or
/// not.
enum KeyWords {
    /// Whether the words, or several of them together, are a private key in PEM, its body alone, or a JWK.
    static func holdPrivateKey(_ words: [String]) -> Bool {
        // What a shell leaves of a key that is not quoted: other words, and no quotes.
        let all = words.joined(separator: " ").filter { $0 != "\"" && $0 != "'" }
        return holdsPEM(all) || holdsJWK(all) || holdsQuotedJWK(words)
            || words.contains { word in
                PrivateKeyText.isBody(word)
                    || word.firstIndex(of: "=").map { PrivateKeyText.isBody(word[$0...].dropFirst()) } ?? false
            }
    }

    /// The header of a private key with a key behind it: who looks for such keys in sessions gives the header alone.
    private static func holdsPEM(_ text: String) -> Bool {
        text.contains("-----BEGIN") && text.contains(/PRIVATE KEY-----(\s|\\[nr])*[A-Za-z0-9+\/]{16}/)
    }

    /// A JWK with its quotes, escaped or not.
    private static func holdsQuotedJWK(_ words: [String]) -> Bool {
        PrivateKeyMembers.places(in: Array(words.joined(separator: " ").utf8)).contains { $0.count >= 16 }
    }

    /// A key type, and a private member that is as long as a key.
    private static func holdsJWK(_ text: String) -> Bool {
        guard text.contains(/\bkty\s*:\s*[A-Za-z\\]/) else { return false }
        return text.contains(/(^|[\s{,\[=])(d|k|\\u0064|\\u006[bB])\s*:\s*[A-Za-z0-9_\-]{16}/)
    }
}
