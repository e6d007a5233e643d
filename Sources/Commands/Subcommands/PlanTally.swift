import Sessions

/// The plans of a dry run, counted: it ends as the change would.
struct PlanTally {
    /// How many sessions may be changed; nil for all.
    let limit: Int?
    private var total = 0
    private var refused = 0
    private var uncertain = 0
    private var changed = 0

    init(limit: Int?) { self.limit = limit }

    mutating func add(_ decision: ShownPlan.Decision) {
        total += 1
        switch decision {
        case .refused: refused += 1
        case .left: break
        case .plan(let plan):
            guard !plan.commands.isEmpty else { return }
            changed += 1
            if plan.doubt != nil { uncertain += 1 }
        }
    }

    /// Whether as many would be changed as may be: what is refused, and what is so already, does not count.
    var isAtLimit: Bool { limit.map { changed >= $0 } ?? false }

    /// What the plans say one by one, of all of them; nil where all is certain.
    var line: String? {
        guard uncertain > 0 else { return nil }
        let sessions = total == 1 ? "1 session" : "\(total) sessions"
        return "the outcome of \(uncertain) of \(sessions) would be unknown"
    }

    /// Nil where all would be done.
    var status: ExitStatus? {
        guard refused + uncertain > 0 else { return nil }
        return refused == total ? .usage : .partial
    }
}
