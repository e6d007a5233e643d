import ArgumentParser

/// The commands of the shell: those of the program, and what only a shell needs.
struct ShellCommandTree: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: SessionctlCommand._commandName,
        abstract: SessionctlCommand.configuration.abstract,
        version: SessionctlCommand.version,
        subcommands: SessionctlCommand.configuration.subcommands.filter { refusal(of: $0._commandName) == nil }
            + shellOnly,
        helpNames: [.long])

    static let shellOnly: [any ParsableCommand.Type] = [UseCommand.self, WriteCommand.self, ExitCommand.self]

    /// Why a command of the program makes no sense here; nil if it does.
    static func refusal(of command: String) -> String? {
        switch command {
        case "shell": "this is the shell already; -h, -p, -s, -n and -u on a line use another store for that line"
        case "demo": "the demo starts a Redis of its own and shows the program in it; leave the shell, then start it"
        default: nil
        }
    }
}

/// `exit`: leaves the shell.
struct ExitCommand: Subcommand {
    static let withoutServer: String? = "exit needs no server"

    static let configuration = CommandConfiguration(
        commandName: "exit", abstract: "Leave the shell, as Ctrl-D does.", aliases: ["quit"])

    mutating func run(in context: CommandContext) throws -> ExitStatus {
        context.shell?.isLeaving = true
        return .done
    }
}
