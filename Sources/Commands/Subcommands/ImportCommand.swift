import ArgumentParser
import SessionStorage
import Sessions
import Terminal

/// `import`: carries the sessions of a file to a store.
struct ImportCommand: Subcommand {
    static let withoutServer: String? = "import takes its store as TARGET"
    static let ownConnectionOptions: Set<String> = ["--namespace", "--max-inactive-interval"]

    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Carry the sessions of a file to a Redis.",
        usage: "sessionctl import FILE TARGET [--to FORMAT] [--where FILTER] [--on-conflict WAY] [--dry-run] [--yes]",
        discussion: """
            FILE is what export has written, an archive or JSON lines, which may come from standard input (-), or a dump of a Redis \
            (RDB), of which rdb:FILE?db=N is another database than 0. It is the same as migrate archive:FILE TARGET: each key gets its content, and ends when it would have; what has \
            ended meanwhile is left out and counted; sessions are read back; with --to they get another layout; given again, the \
            command writes what is missing.

            The file is served by a redis-server of its own while the command runs, which needs memory for all of it.

            An export that was interrupted is refused: the same export command goes on with it, or --incomplete takes what there is.

            Examples:
              sessionctl import sessions.sqlite redis://new --dry-run
              sessionctl import sessions.sqlite redis://new --on-conflict skip --yes
              sessionctl import 'rdb:dump.rdb?db=7' redis://new --yes
              zcat sessions.jsonl.gz | sessionctl import - redis://new --yes
            """)

    @Argument(
        help: ArgumentHelp(
            "File that export has written, or a dump of a Redis; - is standard input.", valueName: "file"),
        completion: .file())
    var file: String

    @Argument(
        help: ArgumentHelp(
            "Store that its sessions go to: a URL, as of -u, or @NAME of a profile.", valueName: "target"))
    var target: String

    @OptionGroup(title: "Layout") var layout: LayoutOptions
    @OptionGroup(title: "Selection") var selection: SelectionOptions
    @OptionGroup(title: "Import") var migration: MigrationOptions
    @OptionGroup(title: "Tokens") var tokens: TokenTrustOptions
    @OptionGroup(title: "Tokens") var issue: TokenIssueOptions
    @OptionGroup(title: "Output") var form: FormOptions<ChangeForms>
    @OptionGroup(title: "Output") var output: OutputOptions

    mutating func run(in context: CommandContext) throws -> ExitStatus {
        var conversion = try layout.conversion(try issue.layout(layout, tokens, moves: false))
        let trust = try tokens.trust(for: conversion, in: context)
        let issue = try layout.to == .jwt ? issue.issue(tokens, in: context) : nil
        let target = try TwoStores.openTarget(target, in: context, toChange: migration.permission)
        conversion?.take(target.jwtKeys)
        let source = try openFile(in: context)
        source.managerInterval = layout.interval
        let job = Migration(
            context: context, source: source, target: target, conversion: conversion, selection: selection,
            moves: false, options: migration, trust: trust, issue: issue,
            form: form.form(onTerminal: .table, inPipe: .table, context: context), output: output)
        return try job.run()
    }
}

extension ImportCommand {
    /// The file as it is named, or as a URL, which may say which of a dump's databases is meant.
    private func openFile(in context: CommandContext) throws -> SessionStore {
        guard !StoreFile.Kind.allCases.contains(where: { file.hasPrefix($0.rawValue + ":") }) else {
            return try TwoStores.openSource(file, in: context)
        }
        return try context.openStore(ConnectionPlan(try StoreFile(ofContent: file)))
    }
}

extension StoreFile {
    /// The file of this name, whatever kind it is of.
    fileprivate init(ofContent name: String) throws {
        let isDump = try name != "-" && FileBeginning.of(name, count: 16).starts(with: FileBeginning.rdb)
        self.init(isDump ? .rdb : .archive, path: name)
    }
}
