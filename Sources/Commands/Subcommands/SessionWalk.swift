import ArgumentParser
import SessionStorage
import Sessions
import Terminal

/// Which sessions a command is about that walks over all of them.
struct SelectionOptions: ParsableArguments {
    @Option(
        name: .customLong("where"),
        help: ArgumentHelp("Only sessions that fulfil the filter; of several, all.", valueName: "filter"))
    var filters: [String] = []

    @Option(
        name: .customLong("pattern"),
        help: ArgumentHelp("Only keys that match this glob-style pattern, as of SCAN.", valueName: "glob"))
    var pattern: String?

    /// All filters as one.
    func filter(now: Int64) throws -> SessionFilter {
        SessionFilter(all: try filters.map { try SessionFilter($0, now: now) })
    }
}

/// A walk over the sessions that a filter lets through, with a bar, and with what is to be told at the end.
struct SessionWalk {
    let context: CommandContext
    let quiet: Bool
    let filter: SessionFilter
    /// What is fetched of each session that is handed over.
    let needs: SessionNeeds
    let pattern: String?
    /// What is added to this machine's clock.
    var offset: Int64 = 0
    /// Hears where in the keys the sessions lie that come next.
    var places: ScanPlaces = { _ in }
    /// Whether the variant is shown alone, and a session without is worth telling of.
    var mayLackVariants = false
    /// Sessions whose variant was to be shown and could not be asked for.
    private(set) var lackingVariants = 0
    /// What the filter could not compare.
    private(set) var tally = FilterTally()
    /// Sessions whose attributes were asked for and are too large to be read.
    private(set) var tooLarge = 0

    /// - Parameter needs: what the command has to know of each session; what the filter has to know is added.
    init(context: CommandContext, quiet: Bool, filter: SessionFilter, needs: SessionNeeds, pattern: String?) {
        var needs = needs
        needs.formUnion(filter.needs)

        self.context = context
        self.quiet = quiet
        self.filter = filter
        self.needs = needs
        self.pattern = pattern
    }

    /// Walks; `body` gets each session, the time, and the bar, and returns false to stop.
    mutating func run(
        on store: SessionStore, body: (Session, Int64, ProgressLine) throws(StorageError) -> Bool
    ) throws(StorageError) -> ScanSummary {
        let progress = context.progress("scanning", unit: "keys", quiet: quiet)
        defer { progress.hide() }
        let summary = try scan.run(on: store, progress: { progress.update(done: $0, total: $1) }, places: places) {
            session throws(StorageError) in
            let now = context.clock() + offset
            if needs.parts.contains(.attributes), session.isTooLarge { tooLarge += 1 }
            guard filter.matches(session, now: now, tally: &tally) else { return true }
            if mayLackVariants, session.lacksVariant { lackingVariants += 1 }
            return try body(session, now, progress)
        }
        return summary
    }

    private var scan: SessionScan {
        var scan = SessionScan(
            parts: needs.parts, attributes: needs.attributes, pattern: pattern.map { Array($0.utf8) },
            principalMatters: needs.parts.contains(.principal))
        if !needs.parts.isDisjoint(with: .expensive), filter.hasCheapTests {
            let (filter, known) = (filter, filter.cheapParts)
            scan.preselection = SessionScan.Preselection(parts: known) { session, now in
                filter.decision(on: session, now: now, known: known) == false
            }
        }
        return scan
    }

    /// Tells what was not compared and what could not be read, which makes the result partial.
    func conclude(_ summary: ScanSummary, _ status: ExitStatus) -> ExitStatus {
        if let line = tally.closingLine { context.say(line) }
        if tooLarge > 0 {
            let sessions = tooLarge == 1 ? "1 session is" : "\(tooLarge) sessions are"
            context.say(
                "\(sessions) too large for all attributes to be read; --where \"finding = too-large\" names them")
        }
        if lackingVariants > 0 {
            let sessions = lackingVariants == 1 ? "1 session" : "\(lackingVariants) sessions"
            context.say(
                "this Redis user may not ask (EXISTS) for the keys beside \(sessions) that tell the variant: it is left empty, and findings "
                    + "about these keys are missing")
        }
        guard summary.denied > 0 else {
            return tooLarge + lackingVariants > 0 && status != .undecodable ? .partial : status
        }
        context.say(
            "this Redis user may not read \(summary.denied) of the keys, which may hold sessions; --pattern narrows the walk"
        )
        return .partial
    }
}
