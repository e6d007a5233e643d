import ArgumentParser

/// The words that name the command of a line: one, or those of a group and one of its commands, as in `jwt verify`.
struct CommandName {
    /// The words, with a blank between two.
    let text: String
    /// What stands behind them.
    let rest: ArraySlice<String>

    /// Nil where the line is empty. A group alone, and a group with a word that is none of its commands, is a name as well.
    init?(_ arguments: some Sequence<String>, in tree: any ParsableCommand.Type) {
        let words = Array(arguments)
        guard let first = words.first else { return nil }
        guard let group = tree.command(first), let second = words.dropFirst().first, group.command(second) != nil else {
            (text, rest) = (first, words.dropFirst())
            return
        }
        (text, rest) = ("\(first) \(second)", words.dropFirst(2))
    }

    /// How many words name the command at the beginning of a line.
    static func count(in words: ArraySlice<String>, of tree: any ParsableCommand.Type) -> Int {
        words.count - (CommandName(words, in: tree)?.rest.count ?? words.count)
    }
}

extension ParsableCommand {
    /// The command right below this one that is called `name`.
    static func command(_ name: String) -> (any ParsableCommand.Type)? {
        configuration.subcommands.first { $0._commandName == name || $0.configuration.aliases.contains(name) }
    }

    /// The command that `name` names, through its group.
    static func command(_ name: CommandName) -> (any ParsableCommand.Type)? {
        let words = name.text.split(separator: " ").map(String.init)
        guard let first = words.first, let command = command(first) else { return nil }
        return words.count == 1 ? command : command.command(words[1])
    }
}
