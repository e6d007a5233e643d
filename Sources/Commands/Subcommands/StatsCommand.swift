import ArgumentParser
import SessionStorage
import Sessions
import Terminal

/// The forms of `stats`.
enum StatsForms: CommandForms {
    static let all: [OutputForm] = [.table, .tsv, .json, .prometheus]
}

/// `stats`: what the sessions of a store are like.
struct StatsCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "stats",
        abstract: "Show what the sessions are like: formats, users, classes, ages, sizes.",
        usage: "sessionctl stats [--where FILTER] [--top N] [--quick] [-o FORM] [CONNECTION]",
        discussion: """
            Counts sessions by format, principal, class and finding, draws how long they have been idle, how old they are, what \
            life their keys have left and how large they are, and names the attributes that take most bytes. Everything is \
            fetched for it; --quick leaves out classes, findings, attributes and sizes, which need the whole content.

            -o prometheus is the text format for a textfile collector; names of metrics begin with sessionctl_.

            Memory is bounded: 100,000 names of each kind (10,000 of attributes) are told apart; what is beyond is said.

            Examples:
              sessionctl stats
              sessionctl stats --where "format = spring" --top 5
              sessionctl stats -o json --quick
              sessionctl stats -o prometheus > sessions.prom.new
            """)

    @OptionGroup var selection: SelectionOptions

    @Option(help: ArgumentHelp("How many principals, classes and attributes are named.", valueName: "n"))
    var top = 10

    @Flag(
        name: .customLong("quick"), help: "Only what costs the server little: no classes, findings, attributes, sizes.")
    var quick = false

    @OptionGroup(title: "Output") var form: FormOptions<StatsForms>
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Connection") var connection: ConnectionOptions

    mutating func run(in context: CommandContext) throws -> ExitStatus {
        let form = form.form(onTerminal: .table, inPipe: .tsv, context: context)
        let cheap: SessionParts = [.principal, .timeToLive]
        var walk = SessionWalk(
            context: context, quiet: output.quiet, filter: try selection.filter(now: context.clock()),
            needs: quick
                ? SessionNeeds(cheap, attributes: .none)
                : SessionNeeds(cheap.union([.size, .attributes, .neighbours])),
            pattern: selection.pattern)
        var statistics = SessionStatistics()
        let store = try context.openStore(connection)
        let summary = try walk.run(on: store) { session, now, _ throws(StorageError) in
            statistics.add(session, now: now)
            return true
        }
        write(statistics, form, context)
        let unnamed = [statistics.principals.unnamed, statistics.classes.unnamed, statistics.attributes.unnamed]
        if unnamed.contains(where: { $0 > 0 }) {
            context.say(
                "more names than can be kept: not counted are \(unnamed[0]) sessions of further principals, "
                    + "\(unnamed[1]) of further classes, \(unnamed[2]) further attributes")
        }
        if summary.misnamed > 0, !output.quiet { context.say(Self.line(misnamed: summary.misnamed)) }
        return walk.conclude(summary, .done)
    }

    private static func line(misnamed count: Int) -> String {
        (count == 1 ? "1 key is named as a session" : "\(count) keys are named as sessions") + " and of another type"
    }

    private func write(_ statistics: SessionStatistics, _ form: OutputForm, _ context: CommandContext) {
        switch form {
        case .json:
            let sink = JSONSink(sink: context.output, isForTerminal: context.screen != nil)
            sink.write(StatisticsJSON(statistics: statistics, top: top, isQuick: quick).bytes())
        case .prometheus:
            context.output.write(StatisticsMetrics(statistics: statistics, top: top, isQuick: quick).text())
        case .table:
            StatisticsText(
                statistics: statistics, top: top, isQuick: quick, palette: output.palette(context),
                width: context.screen?.columns ?? 80, sink: context.output
            ).write()
        default:
            var writer = RowWriter([.init("group"), .init("name"), .init("value")], form, output, context)
            for row in StatisticsRows.all(statistics, top: top, isQuick: quick) {
                writer.write([.text(row.group), .text(row.name), .number(row.value)])
            }
            writer.finish()
        }
    }
}
