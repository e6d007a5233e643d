import ArgumentParser
import Sessions

/// Looks at the words that name something before the parser does: topics of help, and what was meant where there is no
/// such command or form.
enum WordCheck {
    /// The text of a topic, where `arguments` ask for one.
    static func topic(_ arguments: [String]) -> HelpTopic? {
        guard arguments.count == 2, arguments[0] == "help" else { return nil }
        return HelpTopic(rawValue: arguments[1])
    }

    /// Throws where a command, a topic or a form does not exist and one is near; the parser says the rest.
    static func check(_ arguments: [String], of tree: any ParsableCommand.Type) throws(Failure) {
        let names = commandNames(of: tree)
        guard let first = arguments.first, !first.hasPrefix("-") else { return }
        guard names.contains(first) else {
            let question = NearestWord.question(for: first, among: names)
            throw .usage("there is no command '\(first)'\(question)", advice: "sessionctl help lists them")
        }
        if first == "help", let word = arguments.dropFirst().first, !word.hasPrefix("-") {
            let topics = names + HelpTopic.allCases.map { $0.rawValue }
            guard !topics.contains(word) else { return }
            let question = NearestWord.question(for: word, among: topics)
            throw .usage(
                "there is no help on '\(word)'\(question)", advice: "sessionctl help lists commands and topics")
        }
        try checkMember(arguments, of: tree)
        try checkForm(arguments)
    }

    /// Throws where the second word is none of the commands of a group.
    private static func checkMember(_ arguments: [String], of tree: any ParsableCommand.Type) throws(Failure) {
        guard let first = arguments.first, let group = tree.command(first), let word = arguments.dropFirst().first,
            !group.configuration.subcommands.isEmpty, !word.hasPrefix("-"), group.command(word) == nil
        else { return }
        let names = commandNames(of: group).filter { $0 != "help" }
        throw .usage(
            "there is no command '\(first) \(word)'\(NearestWord.question(for: word, among: names))",
            advice: "sessionctl help \(first) lists those that there are")
    }

    /// The names of the tree's commands, aliases and `help` among them.
    static func commandNames(of tree: any ParsableCommand.Type) -> [String] {
        tree.configuration.subcommands.flatMap { [$0._commandName] + $0.configuration.aliases } + ["help"]
    }

    private static func checkForm(_ arguments: [String]) throws(Failure) {
        for (index, argument) in arguments.prefix(while: { $0 != "--" }).enumerated() {
            var word: String?
            if argument.hasPrefix("--output=") { word = String(argument.dropFirst("--output=".count)) }
            if argument == "-o" || argument == "--output", index + 1 < arguments.count { word = arguments[index + 1] }
            guard let word, OutputForm(rawValue: word) == nil else { continue }
            let forms = OutputForm.allCases.map { $0.rawValue }
            guard let meant = NearestWord.suggestion(for: word, among: forms) else { continue }
            throw .usage("there is no form '\(word)'; did you mean '\(meant)'?", advice: "--help lists the forms")
        }
    }
}
