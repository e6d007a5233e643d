extension SpringChange {
    /// The plan that gives it these times, in milliseconds and seconds, and its keys the lives that follow.
    func timed(lastAccess: Int64, interval: Int64) throws(ChangeRefusal) -> ChangePlan {
        guard group.session.createdAt != nil else { throw unknownTime(Field.creationTime) }
        var plan = ChangePlan(for: group.session, conditions: group.isAsRead)
        let fields = try fields(lastAccess, interval)
        // It has these times already: a write that changes nothing would look like a use.
        guard !fields.isEmpty else { return plan }
        plan.commands = [PlannedCommand("HSET", key, fields.flatMap { [$0.field, $0.value] }, role: .session)]
        plan.result = fields.map { PlanCondition(key, .field($0.field, $0.value), otherwise: .usedSince) }
        guard interval >= 0 else { return try endless(plan) }
        let (end, first) = lastAccess.addingReportingOverflow(try interval.secondsAsLife())
        let (latest, second) = end.addingReportingOverflow(Self.afterlife)
        guard !first, !second, end > context.now else {
            throw ChangeRefusal("with an interval of \(interval) seconds it would have ended")
        }
        let isIndexed = group.session.variant != "default"
        for shadow in shadows {
            plan.commands += Self.life(ofShadow: shadow.key.key, until: end)
            plan.sayLife(ofShadow: shadow, until: end)
        }
        let keyEnd = isIndexed ? latest : end
        plan.commands.append(PlannedCommand("PEXPIREAT", key, [keyEnd.decimal], role: .session))
        plan.result.append(
            PlanCondition(
                key, .lifeAtMost(keyEnd.subtractingReportingOverflow(context.now).partialValue), otherwise: .usedSince))
        // Of version 1.0 the bucket's minute, in which it has to be there, is up to a minute behind the end (ch. 6.1 and 6.2).
        plan.commands += expirations(at: end, bucketLife: isIndexed ? latest : end + 60_000)
        plan.sayLivesOfBuckets()
        return plan
    }

    /// What never ends has no lives to set. Some versions give the hash one all the same, and again at each use (ch. 6.2 and 6.3).
    private func endless(_ plan: ChangePlan) throws(ChangeRefusal) -> ChangePlan {
        if case .milliseconds(let left) = group.record.timeToLive {
            throw ChangeRefusal(
                "its interval says never, and its key ends in \(left / 1000) seconds all the same: some versions of Spring Session "
                    + "do so after each request; only an interval above 0 helps")
        }
        return plan
    }

    /// Only what becomes another: a write that changes nothing would look like a use.
    private func fields(_ lastAccess: Int64, _ interval: Int64) throws(ChangeRefusal) -> [StoredField] {
        var fields: [StoredField] = []
        let wanted = [
            (Field.lastAccessedTime, lastAccess, group.session.lastAccessedAt, BoxedNumber.Box.long),
            (Field.maxInactiveInterval, interval, group.session.maxInactiveSeconds, .integer),
        ]
        for (name, value, before, box) in wanted where value != before {
            guard let bytes = BoxedNumber.bytes(of: value, like: group.field(name), box) else {
                throw unknownTime(name)
            }
            fields.append(StoredField(name, bytes))
        }
        return fields
    }

    /// Why there is no time to go by, or to write: the field is missing, or another serializer than Java's and JSON's wrote it.
    func unknownTime(_ field: [UInt8]) -> ChangeRefusal {
        let name = String(decoding: field, as: UTF8.self)
        return group.field(field) == nil
            ? ChangeRefusal("\(name) is missing: such a session is no whole one, and may fail each request")
            : ChangeRefusal(
                "\(name) is in an encoding that is not known: no time can be written, and longer lives of its keys alone do not "
                    + "extend it")
    }

    /// The keys whose end the application hears. None where another session's hash has the name.
    private var shadows: [GroupedRecord] { group.others(.shadow).filter { $0.isShadow || !$0.isThere } }

    /// An empty string; where it is lost it is made anew, as the library does (ch. 6.5).
    private static func life(ofShadow key: [UInt8], until end: Int64) -> [PlannedCommand] {
        [
            PlannedCommand("APPEND", key, [[]], role: .shadow),
            PlannedCommand("PEXPIREAT", key, [end.decimal], role: .shadow),
        ]
    }

    /// From the bucket of the old end to that of the new one, or to its place in the sorted set.
    private func expirations(at end: Int64, bucketLife: Int64) -> [PlannedCommand] {
        group.others.filter { $0.holdsSession }.flatMap { record -> [PlannedCommand] in
            switch record.content {
            case .scores(let members) where record.key.role == .sortedExpirations:
                let words = members.flatMap { [end.decimal, $0.member] }
                return [PlannedCommand("ZADD", record.key.key, words, role: .sortedExpirations)]
            case .members(let members) where record.key.role == .expirations:
                return record.moved(members, to: end, bucketLife: bucketLife)
            default: return []
            }
        }
    }
}
