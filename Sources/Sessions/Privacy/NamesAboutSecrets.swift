/// Tells names that say something about a secret, such as `tokenExpiresAt`, from names of the secret.
enum NamesAboutSecrets {
    /// Words that end such a name; words for a moment or a unit may follow.
    private static let lastWords: Set<String> = [
        "expires", "expire", "expired", "expiry", "expiration", "validity", "ttl", "lifetime", "timeout", "age",
        "count",
        "counter", "length", "size", "strength", "policy", "changed", "updated", "created", "issued", "modified", "url",
        "uri", "endpoint", "consent", "enabled", "disabled", "required", "allowed", "type", "algorithm", "attempts",
        "retries", "limit", "status", "balance", "rules", "banner",
    ]
    private static let units: Set<String> = ["at", "in", "on", "date", "time", "seconds", "millis", "ms", "days"]
    /// Words that begin a question, or a limit.
    private static let firstWords: Set<String> = ["is", "has", "should", "must", "requires", "uses", "max", "min"]
    /// Beginnings of other words that begin as words for secrets do.
    private static let others = ["tokeniz", "tokenise", "secretar", "secretly", "secretion"].map { Array($0.utf8) }

    /// Whether the words of `name` say that it is about a secret.
    static func isOne(_ name: String) -> Bool {
        var words = words(of: name)
        guard words.count > 1 else { return false }
        if firstWords.contains(words[0]) { return true }
        while words.count > 2, let last = words.last, units.contains(last) { words.removeLast() }
        return words.last.map { lastWords.contains($0) } ?? false
    }

    /// Whether another word than one for a secret begins at `start`.
    static func isOtherWord(_ letters: [UInt8], at start: Int) -> Bool {
        others.contains { letters[start...].starts(with: $0) }
    }

    /// The words in lower case, told apart by capitals, and by all that is no letter.
    static func words(of name: String) -> [String] {
        var words: [[UInt8]] = []
        var previous: UInt8 = 0
        for byte in name.utf8 {
            let letter = byte | 0x20
            let isLetter = (0x61...0x7A).contains(letter)
            let isCapital = (0x41...0x5A).contains(byte)
            defer { previous = byte }
            guard isLetter else { continue }
            let followsWord = (0x61...0x7A).contains(previous) || isCapital && (0x41...0x5A).contains(previous)
            if followsWord, !isCapital || (0x41...0x5A).contains(previous), !words.isEmpty {
                words[words.count - 1].append(letter)
            } else if (0x41...0x5A).contains(previous), !words.isEmpty {
                words[words.count - 1].append(letter)
            } else {
                words.append([letter])
            }
        }
        return words.map { String(decoding: $0, as: UTF8.self) }
    }
}
