import Sessions

/// The words of a command as the undo archive keeps them: what `show` would mask is masked.
enum RecordedCommand {
    /// The arguments without secrets.
    static func words(_ arguments: [String]) -> [String] {
        let renames = arguments.contains("--rename")
        return zip([""] + arguments, arguments).map { before, word in
            let text = word.hasPrefix("-") && word != "-" ? option(word) : value(word, of: before, renames)
            return SecretPolicy.maskedMessage(text)
        }
    }

    /// An option, alone or in one word with its value.
    private static func option(_ word: String) -> String {
        if word.hasPrefix("-a") { return "-a" + (word.utf8.count > 2 ? SecretPolicy.mask : "") }
        guard word.hasPrefix("--"), let sign = word.firstIndex(of: "=") else { return word }
        let name = String(word[..<sign])
        return name + "=" + value(String(word[word.index(after: sign)...]), of: name, false)
    }

    private static func value(_ word: String, of option: String, _ renames: Bool) -> String {
        switch option {
        case "-a", "--pass": SecretPolicy.mask
        case "--where": filter(SecretPolicy.masked(word) ?? word)
        default: masked(word, renames)
        }
    }

    /// A filter: where it speaks of anything secret, no text in it is kept.
    private static func filter(_ text: String) -> String {
        let words = text.split { !($0.isLetter || $0.isNumber || "_.-".contains($0)) }
        guard words.contains(where: { SecretPolicy.isSecret(path: String($0)) }) else { return text }
        var masked = ""
        var quote: Character?
        for character in text {
            if let open = quote {
                if character == open {
                    quote = nil
                    masked.append(character)
                }
            } else {
                masked.append(character)
                guard character == "'" || character == "\"" else { continue }
                quote = character
                masked += SecretPolicy.mask
            }
        }
        return masked
    }

    /// - Parameter renames: whether what stands behind an equals sign is a name, and no value.
    private static func masked(_ word: String, _ renames: Bool) -> String {
        if word.hasPrefix("cookie:") { return "cookie:" + SecretPolicy.mask }
        if isPaddedCookie(word) { return SecretPolicy.mask }
        guard let assignment = Assignment(word) else { return SecretPolicy.masked(word) ?? word }
        // Whether the first dot ends the name of an attribute only the session could tell: it is masked where either may be secret.
        let isSecret = !renames && SecretPolicy.isSecret(path: assignment.path)
        return assignment.path + "=" + (isSecret ? SecretPolicy.mask : masked(value: assignment.value))
    }

    /// Whether a word is the value of a cookie, whose padding would be taken for the sign behind a path: Base64 of an id.
    private static func isPaddedCookie(_ word: String) -> Bool {
        guard word.hasSuffix("="), let id = try? Base64.decode(Array(word.utf8)) else { return false }
        return id.count >= 16 && id.allSatisfy { (0x21...0x7E).contains($0) }
    }

    /// A value as `set` takes it, judged by what it stands for.
    private static func masked(value: String) -> String {
        for mark in ["json:", "text:"] where value.hasPrefix(mark) {
            let text = String(value.dropFirst(mark.count))
            return mark + (SecretPolicy.masked(text) ?? text)
        }
        for mark in ["b64:", "hex:"] where value.hasPrefix(mark) {
            let digits = Array(value.utf8.dropFirst(mark.utf8.count))
            let bytes = (try? mark == "b64:" ? Base64.decode(digits) : Hexadecimal.decode(digits)) ?? digits
            let isSecret = SecretPolicy.holdsSecretWord(bytes) || SecretPolicy.isSecretData(bytes)
            return isSecret ? mark + SecretPolicy.mask : value
        }
        return SecretPolicy.masked(value) ?? value
    }
}
