/// The commands that change a session of `RedissonSessionRepository`, which is laid out as Spring's indexed one is (session-formats,
/// ch. 6.6 and 13).
struct RedissonRepositoryChange {
    let group: SessionGroup
    let context: ChangeContext
    private let hash: RedissonHash

    init(_ group: SessionGroup, _ context: ChangeContext) {
        self.group = group
        self.context = context
        hash = RedissonHash(group)
    }

    private typealias Field = RedissonFormat.Field

    /// How much longer than the interval the hash lives, in milliseconds: the application makes its event of it.
    private static let afterlife: Int64 = 60_000

    func logout() -> ChangePlan {
        let indices = group.others.filter { $0.key.role != .shadow }.compactMap { $0.removal }
        if group.isEnded { return group.planToTidy(indices, conditions: hash.isAsRead) }
        var plan = ChangePlan(for: group.session, conditions: hash.isAsRead)
        guard let interval = zeroInterval else {
            // No event can be made of what cannot be read: all of it goes.
            plan.commands = indices
            plan.endShadow(of: group, context)
            plan.commands.append(PlannedCommand("UNLINK", hash.key, role: .session))
            plan.result.append(PlanCondition(hash.key, .missing, otherwise: .changed))
            return plan
        }
        plan.commands = [PlannedCommand("HSET", hash.key, [interval.field, interval.value], role: .session)]
        plan.result = [PlanCondition(hash.key, .field(interval.field, interval.value), otherwise: .changed)]
        if let last = hash.stored(Field.lastAccessedTime) {
            plan.result.append(PlanCondition(hash.key, .field(last.field, last.value), otherwise: .usedSince))
        }
        plan.leave(hash.key, for: Self.afterlife)
        plan.commands += indices
        plan.endShadow(of: group, context)
        return plan
    }

    /// The interval 0 as the hash holds its interval, by which every look-up finds the session ended; nil where it cannot be written or
    /// the hash lacks what the application needs to read it.
    private var zeroInterval: StoredField? {
        guard group.session.createdAt != nil, group.session.lastAccessedAt != nil,
            let found = hash.stored(Field.maxInactiveInterval), let codec = RedissonCodec(number: found.value),
            let zero = codec.bytes(of: 0, like: found.value)
        else { return nil }
        return StoredField(found.field, zero)
    }

    /// The plan that gives it these times, in milliseconds and seconds, and its keys the lives that follow.
    func timed(lastAccess: Int64, interval: Int64) throws(ChangeRefusal) -> ChangePlan {
        var plan = ChangePlan(for: group.session, conditions: hash.isAsRead)
        try hash.set(
            [(Field.lastAccessedTime, lastAccess), (Field.maxInactiveInterval, interval)].filter { field, value in
                value
                    != (field == Field.lastAccessedTime
                        ? group.session.lastAccessedAt : group.session.maxInactiveSeconds)
            }, in: &plan)
        guard interval >= 0 else { return plan }
        let (end, overflow) = lastAccess.addingReportingOverflow(try interval.secondsAsLife())
        guard !overflow, end > context.now, end < Int64.max - Self.afterlife else {
            throw ChangeRefusal("with an interval of \(interval) seconds it would have ended")
        }
        plan.commands += shadowLives(until: end)
        for shadow in group.others(.shadow) where shadow.isShadow { plan.sayLife(ofShadow: shadow, until: end) }
        plan.commands.append(
            PlannedCommand("PEXPIREAT", hash.key, [(end + Self.afterlife).decimal], role: .session))
        let life = (end + Self.afterlife).subtractingReportingOverflow(context.now).partialValue
        plan.result.append(PlanCondition(hash.key, .lifeAtMost(life), otherwise: .usedSince))
        return plan
    }

    /// The key whose end the application hears. Where it is lost it is made anew: it holds the empty string in the client's codec.
    private func shadowLives(until end: Int64) -> [PlannedCommand] {
        group.others(.shadow).compactMap { shadow in
            let key = shadow.key.key
            if shadow.isShadow { return PlannedCommand("PEXPIREAT", key, [end.decimal], role: .shadow) }
            guard !shadow.isThere, let empty = emptyString else { return nil }
            let life = [Array("PX".utf8), (end - context.now).decimal, Array("NX".utf8)]
            return PlannedCommand("SET", key, [empty] + life, role: .shadow)
        }
    }

    private var emptyString: [UInt8]? {
        switch hash.stored(Field.lastAccessedTime).flatMap({ RedissonCodec(number: $0.value) }) {
        case .jdk: SpringMember.encodings(of: [])[0]
        case .json: SpringMember.encodings(of: [])[1]
        case .kryo5, nil: nil
        }
    }
}
