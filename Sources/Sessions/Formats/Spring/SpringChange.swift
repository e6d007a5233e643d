/// The commands that change a Spring session (session-formats, ch. 6.5, 6.6, 7, 8 and 15).
struct SpringChange {
    let group: SessionGroup
    let context: ChangeContext

    init(_ group: SessionGroup, _ context: ChangeContext) {
        self.group = group
        self.context = context
    }

    private typealias Field = SpringFormat.Field
    private var key: [UInt8] { group.record.key }

    /// How much longer than the interval the hash of an indexed repository lives, in milliseconds (ch. 6.1).
    private static let afterlife: Int64 = 300_000

    // MARK: Logout

    var logout: ChangePlan {
        var plan = ChangePlan(for: group.session, conditions: group.isAsRead)
        // A hash that lacks one of its own fields fails each request, and no event can be made of it.
        let isWhole = group.session.createdAt != nil && group.session.lastAccessedAt != nil
        guard group.session.variant != "default", isWhole,
            let zero = BoxedNumber.bytes(of: 0, like: group.field(Field.maxInactiveInterval), .integer)
        else { return deletion(plan) }
        let isEnded = PlanCondition(key, .field(Field.maxInactiveInterval, zero), otherwise: .changed)
        // Who is logged out already is not written again: the same command, given twice, writes once.
        if group.session.maxInactiveSeconds != 0 {
            plan.commands = [
                PlannedCommand("HSET", key, [Field.maxInactiveInterval, zero], role: .session),
                PlannedCommand("PEXPIRE", key, [Self.afterlife.decimal], role: .session),
            ]
        }
        plan.commands += indices
        if group.session.variant == "reactive-indexed", !context.isHeard {
            // Where nobody listens nobody cleans up (ch. 8).
            plan.commands = indices + [PlannedCommand("UNLINK", key, role: .session)]
            plan.result = [PlanCondition(key, .missing, otherwise: .changed)]
        } else {
            plan.result = [isEnded, accessIsAsRead]
        }
        addShadow(to: &plan)
        return plan
    }

    /// The hash goes with all that is there because of it; the default repository has nothing else (ch. 7).
    private func deletion(_ plan: ChangePlan) -> ChangePlan {
        var plan = plan
        plan.commands = indices
        addShadow(to: &plan)
        plan.commands.append(PlannedCommand("UNLINK", key, role: .session))
        plan.result = [PlanCondition(key, .missing, otherwise: .changed)]
        return plan
    }

    /// Everything but the shadow key, whose end the application hears: it goes last.
    private var indices: [PlannedCommand] {
        let own = group.others.filter { $0.key.role != .shadow }.compactMap { $0.removal }
        return namedIndices + own
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

    private func addShadow(to plan: inout ChangePlan) {
        for shadow in group.others(.shadow) where shadow.isThere {
            switch context.event {
            case .deleted: plan.commands.append(PlannedCommand("DEL", shadow.key.key, role: .shadow))
            case .expired:
                plan.commands.append(PlannedCommand("PEXPIRE", shadow.key.key, [Int64(1).decimal], role: .shadow))
                plan.afterwards.append(PlannedCommand("EXISTS", shadow.key.key, role: .shadow))
            }
            plan.result.append(PlanCondition(shadow.key.key, .missing, otherwise: .changed))
        }
    }

    private var accessIsAsRead: PlanCondition {
        PlanCondition(key, .field(Field.lastAccessedTime, group.field(Field.lastAccessedTime)), otherwise: .usedSince)
    }

    // MARK: Times

    /// The plan that gives it these times, in milliseconds and seconds, and its keys the lives that follow.
    func timed(lastAccess: Int64, interval: Int64) throws(ChangeRefusal) -> ChangePlan {
        var plan = ChangePlan(for: group.session, conditions: group.isAsRead)
        let fields = try fields(lastAccess, interval)
        plan.commands = [PlannedCommand("HSET", key, fields, role: .session)]
        plan.result = stride(from: 0, to: fields.count, by: 2).map { index in
            PlanCondition(key, .field(fields[index], fields[index + 1]), otherwise: .changed)
        }
        // Sessions that never end have lives already that fit (ch. 6.2).
        guard interval >= 0 else { return plan }
        let (milliseconds, first) = interval.multipliedReportingOverflow(by: 1000)
        let (end, second) = lastAccess.addingReportingOverflow(milliseconds)
        let (latest, third) = end.addingReportingOverflow(Self.afterlife)
        guard !first, !second, !third, end > context.now else {
            throw ChangeRefusal("with an interval of \(interval) seconds it would have ended")
        }
        let isIndexed = group.session.variant != "default"
        plan.commands += shadowLives(until: end)
        plan.commands.append(
            PlannedCommand("PEXPIREAT", key, [(isIndexed ? latest : end).decimal], role: .session))
        plan.commands += expirations(at: end, setLife: isIndexed ? latest : end)
        return plan
    }

    /// Only what becomes another: a write that changes nothing would look like a use.
    private func fields(_ lastAccess: Int64, _ interval: Int64) throws(ChangeRefusal) -> [[UInt8]] {
        var words: [[UInt8]] = []
        let wanted = [
            (Field.lastAccessedTime, lastAccess, group.session.lastAccessedAt, BoxedNumber.Box.long),
            (Field.maxInactiveInterval, interval, group.session.maxInactiveSeconds, .integer),
        ]
        for (name, value, before, box) in wanted where value != before {
            guard let bytes = BoxedNumber.bytes(of: value, like: group.field(name), box) else {
                throw ChangeRefusal("its values are in an encoding that is not known: no time can be written")
            }
            words += [name, bytes]
        }
        guard !words.isEmpty else { throw ChangeRefusal("it has these times already") }
        return words
    }

    /// An empty string whose end the application hears; where it is lost it is made anew, as the library does (ch. 6.5).
    private func shadowLives(until end: Int64) -> [PlannedCommand] {
        group.others(.shadow).flatMap { shadow in
            [
                PlannedCommand("APPEND", shadow.key.key, [[]], role: .shadow),
                PlannedCommand("PEXPIREAT", shadow.key.key, [end.decimal], role: .shadow),
            ]
        }
    }

    /// From the bucket of the old end to that of the new one, or to its place in the sorted set.
    private func expirations(at end: Int64, setLife: Int64) -> [PlannedCommand] {
        var commands: [PlannedCommand] = []
        for record in group.others where record.holdsSession {
            switch record.content {
            case .scores(let members) where record.key.role == .sortedExpirations:
                let words = members.flatMap { [end.decimal, $0.member] }
                commands.append(PlannedCommand("ZADD", record.key.key, words, role: .sortedExpirations))
            case .members(let members) where record.key.role == .expirations:
                guard let bucket = SpringKeys.bucket(of: end, besideBucket: record.key.key),
                    bucket != record.key.key
                else { continue }
                commands += [
                    PlannedCommand("SREM", record.key.key, members, role: .expirations, isEssential: false),
                    PlannedCommand("SADD", bucket, members, role: .expirations),
                    PlannedCommand("PEXPIREAT", bucket, [setLife.decimal], role: .expirations),
                ]
            default: continue
            }
        }
        return commands
    }
}
