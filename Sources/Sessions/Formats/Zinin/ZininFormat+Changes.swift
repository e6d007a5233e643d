extension ZininFormat {
    /// All of its keys go, and its place among the ids of all (session-formats, ch. 12.5).
    public static func planToExpire(
        _ group: SessionGroup, _ context: ChangeContext
    ) throws(ChangeRefusal) -> ChangePlan {
        var plan = planToRemove(group)
        plan.conditions += timesAreAsRead(group)
        let keys = [group.record.key] + group.others(.time).map(\.key.key)
        plan.result = keys.map { PlanCondition($0, .missing, otherwise: .changed) }
        return plan
    }

    /// Refused: each request sets the lives of all keys anew.
    public static func planToExpire(
        _ group: SessionGroup, at end: Int64, _ context: ChangeContext
    ) throws(ChangeRefusal) -> ChangePlan {
        throw ChangeRefusal(
            "the next request would extend it again: the manager sets the lives of all its keys at each request")
    }

    /// The last use becomes now; its key lives for one interval and all others for two (ch. 12.5).
    public static func planToTouch(
        _ group: SessionGroup, _ context: ChangeContext
    ) throws(ChangeRefusal) -> ChangePlan {
        let base = start + group.session.id
        for name in [lastAccessTime, expireAt] where !isThere(base + name, group) {
            throw ChangeRefusal(
                "\(String(decoding: name.dropFirst(), as: UTF8.self)) is missing: the manager cannot use the session any more"
            )
        }
        guard let interval = group.session.maxInactiveSeconds, interval > 0 else {
            throw ChangeRefusal("its timeout is missing or not above 0: nothing says how long it lives")
        }
        let life = try interval.secondsAsLife()
        let (end, overflow) = context.now.addingReportingOverflow(2 * life)
        guard !overflow else {
            throw ChangeRefusal("its timeout of \(interval) seconds is too long for a time of its end")
        }
        var plan = ChangePlan(for: group.session, conditions: group.isAsRead + timesAreAsRead(group))
        plan.commands = [
            set(base + lastAccessTime, to: context.now, life: life), set(base + expireAt, to: end, life: 2 * life),
            PlannedCommand("PEXPIRE", group.record.key, [(2 * life).decimal], role: .session),
        ]
        plan.commands += others(of: group, base, life: 2 * life) + places(of: group, context)
        plan.result =
            group.content
            + plan.commands.prefix(2).map {
                PlanCondition($0.key, .digest(SHA1.hexadecimal(of: $0.words[2])), otherwise: .usedSince)
            } + [PlanCondition(group.record.key, .lifeAtMost(2 * life), otherwise: .usedSince)]
        return plan
    }

    /// Never without a life: a key that has one would lose it (ch. 15).
    private static func set(_ key: [UInt8], to time: Int64, life: Int64) -> PlannedCommand {
        PlannedCommand("SET", key, [time.decimal, Array("PX".utf8), life.decimal], role: .time)
    }

    /// Timeout, names and attributes.
    private static func others(of group: SessionGroup, _ base: [UInt8], life: Int64) -> [PlannedCommand] {
        group.others.filter { record in
            [.time, .attributeNames, .attribute].contains(record.key.role) && record.isThere
                && record.key.key != base + lastAccessTime && record.key.key != base + expireAt
        }.map { PlannedCommand("PEXPIRE", $0.key.key, [life.decimal], role: $0.key.role) }
    }

    /// Its place among the ids of all, which stand there by their last use.
    private static func places(of group: SessionGroup, _ context: ChangeContext) -> [PlannedCommand] {
        group.others(.sessionIds).compactMap { record in
            guard case .scores(let members) = record.content, !members.isEmpty else { return nil }
            let words = members.flatMap { [context.now.decimal, $0.member] }
            return PlannedCommand("ZADD", record.key.key, words, role: .sessionIds)
        }
    }

    private static func isThere(_ key: [UInt8], _ group: SessionGroup) -> Bool {
        group.others(.time).contains { $0.key.key == key && $0.isThere }
    }

    /// Each request writes the time of the last access, and leaves the session's own key as it is.
    private static func timesAreAsRead(_ group: SessionGroup) -> [PlanCondition] {
        group.others(.time).map { $0.isAsRead(otherwise: .usedSince) }
    }
}
