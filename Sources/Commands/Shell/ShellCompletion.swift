import Sessions

/// What may stand where the cursor is. Pure: the names of sessions are somebody else's to know.
struct ShellCompletion {
    enum Expectation: Equatable {
        /// One of these, behind the part of the word that stays. `endsWord` is false where the word may go on.
        case words([String], behind: String = "", endsWord: Bool = true)
        case sessions
        case files
        case nothing
    }

    let table: CommandTable
    /// Ways into the attributes, as far as they are known.
    var attributePaths: () -> [String] = { [] }
    /// The names of the profiles that there are.
    var profiles: () -> [String] = { [] }

    /// What is expected behind the words `before` in place of `word`, which may be empty.
    func expectation(after before: [String], word: String) -> Expectation {
        var rest = before[...]
        // Connection options may stand before the command.
        while let first = rest.first, first.hasPrefix("-") {
            rest = rest.dropFirst()
            guard ConnectionOptions.valued.contains(first), rest.popFirst() == nil else { continue }
            return ["-u", "--uri"].contains(first) ? profileNames : .nothing
        }
        guard var name = rest.popFirst() else {
            return word.hasPrefix("-") ? connectionOptions : .words(commandNames)
        }
        let members = table.members(of: name)
        if !members.isEmpty {
            guard let member = rest.popFirst() else { return .words(members) }
            name += " " + member
        }
        if name == "help" {
            return rest.isEmpty ? .words(commandNames + HelpTopic.allCases.map { $0.rawValue }) : .nothing
        }
        guard let command = table.command(name) else { return .nothing }
        return expectation(of: command, after: Array(rest), word: word)
    }

    private var commandNames: [String] { table.firstWords }

    private var connectionOptions: Expectation {
        .words(ConnectionOptions.valued.sorted() + ["--askpass"])
    }

    private var profileNames: Expectation { .words(profiles().map { "@" + $0 }) }

    private func expectation(of command: CommandTable.Command, after words: [String], word: String) -> Expectation {
        var position = 0
        var given: Set<String> = []
        var index = 0
        while index < words.count {
            let option = command.options.first { $0.names.contains(words[index]) }
            given.formUnion(option?.isRepeating == false ? option?.names ?? [] : [])
            if let value = option?.value {
                index += 1
                if index == words.count { return values(of: value, word: word) }
            } else if !words[index].hasPrefix("-") || words[index] == "-" {
                position += 1
            }
            index += 1
        }
        if word.hasPrefix("-") { return options(of: command, without: given, word: word) }
        let last = command.positionals.last.flatMap { $0.isRepeating ? $0 : nil }
        let value = position < command.positionals.count ? command.positionals[position] : last
        // `get` takes one path behind the session.
        if command.name == "get", position > 1 { return .nothing }
        return value.map { values(of: $0, word: word) } ?? .nothing
    }

    private func options(
        of command: CommandTable.Command, without given: Set<String>, word: String
    ) -> Expectation {
        if let equals = word.firstIndex(of: "="), word.hasPrefix("--") {
            let name = String(word[..<equals])
            guard let value = command.options.first(where: { $0.names.contains(name) })?.value else { return .nothing }
            let typed = String(word[word.index(after: equals)...])
            guard case .words(let words, let behind, let endsWord) = values(of: value, word: typed) else {
                return .nothing
            }
            return .words(words, behind: name + "=" + behind, endsWord: endsWord)
        }
        return .words(command.options.flatMap { $0.names }.filter { !given.contains($0) })
    }

    private func values(of value: CommandTable.Value, word: String) -> Expectation {
        if !value.choices.isEmpty { return .words(value.choices) }
        if value.isFile { return .files }
        switch value.name {
        case "session": return .sessions
        case "url": return profileNames
        case "path", "path=value", "attribute":
            let paths = attributePaths()
            return paths.isEmpty ? .nothing : .words(paths, endsWord: false)
        case "names": return fieldList(word)
        case "field":
            let fields = SessionField.named.filter { $0 != .attributes }.map { $0.name }
            return .words(fields + attributeFields, behind: word.hasPrefix("-") ? "-" : "")
        case "filter": return filterWords(word)
        case "user-names": return Self.list(UserField.allCases.map { $0.rawValue }, word)
        case "user-field":
            return .words(UserField.allCases.map { $0.rawValue }, behind: word.hasPrefix("-") ? "-" : "")
        default: return .nothing
        }
    }

    /// `id,prin`: the names that are not there yet, behind the last comma.
    private func fieldList(_ word: String) -> Expectation {
        Self.list(SessionField.named.map { $0.name } + attributeFields, word)
    }

    private var attributeFields: [String] {
        attributePaths().map { $0.hasPrefix("[") ? "attr" + $0 : SessionField.attributePrefix + $0 }
    }

    private static func list(_ all: [String], _ word: String) -> Expectation {
        let start = word.lastIndex(of: ",").map { word.index(after: $0) } ?? word.startIndex
        let present = Set(word[..<start].split(separator: ","))
        let names = all.filter { !present.contains(Substring($0)) }
        return .words(names, behind: String(word[..<start]), endsWord: false)
    }

    /// Behind the last blank or parenthesis of a filter: its words.
    private func filterWords(_ word: String) -> Expectation {
        let isBoundary = { (character: Character) in character == " " || character == "(" || character == "," }
        let start = word.lastIndex(where: isBoundary).map { word.index(after: $0) } ?? word.startIndex
        let fields = SessionField.named.filter { $0.isComparable }.map { $0.name }
        return .words(
            fields + attributeFields + ["user", "and", "or", "not", "in", "none", "now", "has("],
            behind: String(word[..<start]),
            endsWord: false)
    }
}
