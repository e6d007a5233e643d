package import Sessions

/// A change as it is asked for, of one session or of a million.
package struct SessionChange {
    /// Makes the plan for one session.
    package typealias Planning = @Sendable (SessionGroup, ChangeContext) throws(ChangeRefusal) -> ChangePlan

    /// Which sessions, as far as a filter says so.
    package let filter: SessionFilter
    /// Whether a session that was used since it was read is left: it is one of many that were not named.
    package let sparesActive: Bool
    /// What is planned for each.
    package let planning: Planning
    /// Whether plans look at all attributes, so that each session is read whole.
    package var readsWhole = false
    /// When the sessions were looked for, in milliseconds since 1970 by the server's clock; nil where that was not before.
    package var began: Int64?

    package init(filter: SessionFilter, sparesActive: Bool, planning: @escaping Planning) {
        self.filter = filter
        self.sparesActive = sparesActive
        self.planning = planning
    }

    /// What has to be read of a session.
    package var needs: SessionNeeds {
        var needs = filter.needs
        // By it a use shows that leaves no other trace.
        needs.formUnion(SessionNeeds([.end]))
        if readsWhole { needs.formUnion(SessionNeeds([.attributes])) }
        return needs
    }

    /// Why a session is not wanted any more that was when it was found: somebody has used it, or else changed it.
    func outcome(ofUnwanted group: SessionGroup, _ found: FoundSession) -> ChangeOutcome {
        wasUsed(group, since: found) ? .usedSince : .changed
    }

    /// Whether somebody has used a session since it was looked for: it states another last use, is another session, or its key was given
    /// another life.
    ///
    /// A request states when it began, and writes at its end; and the application's clock may be another than the server's. So the time when the
    /// search began tells only where the search found no last use.
    private func wasUsed(_ group: SessionGroup, since found: FoundSession) -> Bool {
        let session = group.session
        if let before = found.lastAccess {
            if session.lastAccessedAt != before { return true }
        } else if let began, let last = session.lastAccessedAt, last >= began {
            return true
        }
        if let before = found.createdAt, session.createdAt != before { return true }
        if found.isEndless { return group.record.timeToLive != .none || found.createdAt != session.createdAt }
        guard let end = found.end else { return false }
        // A manager that was given a shorter interval gives shorter lives: any other end is a use.
        guard let now = group.record.expiresAt else { return true }
        let tolerance = group.record.endTolerance
        let (difference, overflow) = now.subtractingReportingOverflow(end)
        return overflow || !(-tolerance...tolerance).contains(difference)
    }

    /// The plan for a group that was just read; nil where the filter does not want it any more, or somebody has used it since it was found.
    package func plan(
        for group: SessionGroup, _ found: FoundSession, _ context: ChangeContext
    ) throws(ChangeRefusal) -> ChangePlan? {
        guard filter.matches(group.session, now: context.now) else { return nil }
        // Whatever the filter is about: who came back since the sessions were looked for stays.
        if sparesActive, wasUsed(group, since: found) { return nil }
        guard readsWhole ? group.record.isWhole : group.isReadForPlans else {
            throw ChangeRefusal(
                group.hasPlanFields && !readsWhole
                    ? "it is too large to be kept for undo: --no-undo changes it without"
                    : "it is too large to be read, and so nobody could tell whether it was changed meanwhile")
        }
        var plan = try planning(group, context)
        plan.conditions += filterConditions(group)
        return plan
    }

    /// That the attributes that the filter looked at are as they were read. Of strings the whole is compared anyway.
    private func filterConditions(_ group: SessionGroup) -> [PlanCondition] {
        guard case .hash(let fields) = group.record.content else { return [] }
        let format = SessionFormats.format(named: group.session.format)
        var names: Set<[UInt8]> = []
        if filter.needs.parts.contains(.attributes) {
            names = Set(fields.map(\.field))
            if case .named(let attributes) = filter.needs.attributes {
                names = Set(format?.hashFields(ofAttributes: Array(attributes), inKey: group.record.key) ?? [])
            }
        }
        if filter.needs.parts.contains(.principal) { names.formUnion(format?.hashFields(withPrincipal: true) ?? []) }
        names.subtract(format?.hashFields(withPrincipal: false) ?? [])
        return names.sorted { $0.lexicographicallyPrecedes($1) }.map { name in
            let value = fields.first { $0.field == name }?.value
            let test = value.map { PlanCondition.Test.fieldDigest(name, SHA1.hexadecimal(of: $0)) } ?? .field(name, nil)
            return PlanCondition(group.record.key, test, otherwise: .changed)
        }
    }
}

extension SessionGroup {
    /// Whether all was read that tells of a change: the whole record, or the fields of a hash whose plans look at no others.
    fileprivate var isReadForPlans: Bool { record.isWhole || hasPlanFields && record.excess == nil }

    /// Whether its plans look at some fields of its hash alone, and these were read as far as they are there.
    fileprivate var hasPlanFields: Bool {
        guard case .hash = record.content, let format = SessionFormats.format(named: session.format) else {
            return false
        }
        return format.plansByFields
            && record.unreadFields.allSatisfy { !format.hashFields(withPrincipal: true).contains($0) }
    }
}
