import ArgumentParser
import SessionStorage
import Sessions
import Terminal

/// The forms of `list`.
enum ListForms: CommandForms {
    static let all: [OutputForm] = [.table, .tree, .json, .jsonl, .csv, .tsv, .raw]
}

/// `list`: the sessions of a store, one a row.
struct ListCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List sessions.",
        usage: "sessionctl list [--where FILTER] [--fields NAMES] [--sort FIELD] [--limit N] [-o FORM] [CONNECTION]",
        discussion: """
            Walks over the whole database with SCAN and shows what holds a session, whatever system wrote it; other keys are left \
            alone and counted. Rows come as they are found, unless --sort is given.

            Fields: id format variant namespace key principal created accessed idle interval expires ttl size attributes class \
            role finding, and attr.PATH for a value inside the attributes (sessionctl help paths). What costs the server more \
            (variant, size, and all that stands in attributes) is fetched only when it is asked for. In a pipe and in \
            CSV, idle and ttl are milliseconds, interval seconds, size bytes, times RFC 3339. Control characters are written as \
            escapes (\\n, \\x1b), in tab-separated lines a backslash as two; -o raw and JSON say every byte.

            Filters compare fields with = != < <= > >= ~ !~ or in (...), ask has(PATH), and are joined by and, or, not and \
            parentheses: durations 90s 30m 2h 7d, sizes 4k 1m, times as a date, RFC 3339, epoch or now - 30d, none for what is \
            not there (sessionctl help filters).

            Sorting takes about 64 MB of memory. What does not fit goes, as keys and the values to sort by, to a file in \
            $TMPDIR that nobody else can open; such sessions are fetched a second time, and left out if they have ended or no \
            longer fulfil the filter.

            Examples:
              sessionctl list
              sessionctl list --where "idle > 30d and principal != none" --fields id,idle
              sessionctl list --sort=-size --limit 10 --fields id,size,principal
              sessionctl list --where "user = 'alice'" -o jsonl --fields id,attributes
              sessionctl list --where "attr.cart.total > 100" --fields id,attr.cart.total
            """,
        aliases: ["ls"])

    @OptionGroup var selection: SelectionOptions

    @Option(help: ArgumentHelp("Fields to show, separated by commas; of several, all.", valueName: "names"))
    var fields: [String] = []

    @Option(help: ArgumentHelp("Sort by a field; --sort=-FIELD for the other way round.", valueName: "field"))
    var sort: String?

    @Option(help: ArgumentHelp("Stop after this many sessions.", valueName: "n"))
    var limit: Int?

    @Flag(name: .customLong("exit-code"), help: "Exit with 1 when no session is shown.")
    var exitCode = false

    @OptionGroup(title: "Output") var form: FormOptions<ListForms>
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Connection") var connection: ConnectionOptions

    mutating func run(in context: CommandContext) throws -> ExitStatus {
        let now = context.clock()
        let form = form.form(onTerminal: .table, inPipe: .tsv, context: context)
        if form == .raw, !fields.isEmpty {
            throw Failure.usage(
                "-o raw writes the keys of sessions, and no fields", advice: "leave out --fields, or use -o tsv")
        }
        let fields = fields.isEmpty ? FieldList.usual : try FieldList.parse(fields.joined(separator: ","))
        let filter = try selection.filter(now: now)
        let order = try sort.map { try SortOrder($0) }
        let store = try context.openStore(connection)
        var listing = Listing(
            context: context, output: output, fields: fields, filter: filter, order: order, limit: limit, form: form)
        var walk = SessionWalk(
            context: context, quiet: output.quiet, filter: filter, needs: listing.needs, pattern: selection.pattern)
        // A filter must not take one variant for another; a column may be empty.
        walk.mayLackVariants = listing.needs.parts.contains(.variant) && !filter.needs.parts.contains(.variant)
        store.mayLackVariants = walk.mayLackVariants
        // In the shell the next command has the same store, and may write.
        defer { store.mayLackVariants = false }
        let summary = try listing.run(on: store, &walk)
        // Whoever closed the output, or left the pager, has seen a part that nobody counted.
        if !output.quiet, context.messageColumns != nil, context.output.wantsMore {
            context.say(listing.closingLine(summary))
        }
        if listing.changed > 0 {
            context.say("\(listing.changed) of the sessions ended or changed while they were sorted, and are not shown")
        }
        let status = listing.rendering.problems.conclude(
            in: context, exitCode && listing.shown == 0 ? .notFound : .done)
        return walk.conclude(summary, status)
    }
}
