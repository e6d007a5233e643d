import ArgumentParser

/// Refuses the value of an option that takes a number with a word about the numbers that it takes: the parser would say that
/// a value is invalid, and of `--limit -1` that there is none.
enum NumberOptions {
    /// The numbers that an option takes.
    private struct Range: Sendable {
        let words: String
        let contains: @Sendable (String) -> Bool

        static func whole(_ words: String, from least: Int, through most: Int = .max) -> Range {
            Range(words: words) { text in Int(text).map { least <= $0 && $0 <= most } ?? false }
        }
    }

    private static let seconds = Range(words: "give a number of seconds above 0 and up to 86400") { text in
        Double(text).map { $0 > 0 && $0 <= 86_400 } ?? false
    }

    /// What is none has words of its own; one below zero would be taken for an option.
    private static let duration = Range(words: "give a duration from 0 on, such as 90s, 15m or 2h") { text in
        !text.hasPrefix("-")
    }

    /// The same where nothing is meant by none.
    private static let span = Range(words: "give a duration above 0, such as 90s, 15m or 2h") { !$0.hasPrefix("-") }

    private static let ranges: [String: Range] = [
        "--limit": .whole("give a whole number from 0 on", from: 0),
        "--at-most": .whole("give a whole number from 0 on", from: 0),
        "--rate": .whole("give a whole number of sessions a second above 0", from: 1),
        "--top": .whole("give a whole number from 0 on", from: 0),
        "--db": .whole("give the number of a database, from 0 on", from: 0),
        "--port": .whole("give a number between 1 and 65535", from: 1, through: 65_535),
        "--connect-timeout": seconds, "--timeout": seconds,
        "--max-inactive-interval": .whole("give a whole number of seconds above 0", from: 1),
        "--in": span, "--settle": duration, "--lifetime": duration, "--expires-in": duration, "--leeway": duration,
        "--ttl-tolerance": duration,
    ]

    /// Of commands that change sessions, where none at all is nothing that anybody wants.
    private static let limitOfChanges = Range.whole(
        "give a whole number of sessions above 0, or leave it out for all", from: 1)
    private static let changing: Set<String> = [
        "expire", "logout", "touch", "extend", "migrate", "import", "jwt revoke",
    ]

    /// The spellings of all options that take a value, a number or another: what stands behind them is no option.
    static let valued = ConnectionOptions.valued.union(ranges.keys).union([
        "-o", "--output", "--color", "--where", "--pattern", "--fields", "--sort", "--by", "--purpose", "--decode",
        "--route", "--principal", "--except", "--report", "--at", "--event", "--type",
        "--key-type", "--to", "--variant", "--spring-version", "--expirations", "--serializer", "--manager", "--layout",
        "--key-prefix", "--unconvertible", "--on-conflict", "--security-context",
        "--login-attribute", "--security-uid", "--as", "--pem", "--jwk", "--secret-file", "--alg", "--iss", "--aud",
        "--typ", "--require", "--kid", "--claims", "--set", "--unset", "--from",
        "--until", "--family", "--tokens", "--drop",
    ])

    /// Throws where an option that the command has is given a number that it does not take, or none. `arguments` begin with
    /// the command's name.
    static func check(_ arguments: [String], of tree: any ParsableCommand.Type) throws(Failure) {
        guard let command = CommandName(arguments, in: tree) else { return }
        let name = command.text
        var rest = command.rest.prefix { $0 != "--" }
        while let word = rest.popFirst() {
            let spelling = String(word.prefix { $0 != "=" })
            let long = RepeatedOptions.longNames[spelling] ?? spelling
            let own = long == "--limit" && changing.contains(name) ? limitOfChanges : ranges[long]
            guard let range = own else {
                // A value is no option, whatever it looks like.
                if valued.contains(spelling), !word.contains("=") { _ = rest.popFirst() }
                continue
            }
            let isJoined = spelling.count < word.count
            let value = isJoined ? String(word.dropFirst(spelling.count + 1)) : rest.popFirst()
            if let value, range.contains(value) { continue }
            // Reading the declaration takes longer than all the rest, so it is asked last.
            let command = CommandTable(of: tree).command(name)
            guard command?.options.contains(where: { $0.names.contains(spelling) }) ?? false else { continue }
            throw .usage("\([spelling, value].compactMap { $0 }.joined(separator: " ")): \(range.words)")
        }
    }
}
