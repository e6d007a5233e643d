import SessionStorage
import Sessions
import Terminal

/// One run of `list`: a scan into a writer, by way of a sort where one is asked for.
struct Listing {
    let context: CommandContext
    let output: OutputOptions
    let fields: [SessionField]
    let filter: SessionFilter
    let order: SortOrder?
    let limit: Int?
    let form: OutputForm
    let rendering: ValueRendering
    private(set) var shown = 0
    /// Sessions that were gone, or no longer fulfilled the filter, when they were fetched in order.
    private(set) var changed = 0
    /// How much may be kept in memory for sorting.
    var sortingMemory = SessionSorter.usualMemory

    init(
        context: CommandContext, output: OutputOptions, fields: [SessionField], filter: SessionFilter,
        order: SortOrder?, limit: Int?, form: OutputForm
    ) {
        self.context = context
        self.output = output
        self.fields = fields
        self.filter = filter
        self.order = order
        self.limit = limit
        self.form = form
        rendering = ValueRendering(context, reveal: output.reveal)
    }

    /// Everything that has to be fetched for the columns, the filter and the order.
    var parts: SessionParts {
        var parts = fields.reduce(into: SessionParts()) { $0.formUnion($1.parts) }
        if let order { parts.formUnion(order.field.parts) }
        // A tree shows whole sessions.
        if form == .tree { parts.formUnion([.principal, .timeToLive, .variant, .size, .attributes, .neighbours]) }
        return parts
    }

    mutating func run(on store: SessionStore, _ walk: inout SessionWalk) throws -> ScanSummary {
        let style = SessionListStyle(
            fields: fields, palette: output.palette(context), width: context.screen?.columns,
            rendering: rendering)
        var writer = form.listWriter(style, to: context.output, isForTerminal: context.screen != nil)
        var sorter = order.map { order in
            SessionSorter(
                field: order.field, limit: limit, memory: sortingMemory,
                temporaryFolder: context.environment["TMPDIR"], isBefore: order.areInOrder)
        }
        var left = limit ?? Int.max
        let summary = try walk.run(on: store) { session, now, progress throws(StorageError) in
            if sorter != nil {
                try sorter?.insert(session, now: now)
                return true
            }
            guard left > 0 else { return false }
            left -= 1
            shown += 1
            if context.messageColumns != nil { progress.hide() }
            writer.write(session, now: now)
            return left > 0 && context.output.wantsMore
        }
        try sorter?.finish { entries throws(StorageError) in
            for session in try sessions(of: entries, in: store) {
                shown += 1
                writer.write(session, now: context.clock())
            }
            return context.output.wantsMore
        }
        writer.finish()
        return summary
    }

    /// The sessions of a run of sorted entries; those that were not kept are fetched again, and have to fulfil the filter
    /// still.
    private mutating func sessions(
        of entries: [SessionSorter.Entry], in store: SessionStore
    ) throws(StorageError) -> [Session] {
        let missing = entries.filter { $0.session == nil }.map { $0.key }
        var fetched = try SessionFetch(parts: parts.union(filter.parts)).sessions(at: missing, in: store).sessions[...]
        var sessions: [Session] = []
        for entry in entries {
            if let session = entry.session {
                sessions.append(session)
            } else if let session = fetched.popFirst() ?? nil, filter.matches(session, now: context.clock()) {
                sessions.append(session)
            } else {
                changed += 1
            }
        }
        return sessions
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
