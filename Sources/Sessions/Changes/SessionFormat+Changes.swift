extension SessionFormat {
    /// The plan to log the session out: its own key goes, and with it what is there because of it.
    public static func planToExpire(
        _ group: SessionGroup, _ context: ChangeContext
    ) throws(ChangeRefusal) -> ChangePlan {
        var plan = ChangePlan(for: group.session, conditions: group.isAsRead)
        plan.commands = [PlannedCommand("UNLINK", group.record.key, role: .session)] + group.removals
        plan.result = [PlanCondition(group.record.key, .missing, otherwise: .changed)]
        return plan
    }

    /// The plan to make it end at `end`: refused, where the next request takes it back.
    public static func planToExpire(
        _ group: SessionGroup, at end: Int64, _ context: ChangeContext
    ) throws(ChangeRefusal) -> ChangePlan {
        throw ChangeRefusal(
            "the next request would extend it again: the application's manager, and not the session, says how long it lives"
        )
    }

    /// The plan to extend it: its key's life alone counts.
    public static func planToTouch(
        _ group: SessionGroup, _ context: ChangeContext
    ) throws(ChangeRefusal) -> ChangePlan {
        guard let interval = group.session.maxInactiveSeconds, interval > 0 else {
            throw ChangeRefusal("it does not say how long it lives; --max-inactive-interval tells")
        }
        let (life, overflow) = interval.multipliedReportingOverflow(by: 1000)
        guard !overflow else { throw ChangeRefusal("its interval of \(interval) seconds is too long for a key's life") }
        var plan = ChangePlan(for: group.session, conditions: group.isAsRead)
        plan.commands = [PlannedCommand("PEXPIRE", group.record.key, [life.decimal], role: .session)]
        return plan
    }
}

extension SessionGroup {
    /// That nobody has used or changed the session since it was read.
    ///
    /// A string says by its bytes that it is another, and by a longer life that it was used; a hash by the bytes of its own fields,
    /// which a request writes.
    var isAsRead: [PlanCondition] {
        switch record.content {
        case .string(let bytes):
            return [
                PlanCondition(record.key, .exists, otherwise: .gone),
                PlanCondition(record.key, .digest(SHA1.hexadecimal(of: bytes)), otherwise: .changed), lifeIsNotLonger,
            ]
        case .hash(let fields):
            let own = SessionFormats.format(named: session.format)?.hashFields(withPrincipal: false) ?? []
            let conditions = own.map { name in
                PlanCondition(
                    record.key, .field(name, fields.first { $0.field == name }?.value), otherwise: .usedSince)
            }
            return [PlanCondition(record.key, .exists, otherwise: .gone)] + conditions
        case .other: return [PlanCondition(record.key, .exists, otherwise: .gone)]
        }
    }

    private var lifeIsNotLonger: PlanCondition {
        guard case .milliseconds(let left) = record.timeToLive else {
            return PlanCondition(record.key, .lifeIsEndless, otherwise: .usedSince)
        }
        return PlanCondition(record.key, .lifeAtMost(left), otherwise: .usedSince)
    }

    /// The commands that take away what is there because of the session beside its own key.
    var removals: [PlannedCommand] { others.compactMap { $0.removal } }
}

extension GroupedRecord {
    /// The command that takes the session out of the key, or the key away; nil where there is nothing to do, and for what is not the
    /// session's alone.
    var removal: PlannedCommand? {
        switch content {
        case .members(let members) where !members.isEmpty:
            return PlannedCommand("SREM", key.key, members, role: key.role, isEssential: false)
        case .scores(let members) where !members.isEmpty:
            return PlannedCommand("ZREM", key.key, members.map(\.member), role: key.role, isEssential: false)
        case .missing, .members, .scores, .other: return nil
        case .string, .set, .hash:
            guard Self.ownRoles.contains(key.role) else { return nil }
            return PlannedCommand("UNLINK", key.key, role: key.role, isEssential: false)
        }
    }

    /// What belongs to one session. A deny-list, a cut-off, a version and a family outlive it, and a lock is somebody's who works.
    private static let ownRoles: Set<GroupedKey.Role> = [
        .shadow, .validity, .notifiedNodes, .time, .attributeNames, .attribute, .authentication, .refreshToken,
        .allowList, .sessionIndex,
    ]
}

extension Int64 {
    /// As an argument of a command.
    package var decimal: [UInt8] { Array(String(self).utf8) }
}
