import ArgumentParser

/// How a command changes many sessions: as operators' scripts need it, and as people can live with it.
struct ChangeOptions: ParsableArguments, ConfirmedOptions {
    @Flag(name: .customLong("dry-run"), help: "Show the commands for each session, and send none that writes.")
    var dryRun = false

    @Flag(help: "Change sessions also where the profile says that it is production.")
    var write = false

    @Flag(
        name: [.customShort("y"), .customLong("yes")],
        help: "Do not ask; above 100 sessions --at-most is needed as well.")
    var yes = false

    @Option(
        name: .customLong("at-most"),
        help: ArgumentHelp("Refuse before the first write when more sessions fit.", valueName: "n"))
    var atMost: Int?

    @Option(help: ArgumentHelp("Stop after this many changed sessions.", valueName: "n"))
    var limit: Int?

    @Option(help: ArgumentHelp("No more sessions a second than this.", valueName: "n"))
    var rate: Int?

    @Flag(name: .customLong("no-undo"), help: "Do not keep what is changed: it cannot be taken back.")
    var noUndo = false

    @Option(
        help: ArgumentHelp(
            "Append a line of JSON for each session and what became of it (docs/json.md).", valueName: "file"))
    var report: String?

    func validate() throws { try Self.requireChange(dryRun, report) }

    /// A report would be empty where nothing is changed.
    static func requireChange(_ dryRun: Bool, _ report: String?) throws {
        guard dryRun, report != nil else { return }
        throw ValidationError(
            "--report tells what became of sessions, and --dry-run changes none: -o json shows what would be done")
    }

    /// What the command says of changing sessions.
    var permission: WritePermission { WritePermission(isDryRun: dryRun, isMeant: write) }

    /// The command that takes a change of this number back, whole, in the same store.
    func wayBack(_ number: Int64, _ connection: ConnectionOptions, in context: CommandContext) -> String {
        let program = context.shell == nil ? ["sessionctl"] : []
        return ShellLine.text(program + ["undo", String(number)] + connection.words + (write ? ["--write"] : []))
    }

    /// So many sessions are changed with `--yes` alone.
    static let mostWithoutCount = 100
}
