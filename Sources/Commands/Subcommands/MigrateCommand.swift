import ArgumentParser
import Redis
import SessionStorage
import Sessions
import Terminal

/// `migrate`: carries sessions from one store to another, or to another layout, so that nobody has to log in again.
struct MigrateCommand: Subcommand {
    static let withoutServer: String? = "migrate takes its two stores as SOURCE and TARGET"
    static let ownConnectionOptions: Set<String> = ["--namespace", "--max-inactive-interval"]

    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Carry sessions to another Redis, or to another layout, without logging anybody out.",
        usage: "sessionctl migrate SOURCE TARGET [--to FORMAT] [--where FILTER] [--move] [--dry-run] [--yes]",
        discussion: """
            Sessions are read at the source, written to the target, and read back there. They stay at the source, unless --move says \
            that they go: each goes in one step of the server, after it was read back, and only if nobody has used it meanwhile.

            Without --to every key of a session is written as it is. With it, sessions get the layout of Spring Session or of a Tomcat \
            session manager: attributes that were in one stream get one each, or the other way round.

            Before anything is written, all sessions are looked at, and it is told what will not fit, and whether logins travel. A job \
            that was interrupted goes on when the same command is given again; once it is complete, the same command takes what is \
            new or has changed. What has ended is not carried on.

            The source may be a file as well: archive:FILE is what export wrote, rdb:FILE a dump of a Redis, tokens:FILE a token in \
            each line, bare or as the member token of an object in JSON. Of a token a session is made that ends with it, of its claims \
            attributes; it is verified with the issuer's key first, and refused without one unless --unverified says aloud that it is \
            taken as it is.

            With --to jwt it is the other way round: a token is made of each session, signed with the key that is given, and added to \
            the file of --tokens; the target gets an entry of the allow-list for each (docs/tokens.md). What a token cannot hold, and \
            what is secret, stays behind and is told; with --move only what --drop names may be lost.

            The stores' passwords can be in SESSIONCTL_SOURCE_AUTH and SESSIONCTL_TARGET_AUTH.

            Examples:
              sessionctl migrate redis://old redis://new --dry-run
              sessionctl migrate @tomcat @spring --to spring --security-context 5.8 --yes
              sessionctl migrate @old @new --where "idle < 30d" --move --yes
              sessionctl migrate tokens:tokens @spring --to spring --pem public.pem --yes
              sessionctl migrate @old @new --to jwt --tokens made --pem private.pem --yes
            """)

    @OptionGroup var stores: TwoStores
    @OptionGroup(title: "Layout") var layout: LayoutOptions
    @OptionGroup(title: "Selection") var selection: SelectionOptions
    @OptionGroup(title: "Migration") var removal: RemovalOptions
    @OptionGroup(title: "Migration") var migration: MigrationOptions
    @OptionGroup(title: "Tokens") var tokens: TokenTrustOptions
    @OptionGroup(title: "Tokens") var issue: TokenIssueOptions
    @OptionGroup(title: "Output") var form: FormOptions<ChangeForms>
    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
        if removal.move, migration.noReadBack {
            throw ValidationError("--move takes away only what was read back: --no-read-back contradicts it")
        }
    }

    mutating func run(in context: CommandContext) throws -> ExitStatus {
        var conversion = try layout.conversion(try issue.layout(layout, tokens, moves: removal.move))
        let trust = try tokens.trust(for: conversion, in: context)
        let issue = try layout.to == .jwt ? issue.issue(tokens, in: context) : nil
        // The one that is written comes first: where that is refused nothing is asked of the other.
        let target = try stores.openTarget(in: context, toChange: migration.permission)
        conversion?.take(target.jwtKeys)
        let source = try stores.openSource(in: context, toChange: removal.move ? migration.permission : nil)
        source.managerInterval = layout.interval ?? source.managerInterval
        // What keeps its layout is the same manager's on both sides.
        let other = conversion == nil ? source.managerInterval : nil
        target.managerInterval = layout.interval ?? target.managerInterval ?? other
        let job = Migration(
            context: context, source: source, target: target, conversion: conversion, selection: selection,
            moves: removal.move, options: migration, trust: trust, issue: issue,
            form: form.form(onTerminal: .table, inPipe: .table, context: context), output: output)
        return try job.run()
    }
}

/// What becomes of the sessions at the source of a migration.
struct RemovalOptions: ParsableArguments {
    @Flag(help: "Take sessions away from the source once they are at the target.")
    var move = false
}

/// How a migration is done.
struct MigrationOptions: ParsableArguments, ConfirmedOptions {
    @Option(
        name: .customLong("on-conflict"),
        help: ArgumentHelp("What is done where another session has the id at the target (fail).", valueName: "way"))
    var conflict: LayoutWord<ConflictPolicy>?

    @Flag(
        name: .customLong("no-read-back"),
        help: "Do not look whether the target has what was written, nor again at what changes meanwhile.")
    var noReadBack = false

    @Flag(name: .customLong("dry-run"), help: "Show what would be written for each session, and write nothing.")
    var dryRun = false

    @Flag(help: "Take what there is of an export that was not finished.")
    var incomplete = false

    @Flag(help: "Write again what the target had in an earlier run, and has no more.")
    var anew = false

    @Flag(help: "Write also where the profile says that it is production.")
    var write = false

    @Flag(
        name: [.customShort("y"), .customLong("yes")],
        help: "Do not ask; above 100 sessions --at-most is needed as well.")
    var yes = false

    @Option(
        name: .customLong("at-most"),
        help: ArgumentHelp("Refuse before the first write when more sessions fit.", valueName: "n"))
    var atMost: Int?

    @Option(help: ArgumentHelp("Stop after this many sessions that were written.", valueName: "n"))
    var limit: Int?

    @Option(help: ArgumentHelp("No more sessions a second than this.", valueName: "n"))
    var rate: Int?

    @Option(
        help: ArgumentHelp(
            "Append a line of JSON for each session and what became of it (docs/json.md).", valueName: "file"))
    var report: String?

    func validate() throws { try ChangeOptions.requireChange(dryRun, report) }

    /// What the command says of changing sessions.
    var permission: WritePermission { WritePermission(isDryRun: dryRun, isMeant: write) }
}
