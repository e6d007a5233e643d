/// What `help` says.
struct ShellHelp {
    let table: CommandTable

    var text: String {
        let rows = table.commands.filter { $0.name != "help" }.map { command in
            (([command.name] + command.aliases).joined(separator: ", "), command.abstract)
        }
        let more = [
            ("help COMMAND, \\?", "All about a command, or this."), ("\\q", "The same as exit."),
            ("\\write on", "The same as write on."),
        ]
        let width = (rows + more).map { $0.0.count }.max() ?? 0
        let lines = (rows + more).map { name, about in
            "  " + name + String(repeating: " ", count: width - name.count + 2) + about
        }
        let topics = "Topics, shown by help TOPIC: " + HelpTopic.allCases.map { $0.rawValue }.joined(separator: " ")
        return lines.joined(separator: "\n") + "\n\n" + topics + "\n" + Self.rules + "\n"
    }

    private static let rules = """
        Words with blanks stand in quotes; # begins a comment.
        Tab completes, Ctrl-C stops a command, Ctrl-D leaves.
        -n on a line is another database, -h, -p, -s and -u are another server, for that line.
        """
}
