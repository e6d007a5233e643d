package import Sessions

/// A plan with the session that it is for. Both are large, and handed on from step to step: they are shared, not copied.
package final class PlannedChange {
    /// The plan.
    package let plan: ChangePlan
    /// What was read.
    package let group: SessionGroup

    package init(plan: ChangePlan, group: SessionGroup) {
        self.plan = plan
        self.group = group
    }

    func with(_ outcome: ChangeOutcome) -> ChangedSession {
        ChangedSession(
            plan: plan, key: plan.key, id: plan.id, format: plan.format, principal: group.session.principal,
            outcome: outcome)
    }
}

/// Sessions of one batch as they were read, with their plans.
package struct PlannedBatch {
    /// What the reading of one session came to.
    enum Reading {
        /// There is none any more, or this user may not look.
        case gone
        /// The filter does not want it.
        case unwanted(SessionGroup)
        /// It is so already.
        case unneeded(SessionGroup)
        /// It cannot be changed in this way; the text says why.
        case refused(SessionGroup, String)
        case planned(PlannedChange)
    }

    /// The sessions as they were found, and what was read at the key of each.
    let found: [FoundSession]
    let readings: [Reading]
    let context: ChangeContext
    /// When all were read, or later.
    let readAt: ContinuousClock.Instant
    /// Those that are to be changed.
    let planned: [PlannedChange]
    /// What is to be kept before a plan is run, in the order of the plans; nothing where nobody wants to.
    package var kept: [KeptSession] = []

    init(
        _ found: [FoundSession], readings: [Reading], context: ChangeContext, readAt: ContinuousClock.Instant = .now
    ) {
        self.readAt = readAt
        self.found = found
        self.readings = readings
        self.context = context
        planned = readings.compactMap { reading in
            guard case .planned(let change) = reading else { return nil }
            return change
        }
    }

    /// Their plans as they are to be sent now.
    var plans: [ChangePlan] {
        let age = ContinuousClock.now - readAt
        let (seconds, rest) = age.components
        let milliseconds = seconds * 1000 + rest / 1_000_000_000_000_000
        return planned.map { $0.plan.sent(after: milliseconds) }
    }

    /// The first of them, up to the one with the plan of this number.
    func prefix(plans limit: Int) -> PlannedBatch {
        var plans = 0
        let count = readings.prefix { reading in
            if case .planned = reading { plans += 1 }
            return plans <= limit
        }.count
        var first = PlannedBatch(
            Array(found.prefix(count)), readings: Array(readings.prefix(count)), context: context,
            readAt: readAt)
        first.kept = Array(kept.prefix(first.planned.count))
        return first
    }

    /// How many sessions they are.
    package var count: Int { found.count }
}
