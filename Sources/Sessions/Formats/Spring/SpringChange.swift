/// The commands that change a Spring session (session-formats, ch. 6.5, 6.6, 7, 8 and 15).
struct SpringChange {
    let group: SessionGroup
    let context: ChangeContext

    init(_ group: SessionGroup, _ context: ChangeContext) {
        self.group = group
        self.context = context
    }

    typealias Field = SpringFormat.Field
    var key: [UInt8] { group.record.key }

    /// How much longer than the interval the hash of an indexed repository lives, in milliseconds (ch. 6.1).
    static let afterlife: Int64 = 300_000

    func logout() -> ChangePlan {
        if group.isEnded, !isLeftToUs { return group.planToTidy(indices, conditions: group.isAsRead) }
        // A hash that lacks one of its own fields fails each request, and no event can be made of it.
        let isWhole = group.session.createdAt != nil && group.session.lastAccessedAt != nil
        guard group.session.variant != "default", isWhole, !isLeftToUs,
            let zero = BoxedNumber.bytes(of: 0, like: group.field(Field.maxInactiveInterval), .integer)
        else { return deletion }
        var plan = ChangePlan(for: group.session, conditions: group.isAsRead)
        plan.commands = [PlannedCommand("HSET", key, [Field.maxInactiveInterval, zero], role: .session)]
        // Listeners of a reactive repository delete the hash as well (ch. 8); until then this is so.
        plan.result = [
            PlanCondition(key, .field(Field.maxInactiveInterval, zero), otherwise: .changed), accessIsAsRead,
        ]
        plan.leave(key, for: Self.afterlife)
        plan.commands += indices
        plan.endShadow(of: group, context)
        return plan
    }

    /// A reactive repository cleans up when it hears of the end of the shadow key (ch. 8): where nobody listens, or there is no such
    /// key, nobody does.
    private var isLeftToUs: Bool {
        group.session.variant == "reactive-indexed" && !(context.isHeard && group.hasShadow)
    }

    /// The hash goes with all that is there because of it; the default repository has nothing else (ch. 7).
    private var deletion: ChangePlan {
        var plan = ChangePlan(for: group.session, conditions: group.isAsRead)
        plan.commands = indices
        plan.endShadow(of: group, context)
        plan.commands.append(PlannedCommand("UNLINK", key, role: .session))
        plan.result.append(PlanCondition(key, .missing, otherwise: .changed))
        return plan
    }

    /// Everything but the shadow key, whose end the application hears: it goes last.
    private var indices: [PlannedCommand] {
        namedIndices + group.others.filter { $0.key.role != .shadow }.compactMap { bucketRemoval($0) ?? $0.removal }
    }

    /// Versions before 2.5.0 may have left the id itself beside `expires:` and the id (ch. 6.2 and 6.6).
    private func bucketRemoval(_ record: GroupedRecord) -> PlannedCommand? {
        guard record.key.role == .expirations, case .members(let members) = record.content, let first = members.first
        else { return nil }
        let legacy = SpringMember.bytes(of: group.session.id, like: first)
        let all = members.contains(legacy) ? members : members + [legacy]
        return PlannedCommand("SREM", record.key.key, all, role: .expirations, isEssential: false)
    }

    /// A reactive session names its indices itself (ch. 8): its principal may have another name by now.
    private var namedIndices: [PlannedCommand] {
        var known = Set(group.others(.principalIndex).map(\.key.key))
        var commands: [PlannedCommand] = []
        for record in group.others(.sessionIndex) {
            guard case .set(let members) = record.content else { continue }
            for member in members {
                guard let index = SpringMember.text(of: member), known.insert(index).inserted else { continue }
                let entry = SpringMember.bytes(of: group.session.id, like: member)
                commands.append(PlannedCommand("SREM", index, [entry], role: .principalIndex, isEssential: false))
            }
        }
        return commands
    }

    private var accessIsAsRead: PlanCondition {
        PlanCondition(key, .field(Field.lastAccessedTime, group.field(Field.lastAccessedTime)), otherwise: .usedSince)
    }
}
