import Sessions

/// What the shell remembers of the lines that were typed, and where.
enum ShellHistory {
    /// The history file: in `$XDG_STATE_HOME` or `~/.local/state` (XDG Base Directory Specification); nil without either.
    static func path(environment: [String: String]) -> String? {
        // A relative path in XDG_STATE_HOME is to be ignored, says the specification.
        if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") { return state + "/sessionctl/history" }
        guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
        return home + "/.local/state/sessionctl/history"
    }

    /// The line without blanks around it; nil if nothing is left or it must not be remembered.
    static func remembered(_ line: String) -> String? {
        guard let last = line.lastIndex(where: { !$0.isWhitespace }), mayRemember(line) else { return nil }
        return String(line[...last].drop { $0.isWhitespace })
    }

    /// Whether a line holds nothing that must not lie in a file: no password, no token, no session as such.
    static func mayRemember(_ line: String) -> Bool {
        // Taken apart at quotation marks too, whether or not they fit: a line with a fault is remembered, to be mended.
        let words = line.split { $0.isWhitespace || $0 == "'" || $0 == "\"" || $0 == "\\" }
        // As redis-cli prints the beginning of a Java stream.
        if line.lowercased().contains("\\xac\\xed") { return false }
        return !words.contains {
            $0.hasPrefix("cookie:") || isPasswordOption($0) || hasPasswordInURL($0) || holdsToken($0) || isStream($0)
                || isAssignment($0)
        }
    }

    /// `-a x`, `-ax`, `--pass x`, `--pass=x`.
    private static func isPasswordOption(_ word: Substring) -> Bool {
        word.hasPrefix("-a") || word == "--pass" || word.hasPrefix("--pass=")
    }

    /// `password=x`, under any name that is one of a secret.
    private static func isAssignment(_ word: Substring) -> Bool {
        guard let sign = word.firstIndex(of: "="), word.index(after: sign) < word.endIndex else { return false }
        return SecretPolicy.isSecret(name: String(word[..<sign]))
    }

    /// `scheme://user:password@…`, wherever it stands in the word.
    private static func hasPasswordInURL(_ word: Substring) -> Bool {
        let bytes = Array(word.utf8)
        guard let start = bytes.indices.first(where: { bytes[$0...].starts(with: "://".utf8) }),
            let at = bytes.lastIndex(of: UInt8(ascii: "@")), at > start + 3
        else { return false }
        return bytes[(start + 3)..<at].contains(UInt8(ascii: ":"))
    }

    /// A JWT, or the beginning of one, behind whatever stands before it: `cookie:eyJ…`, `access_token=eyJ…`.
    private static func holdsToken(_ word: Substring) -> Bool {
        let pieces = word.utf8.split { !isTokenByte($0) }
        return pieces.contains { JWT.looksLikeToken(Array($0), isPrefix: true) && $0.count > 10 }
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): true
        default: false
        }
    }

    /// The beginning of a Java stream (`STREAM_MAGIC`, `STREAM_VERSION`) in Base64 or hexadecimal.
    private static func isStream(_ word: Substring) -> Bool {
        word.contains("rO0AB") || word.lowercased().contains("aced0005")
    }
}
