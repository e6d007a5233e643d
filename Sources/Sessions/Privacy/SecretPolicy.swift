/// Decides which values look secret, so that they are masked until somebody asks for them.
///
/// Sessions hold passwords, tokens and keys more often than people think (session-formats, ch. 16 no. 20). Names are judged
/// first, since most frameworks name such fields plainly; then the text itself. Numbers, truth values and null never are.
public enum SecretPolicy {
    /// What is shown instead.
    public static let mask = "••••"

    /// Words that make a name secret, wherever they stand in it; letters only, in lower case.
    private static let words = [
        "password", "passwd", "passphrase", "secret", "credential", "token", "apikey", "privatekey", "authorization",
        "jsessionid", "sessionid", "cardnumber", "cvv", "otp",
    ]

    /// Names that hold such a word and are no secrets: they tell where a secret goes or what kind it is.
    private static let harmless = [
        "credentialsnonexpired", "tokentype", "expiredsessionid", "erasecredentialsafterauthentication", "laptop",
        "tokenuri",
        "tokenendpoint", "tokenname",
    ]

    /// Whether a field, attribute or map key of this name holds a secret.
    public static func isSecret(name: String) -> Bool {
        // The part behind the last dot: attributes are often named by a class and a word.
        let last = name.split(separator: ".").last.map(String.init) ?? name
        let letters = last.lowercased().filter { $0.isASCII && $0.isLetter }
        guard !letters.isEmpty, !harmless.contains(letters) else { return false }
        return words.contains { word in
            // Short words must be the name: "otp" stands in "hotpink" as well.
            word.count <= 3 ? letters == word : letters.contains(word)
        }
    }

    /// Whether text looks like a secret by itself: a token, a private key, a password hash, an authorization header.
    public static func isSecret(text: String) -> Bool {
        let start = text.prefix(64)
        if start.hasPrefix("Bearer ") || start.hasPrefix("Basic ") || start.hasPrefix("-----BEGIN") { return true }
        if ["$2a$", "$2b$", "$2y$", "$argon2", "$6$", "$5$", "{bcrypt}", "{noop}", "{pbkdf2", "{scrypt"].contains(
            where: { start.hasPrefix($0) })
        {
            return true
        }
        return start.hasPrefix("eyJ")
            && JWT.looksLikeToken(Array(text.utf8.prefix(1 << 16)), isPrefix: text.utf8.count > 1 << 16)
    }
}
