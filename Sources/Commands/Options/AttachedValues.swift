/// Values that are attached to their short option, as redis-cli's manual and habit have them: `-p17399`, `-n1`, `-hredis.example.org`.
///
/// The parser would take each letter for an option.
enum AttachedValues {
    /// The same arguments with such words split into the option and its value.
    static func split(_ arguments: [String]) -> [String] {
        var split: [String] = []
        var rest = arguments[...]
        while let word = rest.popFirst() {
            if word == "--" { return split + [word] + rest }
            if let (option, value) = parts(of: word) {
                split += [option, value]
                continue
            }
            split.append(word)
            // The value of an option is none, whatever it looks like.
            if NumberOptions.valued.contains(word), let value = rest.popFirst() { split.append(value) }
        }
        return split
    }

    private static func parts(of word: String) -> (option: String, value: String)? {
        let (option, value) = (String(word.prefix(2)), String(word.dropFirst(2)))
        guard let first = value.first, first != "=", RepeatedOptions.longNames[option] != nil,
            // A long name with one hyphen is a mistake that the parser tells.
            !names.contains(String(word.dropFirst().prefix { $0 != "=" }))
        else { return nil }
        let isNumber = first.isASCII && first.isNumber
        return isNumber || !["-p", "-n", "-t"].contains(option) ? (option, value) : nil
    }

    private static let names = Set(
        (NumberOptions.valued.map { $0 } + ["--help", "--askpass", "--all"]).map { $0.drop { $0 == "-" } }.map(
            String.init))
}
