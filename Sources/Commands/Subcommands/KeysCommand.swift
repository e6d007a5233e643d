import ArgumentParser
import SessionStorage
import Sessions
import Terminal

/// The forms of `keys`.
enum KeysForms: CommandForms {
    static let all: [OutputForm] = [.table, .tsv, .csv, .json, .jsonl, .raw]
}

/// `keys`: every key that exists because of a session.
struct KeysCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "Show every key that belongs to a session.",
        usage: "sessionctl keys SESSION ... [-o FORM] [CONNECTION]",
        discussion: """
            A Spring session of an indexed repository has a shadow key, a place in an expirations bucket or sorted set and one in \
            the index of its principal beside its hash, in a reactive repository also a set that names its indices. A session of \
            a Tomcat manager mostly has its own key only; some managers collect ids in a set, keep times or locks beside it \
            (memcached-session-manager), or have many keys for each session (zinin). Keys that should be there and are not \
            are shown as missing.

            Examples:
              sessionctl keys 019fd27f
              sessionctl keys user:alice -o json
            """)

    @OptionGroup var session: SessionArgument
    @OptionGroup(title: "Output") var form: FormOptions<KeysForms>
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Connection") var connection: ConnectionOptions

    mutating func run(in context: CommandContext) throws -> ExitStatus {
        let form = form.form(onTerminal: .table, inPipe: .tsv, context: context)
        let sessions = try session.sessions(in: context, connection, quiet: output.quiet)
        let store = try context.openStore(connection)
        var writer = KeyGroupWriter(
            form, palette: output.palette(context), width: context.screen?.columns, to: context.output,
            isForTerminal: context.screen != nil)
        for session in sessions {
            for state in try store.keyGroup(of: session) { writer.write(state) }
        }
        writer.finish()
        return .done
    }
}
