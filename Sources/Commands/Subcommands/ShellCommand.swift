import ArgumentParser
import Configuration
import SessionStorage
import Terminal

/// `shell`: the commands one after the other on one connection.
struct ShellCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "shell",
        abstract: "Work on a store interactively, or run commands from a pipe.",
        usage: "sessionctl shell [--keep-going] [CONNECTION]",
        discussion: """
            Takes the same commands without the program's name. use SESSION sets the session that commands fall back to when \
            none is given; help lists the commands, help COMMAND tells all about one, exit, \\q or Ctrl-D leaves. Words with \
            blanks stand in single or double quotes, a backslash takes the meaning of a character, # begins a comment.

            On a terminal, Tab completes commands, options, their values, ids and user:NAME; Ctrl-C stops the command and \
            not the shell; a connection that was lost is opened again. Lines are remembered in $XDG_STATE_HOME/sessionctl/history \
            (~/.local/state without it), mode 0600; those with a password, a token or a Java stream are not.

            Connection options on a line hold for that line: -n, --user, --askpass and the timeouts change the shell's own \
            connection, -h, -p, -s and -u name another server.

            A store whose profile is production has a red prompt and is read-only until \\write on.

            From a pipe or a file, the first error ends the run with its exit status; with --keep-going all lines are run, \
            and the exit status is 5 if any of them failed. A person's shell ends with 0.

            Examples:
              sessionctl -h redis.example.org shell
              sessionctl -u @shop shell
              printf 'use user:grace\\nshow\\nkeys\\n' | sessionctl shell
            """)

    @Flag(name: .customLong("keep-going"), help: "Without a terminal: go on after a line that failed.")
    var keepGoing = false

    @OptionGroup(title: "Connection") var connection: ConnectionOptions

    mutating func run(in context: CommandContext) throws -> ExitStatus {
        let state = ShellState(
            plan: try context.opened(connection.plan(in: context)), namespaces: connection.namespaces,
            clock: context.monotonicClock)
        defer { state.close() }
        // Better to hear it now than with the first command.
        _ = try state.store(for: context)
        context.shell = state
        defer { context.shell = nil }
        guard StandardStream.input.isTerminal, let screen = terminal else {
            let editor = PlainLineEditor(interruption: context.isInterrupted)
            return run(context, state, editor, .script(keepGoing: keepGoing), isColoured: false)
        }
        return run(context, state, lines(from: screen, context, state), .interactive, isColoured: true)
    }

    /// Where the prompt is written: a person may send only the output elsewhere.
    private var terminal: StandardStream? {
        [StandardStream.output, .error].first { $0.isTerminal }
    }

    private func lines(
        from screen: StandardStream, _ context: CommandContext, _ state: ShellState
    ) -> ReadlineEditor {
        let environment = context.environment
        let completer = ShellCompleter(
            names: state.names,
            profiles: { (try? Profiles(environment: environment))?.entries.map { $0.profile.name } ?? [] })
        let editor = ReadlineEditor(
            historyFile: ShellHistory.path(environment: context.environment), output: screen.descriptor,
            interruption: context.isInterrupted, completion: completer.complete)
        if let problem = editor.historyProblem {
            context.say("no history: \(problem)")
            try? context.errors.flush()
        }
        return editor
    }

    private func run(
        _ context: CommandContext, _ state: ShellState, _ editor: any LineEditor, _ mode: Shell.Mode, isColoured: Bool
    ) -> ExitStatus {
        let isOn = ColorChoice.auto.isOn(isTerminal: isColoured, environment: context.environment)
        let shell = Shell(
            context: context, state: state, editor: editor, mode: mode, palette: Palette(isEnabled: isOn))
        return shell.run()
    }
}
