import ArgumentParser
import SessionStorage
import Sessions
import Terminal

/// The forms of `count`.
enum CountForms: CommandForms {
    static let all: [OutputForm] = [.table, .tsv, .csv, .json, .jsonl]
}

/// `count`: how many sessions there are, in all or by a field.
struct CountCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "count",
        abstract: "Count sessions, in all or by a field.",
        usage: "sessionctl count [--where FILTER] [--by FIELD] [--limit N] [-o FORM] [CONNECTION]",
        discussion: """
            Without --by one number. With it a line for each value, the most frequent first; a session with several values \
            (class, role, finding) counts for each of them. 100,000 different values are told apart; what is beyond is said.

            What a filter can say is in: sessionctl help filters.

            Examples:
              sessionctl count
              sessionctl count --where "user = 'alice' and idle < 15m"
              sessionctl count --by format -o json
              sessionctl count --by class --where "class ~ '^com[.]acme[.]'" --limit 20
            """)

    @OptionGroup var selection: SelectionOptions

    @Option(
        help: ArgumentHelp(
            "Count for each value of a field: format, principal, class, role, finding, attr.PATH, …",
            valueName: "field"))
    var by: String?

    @Option(help: ArgumentHelp("Only the most frequent values.", valueName: "n"))
    var limit: Int?

    @Flag(name: .customLong("exit-code"), help: "Exit with 1 when there is none.")
    var exitCode = false

    @OptionGroup(title: "Output") var form: FormOptions<CountForms>
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Connection") var connection: ConnectionOptions

    mutating func run(in context: CommandContext) throws -> ExitStatus {
        let field = try by.map { try Self.field($0) }
        let form = form.form(onTerminal: .table, inPipe: .tsv, context: context)
        var walk = SessionWalk(
            context: context, quiet: output.quiet, filter: try selection.filter(now: context.clock()),
            needs: SessionNeeds(field.map { [$0] } ?? []), pattern: selection.pattern)
        var tally = FieldTally(field, reveal: output.reveal)
        let store = try context.openStore(connection)
        let summary = try walk.run(on: store) { session, now, _ throws(StorageError) in
            tally.add(session, now: now)
            return true
        }
        write(tally, form, context)
        if tally.counts.unnamed > 0 {
            context.say(
                "more than \(tally.counts.nameCount) different values: \(tally.counts.unnamed) counts of others are not shown"
            )
        }
        return walk.conclude(summary, exitCode && tally.sessions == 0 ? .notFound : .done)
    }

    private static func field(_ word: String) throws -> SessionField {
        let field = try FieldList.single(word, option: "--by")
        guard field.kind == .text || field.kind == .any else {
            throw Failure.usage(
                "--by \(word): times, durations and sizes are not counted by value",
                advice: "--by takes format, variant, namespace, principal, class, role, finding or attr.PATH; "
                    + "stats draws times and sizes")
        }
        return field
    }

    private func write(_ tally: FieldTally, _ form: OutputForm, _ context: CommandContext) {
        guard let field = tally.field else {
            if form == .table || form == .tsv { return context.output.write("\(tally.sessions)\n") }
            var writer = RowWriter([.init("count")], form == .json ? .jsonl : form, output, context)
            writer.write([.number(Int64(tally.sessions))])
            return writer.finish()
        }
        let columns = [
            RowWriter.Column(field.name, isFlexible: true), RowWriter.Column("count", isNumber: true),
        ]
        var writer = RowWriter(columns, form, output, context)
        for (value, count) in tally.all.prefix(limit ?? .max) {
            writer.write([value.map { .text($0) } ?? .missing, .number(Int64(count))])
        }
        writer.finish()
    }
}

/// Sessions counted by the values of a field.
struct FieldTally {
    let field: SessionField?
    private(set) var sessions = 0
    private(set) var counts = BoundedCounts()
    /// Sessions without a value.
    private(set) var missing = 0

    private let reveal: Bool

    /// - Parameter reveal: count values that look secret under what they are, and not all as one.
    init(_ field: SessionField?, reveal: Bool) {
        self.field = field
        self.reveal = reveal
    }

    mutating func add(_ session: Session, now: Int64) {
        sessions += 1
        guard let field else { return }
        let value = session.value(of: field, now: now)
        let texts = value.texts
        if texts.isEmpty { missing += 1 }
        for text in texts { counts.add(shown(text, value, in: session)) }
    }

    /// Text or a number of an attribute as `list` shows it: masked by every name on the way to it, and text by itself.
    private func shown(_ text: String, _ value: FieldValue, in session: Session) -> String {
        guard !reveal, case .attribute(let attribute) = field, Self.canBeSecret(value) else { return text }
        let names = attribute.find(in: session).map { $0.path.names(in: session.attributes ?? []) } ?? attribute.names
        if names.contains(where: { SecretPolicy.isSecret(name: $0) }) { return SecretPolicy.mask }
        guard case .text = value else { return text }
        return SecretPolicy.masked(text) ?? text
    }

    private static func canBeSecret(_ value: FieldValue) -> Bool {
        switch value {
        case .text, .number, .decimal: true
        case .missing, .never, .many, .boolean, .time, .parts: false
        }
    }

    /// The most frequent value first; nil for sessions that have none.
    var all: [(value: String?, count: Int)] {
        let all = counts.most().map { (value: Optional($0.name), count: $0.count) }
        guard missing > 0 else { return all }
        let place = all.firstIndex { $0.count < missing } ?? all.count
        return all[..<place] + [(nil, missing)] + all[place...]
    }
}
