extension ChangePlan {
    /// Milliseconds for which a key still lives whose end is to be heard as "expired".
    ///
    /// The server takes its clock twice, when it adds the life to it and when it looks whether that is over: where it had to wait for a
    /// processor in between, a life of a millisecond is over, and it deletes the key instead.
    package static let lastLife: Int64 = 20

    /// Leaves the hash of a session that is logged out so many milliseconds for its application.
    ///
    /// Its life begins when that is run, which may be long after it was planned. Where the session was taken back, and its application logs it out
    /// anew, the hash is the same but for its end, which is later than one that began with the change.
    mutating func leave(_ hash: [UInt8], for life: Int64) {
        commands.append(PlannedCommand("PEXPIRE", hash, [life.decimal], role: .session))
        result.append(PlanCondition(hash, .lifeAtMost(life), otherwise: .changed))
    }

    /// Says how a key is left whose end the application hears: who takes that back leaves it where somebody has written or deleted it since.
    mutating func sayLife(ofShadow shadow: GroupedRecord, until end: Int64) {
        var content: [UInt8] = []
        if case .string(let bytes) = shadow.content { content = bytes }
        result += [.digest(SHA1.hexadecimal(of: content)), .endsAt(end)].map {
            PlanCondition(shadow.key.key, $0, otherwise: .changed)
        }
    }

    /// Ends the key whose end the application hears, after all else; nothing where it is gone already, as then no event will ever come
    /// (session-formats, ch. 6.4 and 6.6).
    mutating func endShadow(of group: SessionGroup, _ context: ChangeContext) {
        // That there is none is what a logout leaves, also where there was none.
        for shadow in group.others(.shadow) where !shadow.isThere {
            result.append(PlanCondition(shadow.key.key, .missing, otherwise: .changed))
        }
        for shadow in group.others(.shadow) where shadow.isShadow {
            let key = shadow.key.key
            switch context.event {
            case .deleted: commands.append(PlannedCommand("DEL", key, role: .shadow))
            case .expired:
                commands.append(PlannedCommand("PEXPIRE", key, [Self.lastLife.decimal], role: .shadow))
                afterwards.append(PlannedCommand("EXISTS", key, role: .shadow))
            }
            result.append(PlanCondition(key, .missing, otherwise: .changed))
        }
    }
}

extension GroupedRecord {
    /// Whether it is a string: another session may have the name of a shadow key (ch. 5.3), and is a hash.
    var isShadow: Bool {
        guard case .string = content else { return false }
        return true
    }
}

extension SessionGroup {
    /// Whether there is a key whose end the application would hear.
    var hasShadow: Bool { others(.shadow).contains { $0.isShadow } }

    /// Whether its interval is 0 and its shadow key gone: every look-up finds it ended, and no event will come any more. A hash that lacks
    /// a field has still to go.
    var isEnded: Bool {
        session.maxInactiveSeconds == 0 && session.createdAt != nil && session.lastAccessedAt != nil && !hasShadow
    }

    /// The plan for a session that has ended: it leaves the sets that it is still in. Where there are none it has no
    /// commands: what was done is not written once more.
    func planToTidy(
        _ commands: [PlannedCommand], conditions: [PlanCondition]
    ) -> ChangePlan {
        var plan = ChangePlan(for: session, conditions: conditions + entries, commands: commands)
        plan.result = conditions
        return plan
    }

    /// That it still is in the sets that it is to leave: two who tidy at once would both say that they did.
    private var entries: [PlanCondition] {
        others.compactMap { record in
            guard case .members(let members) = record.content, let first = members.first else { return nil }
            return PlanCondition(record.key.key, .member(first), otherwise: .changed)
        }
    }
}
