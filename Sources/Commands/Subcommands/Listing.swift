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
    var needs: SessionNeeds {
        var needs = SessionNeeds(fields + (order.map { [$0.field] } ?? []))
        // A tree shows whole sessions.
        if form == .tree {
            needs.formUnion(SessionNeeds([.principal, .timeToLive, .variant, .size, .attributes, .neighbours]))
        }
        needs.formUnion(filter.needs)
        return needs
    }

    mutating func run(on store: SessionStore, _ walk: inout SessionWalk) throws -> ScanSummary {
        let style = SessionListStyle(
            fields: fields, palette: output.palette(context), width: context.screen?.columns,
            rendering: rendering)
        var writer = form.listWriter(style, to: context.output, isForTerminal: context.screen != nil)
        // After an error as well all sessions that came before it are shown.
        defer { writer.abandon() }
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
        let fetch = SessionFetch(needs: needs)
        try sorter?.finish { entries throws(StorageError) in
            try Self.hand(entries, fetch, from: store, filter, context.clock) { session in
                guard let session else {
                    changed += 1
                    return true
                }
                shown += 1
                writer.write(session, now: context.clock())
                return context.output.wantsMore
            }
        }
        writer.finish()
        return summary
    }

    /// Hands over the sessions of a run of sorted entries, one after the other until `body` returns false. Those that were not
    /// kept are fetched again, and have to fulfil the filter still: nil for one that does not.
    private static func hand(
        _ entries: [SessionSorter.Entry], _ fetch: SessionFetch, from store: SessionStore, _ filter: SessionFilter,
        _ clock: () -> Int64, _ body: (Session?) -> Bool
    ) throws(StorageError) -> Bool {
        var rest = entries[...]
        /// Those that were kept and come before the next that was not.
        func handKept() -> Bool {
            while let session = rest.first?.session {
                rest.removeFirst()
                guard body(session) else { return false }
            }
            return true
        }
        var goesOn = handKept()
        let missing = goesOn ? entries.filter { $0.session == nil }.map { $0.key } : []
        try fetch.run(at: missing, in: store) { session throws(StorageError) in
            rest = rest.dropFirst()
            goesOn = body(session.flatMap { filter.matches($0, now: clock()) ? $0 : nil }) && handKept()
            return goesOn
        }
        return goesOn
    }

    /// What was seen, for the person who waits.
    func closingLine(_ summary: ScanSummary) -> String {
        let sessions = "\(shown) session\(shown == 1 ? "" : "s")"
        let rest = summary.auxiliary.values.reduce(summary.others + summary.misnamed, +)
        guard limit == nil || shown < (limit ?? 0), rest > 0 else { return sessions }
        var others: [String] = []
        for (kind, count) in summary.auxiliary.sorted(by: { $0.key < $1.key }) { others.append("\(count) \(kind)") }
        if summary.misnamed > 0 { others.append("\(summary.misnamed) named as sessions and of another type") }
        if summary.others > 0 { others.append("\(summary.others) other") }
        return sessions + "; keys that hold none: " + others.joined(separator: ", ")
    }
}
