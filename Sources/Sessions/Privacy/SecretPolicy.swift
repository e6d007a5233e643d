/// Decides which values look secret, so that they are masked until somebody asks for them.
///
/// Sessions hold passwords, tokens and keys more often than people think (session-formats, ch. 16 no. 20). Names are judged
/// first, since most frameworks name such fields plainly; then the text itself. Numbers are secret by their names alone; truth values,
/// times and null never are.
public enum SecretPolicy {
    /// What is shown instead.
    public static let mask = "••••"

    /// Words that make a name secret, wherever they stand in it; letters only, in lower case.
    static let words = [
        "password", "passwd", "pwd", "passwort", "passphrase", "creds", "bearer", "secret", "credential", "token",
        "apikey", "privatekey", "authorization",
        "jsessionid", "sessionid", "csrf", "cookie", "cardnumber", "cvv", "otp", "sid", "jwt", "pin",
        "encryptionkey", "accesskey", "accountkey", "authkey", "sessionkey", "passcode", "totp", "ccnumber",
        "creditcard",
        "phpsessid", "sig", "samlresponse", "rememberme", "codeverifier", "authcode", "devicecode", "serviceticket",
        "signingkey", "masterkey", "hmackey", "aeskey", "xsrf", "cvc", "otpcode", "kennwort", "pw", "passhash",
        "sessid",
    ]

    /// Short forms of `password`, and `userPin`; more often the word is another, as in `boardingPass`, `passage` or `userPinned`.
    private static let passes: Set<String> = [
        "pass", "userpass", "dbpass", "smtppass", "mailpass", "adminpass", "rootpass", "ldappass", "ftppass",
        "loginpass",
        "proxypass", "authpass", "keypass", "storepass", "keystorepass", "userpin",
    ]

    private static let pwd = Array("pwd".utf8)

    /// The words by their first letter: names are judged for every field of every session, so they are compared as bytes.
    private static let wordsByLetter = Dictionary(grouping: words.map { Array($0.utf8) }) { $0[0] }

    /// Names that hold such a word and are no secrets: they tell where a secret goes or what kind it is.
    private static let harmless = [
        "credentialsnonexpired", "tokentype", "expiredsessionid", "erasecredentialsafterauthentication", "laptop",
        "tokenuri",
        "tokenendpoint", "tokenname", "cookiename", "cookiepath", "cookiedomain", "cardnumberlast",
    ]

    /// Whether something on a path has the name of a secret, so that what is there is secret as well.
    public static func isSecret(path text: String) -> Bool {
        let names = (try? AttributePath(text))?.names ?? [text]
        return names.contains { isSecret(name: $0) }
    }

    /// Whether a field, attribute or map key of this name holds a secret.
    ///
    /// Of a compound name, such as `password.hash`, each part counts; but attributes are often named by a class and a word, as
    /// `org.example.tokens.CartFilter.CART`, and there it is the word.
    public static func isSecret(name: String) -> Bool {
        guard name.utf8.contains(UInt8(ascii: ".")) else { return isSecret(part: name[...]) }
        let parts = partsBehindClass(of: name)
        return parts.contains { isSecret(part: $0) } && !isHarmless(Array(parts.map { letters(of: $0) }.joined()))
            && !NamesAboutSecrets.isOne(parts.joined(separator: "."))
    }

    private static func isSecret(part: Substring) -> Bool {
        let letters = letters(of: part)
        let mayBePass = letters.last == UInt8(ascii: "s") || letters.last == UInt8(ascii: "n")
        if mayBePass, passes.contains(String(decoding: letters, as: UTF8.self)) { return true }
        return containsWord(letters) && !isHarmless(letters) && !NamesAboutSecrets.isOne(String(part))
    }

    /// Whether a field of this name is no secret, though what it stands in is: where a CSRF token is sent, and what a cookie is
    /// called. Only of the classes that are known for it.
    ///
    /// - Parameter className: of the object that has the field.
    public static func isPublic(field name: String, of className: String) -> Bool {
        switch name {
        case "headerName", "parameterName": className.hasSuffix("CsrfToken")
        case "name": ["SavedCookie", "Cookie"].contains(ShortName.of(className))
        default: false
        }
    }

