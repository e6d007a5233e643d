import ArgumentParser

/// Refuses options that contradict each other: the parser would take the last and forget the first.
struct RepeatedOptions {
    private let command: CommandTable.Command
    /// What was given, in order: the option, as it was spelled, and its value.
    private var given: [(option: CommandTable.Option, spelling: String, value: String)] = []

    /// Throws where an option of one value is given twice, or `--json` with another form. `arguments` begin with the
    /// command's name.
    static func check(_ arguments: [String], of tree: any ParsableCommand.Type) throws(Failure) {
        let words = arguments.prefix { $0 != "--" }
        guard mayContradict(words), let name = CommandName(words, in: tree),
            let command = CommandTable(of: tree).command(name.text)
        else { return }
        var options = RepeatedOptions(command: command)
        options.read(name.rest)
        try options.check()
    }

    private init(command: CommandTable.Command) { self.command = command }

    /// The long names of the options that take a value and have a short one.
    static let longNames = [
        "-o": "--output", "-h": "--host", "-p": "--port", "-s": "--socket", "-n": "--db", "-u": "--uri", "-a": "--pass",
        "-t": "--connect-timeout",
    ]

    /// Whether the command's declaration has to be looked at: reading it takes longer than all the rest of the parsing.
    private static func mayContradict(_ words: ArraySlice<String>) -> Bool {
        let options = words.flatMap { spellings(in: $0) }.filter { $0.hasPrefix("-") }.map { longNames[$0] ?? $0 }
        let names = Set(options)
        return names.count < options.count || names.isSuperset(of: ["--json", "--output"])
    }

    private mutating func read(_ words: ArraySlice<String>) {
        var rest = words
        while let word = rest.popFirst() {
            for spelling in Self.spellings(in: word) {
                guard let option = command.options.first(where: { $0.names.contains(spelling) }) else { continue }
                var value = ""
                if option.value != nil {
                    let equals = word.firstIndex(of: "=")
                    value = equals.map { String(word[$0...].dropFirst()) } ?? rest.popFirst() ?? ""
                }
                given.append((option, spelling, value))
            }
        }
    }

    /// `--output=csv` is one option, `-qo` two.
    private static func spellings(in word: String) -> [String] {
        let name = String(word.prefix { $0 != "=" })
        guard name.hasPrefix("-"), !name.hasPrefix("--"), name.count > 2 else { return [name] }
        return name.dropFirst().map { "-\($0)" }
    }

    private func check() throws(Failure) {
        for (index, second) in given.enumerated() where second.option.value != nil && !second.option.isRepeating {
            guard let first = given[..<index].first(where: { $0.option.names == second.option.names }) else { continue }
            throw .usage("\(Self.text(first)) and \(Self.text(second)) contradict each other: give one of them")
        }
        guard let json = given.first(where: { $0.spelling == "--json" }),
            let form = given.first(where: { $0.option.names.contains("--output") && $0.value != "json" })
        else { return }
        throw .usage("\(json.spelling) and \(Self.text(form)) contradict each other: give one of them")
    }

    /// The option as it was given; a password is not said.
    private static func text(_ given: (option: CommandTable.Option, spelling: String, value: String)) -> String {
        given.option.names.contains("--pass") ? given.spelling : "\(given.spelling) \(given.value)"
    }
}
