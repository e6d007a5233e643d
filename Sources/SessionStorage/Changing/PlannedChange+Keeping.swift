import Sessions

extension PlannedBatch {
    /// The same with what is kept of the sessions, one for each plan in its order: the plans rest on that.
    func keeping(_ kept: [KeptSession]) -> PlannedBatch {
        var rest = kept[...]
        let readings = readings.map { reading in
            guard case .planned(let change) = reading, let one = rest.popFirst() else { return reading }
            return .planned(change.keeping(one))
        }
        var batch = PlannedBatch(found, readings: readings, context: context, readAt: readAt)
        batch.kept = kept
        return batch
    }
}

extension PlannedChange {
    /// The same where this is kept of the session, some of which may have been read later than what the plan was made of.
    func keeping(_ kept: KeptSession) -> PlannedChange {
        let plan = plan.sparing { key in
            guard let state = kept.states.first(where: { $0.key == key }), case .hash(let fields) = state.content else {
                return nil
            }
            let life = state.expiresAt.map { PlanCondition.Test.endsAt($0) } ?? .lifeIsEndless
            return ReadHash(fields, lives: group.lives(of: key) + [life])
        }
        return PlannedChange(plan: plan, group: group)
    }
}
