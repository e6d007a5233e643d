import SessionStorage
import Sessions
import Terminal

/// One run of `list`: a scan into a writer, by way of a sort where one is asked for.
struct Listing {
    let context: CommandContext
    let output: OutputOptions
    let fields: [SessionField]
    let filters: [SessionFilter]
    let order: SortOrder?
    let limit: Int?
    let form: OutputForm
    let rendering: ValueRendering
    private(set) var shown = 0

    init(
        context: CommandContext, output: OutputOptions, fields: [SessionField], filters: [SessionFilter],
        order: SortOrder?,
        limit: Int?, form: OutputForm
    ) {
        self.context = context
        self.output = output
        self.fields = fields
        self.filters = filters
        self.order = order
        self.limit = limit
        self.form = form
        rendering = ValueRendering(context, reveal: output.reveal)
    }

    /// Everything that has to be fetched for the columns, the filter and the order.
    private var parts: SessionParts {
        var parts = fields.reduce(into: SessionParts()) { $0.formUnion($1.parts) }
        for filter in filters { parts.formUnion(filter.parts) }
        if let order { parts.formUnion(order.field.parts) }
        // A tree shows whole sessions.
        if form == .tree { parts.formUnion([.principal, .timeToLive, .variant, .size, .attributes]) }
        return parts
    }

    mutating func run(on store: SessionStore, pattern: String?) throws -> ScanSummary {
        let progress = context.progress("scanning", unit: "keys", quiet: output.quiet)
        defer { progress.hide() }
        let style = SessionListStyle(
            fields: fields, palette: output.palette(context), width: context.screen?.columns,
            rendering: rendering)
        var writer = form.listWriter(style, to: context.output, isForTerminal: context.screen != nil)
        var sorter = SessionSorter(order: order, limit: limit)
        var left = limit ?? Int.max
        let scan = SessionScan(
            parts: parts, pattern: pattern.map { Array($0.utf8) },
            principalMatters: parts.contains(.principal))
        let summary = try scan.run(on: store, progress: { progress.update(done: $0, total: $1) }) { session in
            let now = context.clock()
            guard filters.allSatisfy({ $0.matches(session, now: now) }) else { return true }
            if order != nil {
                sorter.insert(session, now: now)
                return true
            }
            guard left > 0 else { return false }
            left -= 1
            shown += 1
            if context.messageColumns != nil { progress.hide() }
            writer.write(session, now: now)
            return left > 0 && context.output.wantsMore
        }
        progress.hide()
        for session in sorter.sorted() {
            shown += 1
            writer.write(session, now: context.clock())
        }
        writer.finish()
        return summary
    }

    /// What was seen, for the person who waits.
    func closingLine(_ summary: ScanSummary) -> String {
        let sessions = "\(shown) session\(shown == 1 ? "" : "s")"
        let rest = summary.auxiliary.values.reduce(summary.others, +)
        guard limit == nil || shown < (limit ?? 0), rest > 0 else { return sessions }
        var others: [String] = []
        for (kind, count) in summary.auxiliary.sorted(by: { $0.key < $1.key }) { others.append("\(count) \(kind)") }
        if summary.others > 0 { others.append("\(summary.others) other") }
        return sessions + "; keys that hold none: " + others.joined(separator: ", ")
    }
}

/// Keeps sessions in order; with a limit only the first of them.
struct SessionSorter {
    private let order: SortOrder?
    private let limit: Int?
    private var entries: [(value: FieldValue, session: Session)] = []

    init(order: SortOrder?, limit: Int?) {
        self.order = order
        self.limit = limit
    }

    mutating func insert(_ session: Session, now: Int64) {
        guard let order else { return }
        entries.append((session.value(of: order.field, now: now), session))
        // Twice the limit before the surplus is dropped: sorting then costs little for each session.
        if let limit, entries.count >= max(64, 2 * limit) { shorten(to: limit) }
    }

    mutating func sorted() -> [Session] {
        shorten(to: limit ?? entries.count)
        return entries.map { $0.session }
    }

    private mutating func shorten(to count: Int) {
        guard let order else { return }
        entries.sort { left, right in
            if order.areInOrder(left.value, right.value) { return true }
            // Those with equal values in the order of their keys: the same store gives the same list.
            return !order.areInOrder(right.value, left.value)
                && left.session.key.lexicographicallyPrecedes(right.session.key)
        }
        entries = Array(entries.prefix(count))
    }
}
