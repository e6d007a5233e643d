import ArgumentParser
import SessionStorage
import Sessions
import Terminal

/// The form of the file that sessions are exported to.
enum ExportForm: String, CaseIterable, ExpressibleByArgument {
    case archive, jsonl

    static var allValueDescriptions: [String: String] {
        ["archive": "an SQLite file", "jsonl": "JSON, one session a line"]
    }

    /// The one that the name of a file tells.
    init(of file: String) {
        let isLines = file == "-" || file.hasSuffix(".jsonl") || file.hasSuffix(".ndjson")
        self = isLines ? .jsonl : .archive
    }
}

/// `export`: writes sessions to a file, so that they can be looked at there, compared, and carried to any store.
struct ExportCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write sessions to a file, whole: an archive, or JSON lines.",
        usage: "sessionctl export FILE [--as FORM] [--where FILTER] [--rate N] [CONNECTION]",
        discussion: """
            Each session goes to the file with every key that belongs to it, byte for byte, with the times at which the keys end, and \
            as typed JSON for people and other programs (docs/exporting-sessions.md). The store is only read.

            An archive is an SQLite file. A file whose name ends in .jsonl or .ndjson gets JSON lines, as does standard output (-). The \
            file is made with mode 0600, and one that is there is never written over. The same command goes on with what was \
            interrupted; once all is written, it adds what is new or has changed. What the store has no more stays in the file.

            A file holds whole sessions in clear: who reads it can take them over. import carries it to a store; list, show, \
            stats, migrate and verify take it as archive:FILE.

            Examples:
              sessionctl export sessions.sqlite
              sessionctl export grace.jsonl --where "user = 'grace'"
              sessionctl export - | gzip > sessions.jsonl.gz
            """)

    @Argument(
        help: ArgumentHelp("File that sessions are written to; - is standard output.", valueName: "file"),
        completion: .file())
    var file: String

    @Option(
        name: .customLong("as"),
        help: ArgumentHelp("Form of the file (by its name, else an archive).", valueName: "form"))
    var exportForm: ExportForm?

    @OptionGroup(title: "Selection") var selection: SelectionOptions

    @Option(help: ArgumentHelp("No more sessions a second than this.", valueName: "n"))
    var rate: Int?

    @Flag(name: [.customShort("q"), .customLong("quiet")], help: "No progress and no closing line.")
    var quiet = false

    @OptionGroup(title: "Connection") var connection: ConnectionOptions

    func validate() throws {
        if file.isEmpty { throw ValidationError("the file has no name") }
        if file == "-", exportForm == .archive {
            throw ValidationError("an archive is a file: give it a name, or --as jsonl")
        }
    }

    mutating func run(in context: CommandContext) throws -> ExitStatus {
        let store = try context.openStore(connection)
        let job = ExportJob(
            context: context, store: store, selection: selection, file: file, form: exportForm ?? ExportForm(of: file),
            rate: rate, quiet: quiet)
        return try job.run()
    }
}
