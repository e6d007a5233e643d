// A family of refresh tokens: its key says that it is revoked, in the way that fits its type (session-formats, ch. 17.3).
extension TokenRevocation {
    private static let revoked = Array("revoked".utf8)

    func familyKey(of id: [UInt8], _ user: [UInt8]?) -> GroupedKey? {
        var values: [JWTKeyPlaceholder: [UInt8]] = [.family: id]
        values[.sub] = user
        return terms.keys.firstKey(for: .family, values).map { key($0.key, .family, members: [Self.revoked]) }
    }

    func plan(
        forFamily id: [UInt8], _ found: KeyReading?, _ context: ChangeContext
    ) throws(ChangeRefusal) -> RevocationPlan {
        var plan = RevocationPlan(id: id, key: found?.key ?? [], variant: "refresh-family")
        guard let found else {
            plan.notes.append("nothing tells how the key of a family is named: its refresh tokens alone are deleted")
            return plan
        }
        switch found.record.content {
        case .missing: try makeFamily(&plan, found, now: context.now)
        case .members(let members):
            if members.isEmpty {
                plan.plan.conditions.append(PlanCondition(found.key, .exists, otherwise: .changed))
                addToSet(&plan, found.key)
            }
        case .hash(let fields): setField(&plan, found.key, fields)
        case .string(let value): try replace(&plan, found, value, context)
        default: throw found.wrongType
        }
        return plan
    }

    /// A family of which there is no key: one is made if it is known how long it has to live.
    private func makeFamily(_ plan: inout RevocationPlan, _ found: KeyReading, now: Int64) throws(ChangeRefusal) {
        guard let end = terms.saidEnd(now: now) else {
            plan.notes.append(
                "its family has no key, and one that revokes it has to end some day (--until, --lifetime): its refresh tokens alone are deleted"
            )
            return
        }
        guard end > now else { throw ChangeRefusal("\(RFC3339.text(milliseconds: end)) is past") }
        plan.plan.conditions.append(PlanCondition(found.key, .missing, otherwise: .changed))
        addToSet(&plan, found.key)
        plan.plan.commands.append(PlannedCommand("PEXPIREAT", found.key, [end.decimal], role: .refreshFamily))
    }

    private func addToSet(_ plan: inout RevocationPlan, _ key: [UInt8]) {
        plan.plan.commands.append(PlannedCommand("SADD", key, [Self.revoked], role: .refreshFamily))
        plan.plan.result.append(PlanCondition(key, .member(Self.revoked), otherwise: .changed))
    }

    /// The first of the usual fields that is there says it, else a new one.
    private func setField(_ plan: inout RevocationPlan, _ key: [UInt8], _ fields: [StoredField]) {
        let known = JWTNeighbourState.revokingWords.map { Array($0.utf8) }
        let before = known.lazy.compactMap { name in fields.first { $0.field == name } }.first
        let name = before?.field ?? Self.revoked
        let value = name == Self.revoked ? Self.yes(like: before?.value) : Self.revoked
        guard before?.value != value else { return }
        plan.plan.conditions += [
            PlanCondition(key, .exists, otherwise: .changed),
            PlanCondition(key, .field(name, before?.value), otherwise: .changed),
        ]
        plan.plan.commands.append(PlannedCommand("HSET", key, [name, value], role: .refreshFamily))
        plan.plan.result.append(PlanCondition(key, .field(name, value), otherwise: .changed))
    }

    /// What says yes where this says no; what says yes already stays.
    private static func yes(like value: [UInt8]?) -> [UInt8] {
        guard let value else { return Array("1".utf8) }
        guard JWTNeighbourState.isGood(value) else { return value }
        return switch String(decoding: value, as: UTF8.self) {
        case "false": Array("true".utf8)
        case "no": Array("yes".utf8)
        default: Array("1".utf8)
        }
    }

    /// A string that says how the family is doing; its life stays.
    private func replace(
        _ plan: inout RevocationPlan, _ found: KeyReading, _ value: [UInt8], _ context: ChangeContext
    ) throws(ChangeRefusal) {
        guard !value.elementsEqual(Self.revoked) else { return }
        plan.plan.conditions += found.isAsRead(value)
        guard let end = found.expiresAt else {
            plan.plan.commands.append(PlannedCommand("SET", found.key, [Self.revoked], role: .refreshFamily))
            return plan.leave(Self.revoked, at: found.key, life: nil)
        }
        try plan.write(Self.revoked, at: found.record.key, until: end, now: context.now)
    }
}
