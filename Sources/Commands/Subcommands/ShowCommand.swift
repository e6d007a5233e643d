import ArgumentParser
import SessionStorage
import Sessions
import Terminal

/// The forms of `show`.
enum ShowForms: CommandForms {
    static let all: [OutputForm] = [.tree, .json, .jsonl, .tsv]
}

/// `show`: whole sessions, decoded.
struct ShowCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show sessions with all their attributes, decoded.",
        usage: "sessionctl show SESSION ... [-o FORM] [--typed] [--reveal] [CONNECTION]",
        discussion: """
            A session is named by its id, the value of its cookie, its Redis key, a prefix of six characters or more, user:NAME \
            (all sessions of a principal), or a JWT whose sid, jti or sub points to it.

            Values that look secret are masked until --reveal. --typed prints the JSON form that keeps everything: classes, \
            version ids, byte ranges (see docs/json.md).

            Examples:
              sessionctl show 019FD27FA8CDFE34BA952952AFAA4F22
              sessionctl show user:alice
              sessionctl show c388238a --json
              sessionctl show cookie:ZDdhYTA4NDMtNDYyZi00OWM2LWI1OGItZjJjNmQxOTAwOGNk
            """)

    @OptionGroup var session: SessionArgument

    @Flag(name: .customLong("typed"), help: "JSON that keeps classes, version ids and byte ranges.")
    var typed = false

    @OptionGroup(title: "Output") var form: FormOptions<ShowForms>
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Connection") var connection: ConnectionOptions

    mutating func run(in context: CommandContext) throws -> ExitStatus {
        let sessionOutput = SessionOutput(output: output, wished: form.wished, typed: typed, context: context)
        let found = try session.found(in: context, connection, quiet: output.quiet)
        guard !found.sessions.isEmpty else { return found.status }
        let status = try sessionOutput.write(found.sessions)
        return found.status == .done ? status : found.status
    }
}
