extension MemcachedFormat {
    /// Session and times go while no request has the lock; of sticky sessions the node has its own copy (session-formats, ch. 11).
    public static func planToExpire(
        _ group: SessionGroup, _ context: ChangeContext
    ) throws(ChangeRefusal) -> ChangePlan {
        var plan = planToRemove(group)
        plan.conditions += unlocked(group) + timesAreAsRead(group)
        let keys = [group.record.key] + group.others(.validity).map(\.key.key)
        plan.result = keys.map { PlanCondition($0, .missing, otherwise: .changed) }
        if !isPing(group), !isNonSticky(group), !context.isNonSticky {
            plan.doubt =
                "its key is gone, but a sticky session is in the memory of its Tomcat, which goes on with it and writes it again: "
                + "drain or restart that node, or say --non-sticky if sessions are not sticky"
        }
        return plan
    }

    /// Refused: each request sets the lives of its keys anew.
    public static func planToExpire(
        _ group: SessionGroup, at end: Int64, _ context: ChangeContext
    ) throws(ChangeRefusal) -> ChangePlan {
        throw ChangeRefusal(
            "the next request would extend it again: the manager sets the lives of its keys from the interval at each request"
        )
    }

    /// The times under `validity:`, which rule, become now, and both keys live as after a request (ch. 11).
    public static func planToTouch(
        _ group: SessionGroup, _ context: ChangeContext
    ) throws(ChangeRefusal) -> ChangePlan {
        guard !isPing(group) else {
            throw ChangeRefusal("it is lost: its value is the byte 01, by which a node asked for it")
        }
        guard let times = group.others(.validity).first(where: { $0.isThere }) else {
            var plan = try planToExtendKey(group)
            plan.doubt =
                "a sticky session is in the memory of its Tomcat, which goes by times of its own: only a request there extends it"
            return plan
        }
        guard case .string(let bytes) = times.content, bytes.count == 20 else {
            throw ChangeRefusal("what is under validity: is not an interval and two times: none can be written")
        }
        return try extended(group, times.key.key, bytes, context)
    }

    /// Behind the interval of four bytes stand the last and this access, of eight each. The session lives twice as long as its times.
    private static func extended(
        _ group: SessionGroup, _ times: [UInt8], _ bytes: [UInt8], _ context: ChangeContext
    ) throws(ChangeRefusal) -> ChangePlan {
        let now = context.now.bigEndianBytes() + context.now.bigEndianBytes()
        var plan = ChangePlan(for: group.session, conditions: group.isAsRead + unlocked(group) + timesAreAsRead(group))
        plan.commands = [PlannedCommand("SETRANGE", times, [Int64(4).decimal, now], role: .validity)]
        plan.result =
            group.content + [
                PlanCondition(times, .digest(SHA1.hexadecimal(of: bytes.prefix(4) + now)), otherwise: .usedSince)
            ]
        // Of 0 or less nothing ends.
        guard let interval = group.session.maxInactiveSeconds, interval > 0 else { return plan }
        let life = try interval.secondsAsLife()
        plan.commands += [
            PlannedCommand("PEXPIRE", times, [life.decimal], role: .validity),
            PlannedCommand("PEXPIRE", group.record.key, [(2 * life).decimal], role: .session),
        ]
        plan.result.append(PlanCondition(group.record.key, .lifeAtMost(2 * life), otherwise: .usedSince))
        return plan
    }

    private static func isNonSticky(_ group: SessionGroup) -> Bool { group.others(.validity).contains { $0.isThere } }

    /// Whoever works on a session has its lock.
    private static func unlocked(_ group: SessionGroup) -> [PlanCondition] {
        group.others(.lock).map { PlanCondition($0.key.key, .missing, otherwise: .inUse) }
    }

    /// Each request writes the times of a session that is not sticky, and nothing else of it if it changes nothing.
    private static func timesAreAsRead(_ group: SessionGroup) -> [PlanCondition] {
        group.others(.validity).map { $0.isAsRead(otherwise: .usedSince) }
    }

    private static func isPing(_ group: SessionGroup) -> Bool {
        guard case .string(let value) = group.record.content else { return false }
        return value == ping
    }
}

extension GroupedRecord {
    /// That a key with a string has its bytes still, and one that was missing is.
    func isAsRead(otherwise meaning: PlanCondition.Meaning) -> PlanCondition {
        switch content {
        case .string(let bytes): PlanCondition(key.key, .digest(SHA1.hexadecimal(of: bytes)), otherwise: meaning)
        case .missing: PlanCondition(key.key, .missing, otherwise: meaning)
        case .members, .scores, .set, .hash, .other: PlanCondition(key.key, .exists, otherwise: meaning)
        }
    }
}
