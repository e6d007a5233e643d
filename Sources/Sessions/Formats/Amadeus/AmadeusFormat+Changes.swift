extension AmadeusFormat {
    /// The hash goes, its place in the sets and its key that expires; of sticky sessions the owner has its own copy (session-formats,
    /// ch. 13).
    public static func planToExpire(
        _ group: SessionGroup, _ context: ChangeContext
    ) throws(ChangeRefusal) -> ChangePlan {
        var plan = planToRemove(group)
        if isSticky(group, context) {
            plan.doubt =
                "its keys are gone, but the node that owns it has it in its memory and may write it again: drain or restart that "
                + "node, or say --non-sticky if no node keeps sessions"
        }
        return plan
    }

    /// By its interval, which counts from the last use.
    public static func planToExpire(
        _ group: SessionGroup, at end: Int64, _ context: ChangeContext
    ) throws(ChangeRefusal) -> ChangePlan {
        guard let (last, interval) = try group.times(toEndAt: end, context) else {
            return ChangePlan(for: group.session)
        }
        return try timed(group, last: last, interval: interval, context)
    }

    /// The last use becomes now, and all lives follow.
    public static func planToTouch(
        _ group: SessionGroup, _ context: ChangeContext
    ) throws(ChangeRefusal) -> ChangePlan {
        try refuseEnded(group)
        guard let interval = group.session.maxInactiveSeconds else {
            throw ChangeRefusal("#:maxInactiveInterval is missing: nothing says how long it lives")
        }
        return try timed(group, last: context.now, interval: interval, context)
    }

    static func refuseEnded(_ group: SessionGroup) throws(ChangeRefusal) {
        guard !group.session.details.contains(where: { $0.name == "invalidSession" }) else {
            throw ChangeRefusal("#:invalidSession says that the application has ended it")
        }
    }

    /// How much longer than the interval the hash lives, in milliseconds.
    private static let margin: Int64 = 300_000

    static func isSticky(_ group: SessionGroup, _ context: ChangeContext) -> Bool {
        group.session.variant == "sticky" && !context.isNonSticky
    }

    private static func timed(
        _ group: SessionGroup, last: Int64, interval: Int64, _ context: ChangeContext
    ) throws(ChangeRefusal) -> ChangePlan {
        let key = group.record.key
        guard group.session.createdAt != nil, group.session.lastAccessedAt != nil else {
            throw ChangeRefusal("#:creationTime or #:lastAccessed is missing or not 8 bytes: it is no whole session")
        }
        var fields = [(Field.lastAccessed, last.bigEndianBytes())]
        if interval != group.session.maxInactiveSeconds {
            fields.append((Field.maxInactiveInterval, interval.bigEndianBytes(4)))
        }
        fields.removeAll { group.field($0.0) == $0.1 }
        var plan = ChangePlan(for: group.session, conditions: group.isAsRead)
        guard !fields.isEmpty else { throw ChangeRefusal("it has these times already") }
        plan.commands = [PlannedCommand("HSET", key, fields.flatMap { [$0.0, $0.1] }, role: .session)]
        plan.result = fields.map { PlanCondition(key, .field($0.0, $0.1), otherwise: .usedSince) }
        if isSticky(group, context) {
            plan.doubt = "the node that owns it goes by what it has in its memory, and may write other times again"
        }
        // What never ends has no life and no place by its end (ch. 13).
        guard interval >= 0 else { return plan }
        let (end, overflow) = last.addingReportingOverflow(try interval.secondsAsLife())
        guard !overflow, end > context.now, end < Int64.max - margin else {
            throw ChangeRefusal("with an interval of \(interval) seconds it would have ended")
        }
        plan.commands.append(PlannedCommand("PEXPIREAT", key, [(end + margin).decimal], role: .session))
        plan.commands += group.others.flatMap { lives(of: $0, end) }
        plan.sayLivesOfBuckets()
        for shadow in group.others(.shadow) where shadow.isShadow { plan.sayLife(ofShadow: shadow, until: end) }
        return plan
    }

    /// The place by its end in the set of all, or the key that expires and the set of the sessions that end in one minute.
    private static func lives(of record: GroupedRecord, _ end: Int64) -> [PlannedCommand] {
        let key = record.key.key
        switch (record.key.role, record.content) {
        case (.sessionIds, .scores(let members)) where !members.isEmpty:
            return [PlannedCommand("ZADD", key, members.flatMap { [end.decimal, $0.member] }, role: .sessionIds)]
        case (.shadow, .string): return [PlannedCommand("PEXPIREAT", key, [end.decimal], role: .shadow)]
        case (.expirations, .members(let members)) where !members.isEmpty:
            return record.moved(members, to: end, bucketLife: end + margin)
        default: return []
        }
    }
}

extension ChangePlan {
    /// Says when the buckets end that get a life: where they had none before, whoever takes that back knows this one from another's.
    mutating func sayLivesOfBuckets() {
        for command in commands where command.role == .expirations && command.name == "PEXPIREAT" {
            guard let end = command.arguments.first.flatMap({ Int64(String(decoding: $0, as: UTF8.self)) }) else {
                continue
            }
            result.append(PlanCondition(command.key, .endsAt(end), otherwise: .changed))
        }
    }
}

extension GroupedRecord {
    /// From this bucket of a minute to that of `end`, which lives until `bucketLife`; nothing where they are the same.
    func moved(_ members: [[UInt8]], to end: Int64, bucketLife: Int64) -> [PlannedCommand] {
        guard let bucket = SpringKeys.bucket(of: end, besideBucket: key.key), bucket != key.key else { return [] }
        return [
            PlannedCommand("SREM", key.key, members, role: .expirations, isEssential: false),
            PlannedCommand("SADD", bucket, members, role: .expirations),
            PlannedCommand("PEXPIREAT", bucket, [bucketLife.decimal], role: .expirations),
        ]
    }
}
