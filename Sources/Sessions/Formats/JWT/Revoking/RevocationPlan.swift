/// The plan of a revocation, with what is to be said of it.
package struct RevocationPlan {
    /// What is sent.
    package var plan: ChangePlan
    /// Sentences for people: which keys were chosen, and what is left as it is.
    package var notes: [String] = []

    /// The plan for a key that no session has.
    ///
    /// - Parameters:
    ///   - id: what the key is about: a token's id, a user or a family.
    ///   - variant: what the key is for.
    init(id: [UInt8], key: [UInt8], variant: String?) {
        plan = ChangePlan(id: id, key: key, format: JWTFormat.name, variant: variant)
    }

    init(_ plan: ChangePlan) { self.plan = plan }

    /// Adds commands that write a string which lives until `end`: not for a moment it lives for ever.
    mutating func write(_ value: [UInt8], at key: GroupedKey, until end: Int64, now: Int64) throws(ChangeRefusal) {
        let life = try Self.life(until: end, now: now)
        plan.commands += [
            PlannedCommand("SET", key.key, [value, Array("PX".utf8), life.decimal], role: key.role),
            PlannedCommand("PEXPIREAT", key.key, [end.decimal], role: key.role),
        ]
        leave(value, at: key.key, life: life)
    }

    /// Adds the command by which a string that is there lives until `end`.
    mutating func prolong(
        _ found: KeyReading, _ value: [UInt8], until end: Int64, now: Int64
    ) throws(ChangeRefusal) {
        let life = try Self.life(until: end, now: now)
        plan.conditions += found.isAsRead(value)
        plan.commands.append(
            PlannedCommand("PEXPIREAT", found.key, [end.decimal], role: found.record.key.role))
        leave(value, at: found.key, life: life)
    }

    /// Notes how the string is left, so that `undo` knows whether anybody has written it since.
    ///
    /// - Parameter life: nil for a life without an end.
    mutating func leave(_ value: [UInt8], at key: [UInt8], life: Int64?) {
        plan.result += [
            PlanCondition(key, .digest(SHA1.hexadecimal(of: value)), otherwise: .changed),
            PlanCondition(key, life.map { .lifeAtMost($0) } ?? .lifeIsEndless, otherwise: .changed),
        ]
    }

    private static func life(until end: Int64, now: Int64) throws(ChangeRefusal) -> Int64 {
        let (life, overflow) = end.subtractingReportingOverflow(now)
        // The server adds its clock to it.
        guard !overflow, life < Int64.max / 4 else {
            throw ChangeRefusal("\(RFC3339.text(milliseconds: end)) is too far away for the end of a key")
        }
        guard life > 0 else { throw ChangeRefusal("\(RFC3339.text(milliseconds: end)) is past") }
        return life
    }
}