    private static func isHarmless(_ letters: [UInt8]) -> Bool {
        harmless.contains(String(decoding: letters, as: UTF8.self))
    }

    /// What stands behind a package and a class; the class itself where nothing does.
    private static func partsBehindClass(of name: String) -> ArraySlice<Substring> {
        let parts = name.split(separator: ".")
        let described = parts.firstIndex { $0.utf8.first.map { 0x41...0x5A ~= $0 } ?? false } ?? 0
        return parts[(described == 0 ? 0 : min(described + 1, parts.count - 1))...]
    }

    /// The letters in lower case.
    private static func letters(of name: Substring) -> [UInt8] {
        let bytes = name.utf8.allSatisfy { $0 < 0x80 } ? Array(name.utf8) : Array(name.lowercased().utf8)
        return bytes.compactMap { (0x61...0x7A).contains($0 | 0x20) ? $0 | 0x20 : nil }
    }

    private static func containsWord(_ letters: [UInt8]) -> Bool {
        for start in letters.indices {
            let rest = letters.count - start
            for word in wordsByLetter[letters[start]] ?? [] where word.count <= rest {
                // Short words must be the name: "otp" stands in "hotpink" as well.
                if word.count <= 4, word != pwd, word.count != letters.count { continue }
                guard word.indices.allSatisfy({ word[$0] == letters[start + $0] }) else { continue }
                if !NamesAboutSecrets.isOtherWord(letters, at: start) { return true }
            }
        }
        return false
    }

    /// How secrets begin.
    static let beginnings = [
        "Bearer ", "Basic ", "-----BEGIN", "$2a$", "$2b$", "$2y$", "$argon2", "$6$", "$5$", "{bcrypt}", "{noop}",
        "{pbkdf2",
        "{scrypt", "AKIA", "AIza", "ghp_", "gho_", "ghs_", "ghu_", "github_pat_", "glpat-", "xoxb-", "xoxp-",
        "sk_live_",
    ].map { Array($0.utf8) }

    private static let beginningsByLetter = Dictionary(grouping: beginnings) { $0[0] }

    /// Whether text looks like a secret by itself: a token, a private key, a password hash, an authorization header.
    public static func isSecret(text: String) -> Bool {
        guard let first = text.utf8.first else { return false }
        if let beginning = beginningsByLetter[first]?.first(where: { text.utf8.starts(with: $0) }) {
            return !isProse(text.utf8.dropFirst(beginning.count), behind: beginning)
        }
        if first == UInt8(ascii: "M") { return PrivateKeyText.isBody(text) }
        if Hexadecimal.isSpace(first) {
            let rest = text.utf8.drop { Hexadecimal.isSpace($0) }
            return rest.starts(with: "-----BEGIN".utf8) || PrivateKeyText.isBody(Substring(rest))
        }
        return text.utf8.starts(with: "eyJ".utf8)
            && JWT.looksLikeToken(Array(text.utf8.prefix(1 << 16)), isPrefix: text.utf8.count > 1 << 16)
    }

    /// Whether what follows is what people write and no credential: `Basic plan`, `Bearer of bad news`, `$5$ off`.
    private static func isProse(_ rest: Substring.UTF8View, behind beginning: [UInt8]) -> Bool {
        if beginning.last == UInt8(ascii: "$") { return rest.first == 0x20 }
        let isBasic = beginning.elementsEqual("Basic ".utf8)
        guard isBasic || beginning.elementsEqual("Bearer ".utf8) else { return false }
        let word = rest.prefix { $0 != 0x20 }
        let isWord = word.dropFirst().allSatisfy { (0x61...0x7A).contains($0) } && word.count <= 20
        // A token may be a word, but then nothing follows.
        return isWord && (isBasic || word.endIndex < rest.endIndex) && !word.isEmpty
    }
}
