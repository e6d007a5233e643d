import ArgumentParser
import SessionStorage
import Sessions
import Terminal

/// `use`: the session that the commands of the shell fall back to.
struct UseCommand: Subcommand {
    static let withoutServer: String? = "use is about the shell's own store"

    static let configuration = CommandConfiguration(
        commandName: "use",
        abstract: "Set the session that commands fall back to.",
        usage: "sessionctl use [SESSION | --none]",
        discussion: """
            Commands about a session take this one when none is given. Without an argument it is shown; - or --none \
            forgets it.

            Examples:
              sessionctl use 019FD27F
              sessionctl use user:grace
              sessionctl use -
            """)

    @Argument(
        help: ArgumentHelp(
            "Session: id, cookie value, Redis key, prefix of six characters or more, user:NAME, or a JWT.",
            valueName: "session"))
    var name: String?

    @Flag(name: .customLong("none"), help: "Forget the current session.")
    var none = false

    mutating func run(in context: CommandContext) throws -> ExitStatus {
        guard let shell = context.shell else { return .usage }
        if none, name != nil { throw Failure.usage("give a session or --none, not both") }
        if none || name == "-" {
            shell.session = nil
        } else if let name {
            shell.session = try find(name, for: context, shell)
        } else {
            show(shell.session, in: context)
        }
        return .done
    }

    private func find(
        _ name: String, for context: CommandContext, _ shell: ShellState
    ) throws -> ShellState.CurrentSession {
        let store = try shell.store(for: context)
        let lookup = SessionLookup(
            store: store, namespaces: shell.namespaces + store.namespaces + SessionLookup.defaultNamespaces)
        let progress = context.progress("searching", unit: "keys", quiet: false)
        defer { progress.hide() }
        let found = try lookup.sessions(named: SessionName(name)) { progress.update(done: $0, total: $1) }
        guard found.count == 1, let session = found.first else {
            throw StorageError.ambiguous(name: name, keys: found.map { $0.key })
        }
        return ShellState.CurrentSession(key: session.key, id: session.id, format: session.format)
    }

    private func show(_ session: ShellState.CurrentSession?, in context: CommandContext) {
        guard let session else {
            context.say("no session is set; use SESSION sets one")
            return
        }
        context.output.write("\(session.format) \(TerminalText.escape(bytes: session.id))\n")
    }
}
