// A user: a cut-off that revokes what was issued until now, and the next version where the application counts them.
extension TokenRevocation {
    func cutOffKey(of user: [UInt8]) -> GroupedKey? {
        terms.keys.firstKey(for: .cutoff, [.sub: user]).map { key($0.key, .cutoff) }
    }

    func versionKeys(of user: [UInt8]) -> [GroupedKey] {
        terms.keys.keys(for: .version, [.sub: user]).map { key($0, .version) }
    }

    func plan(
        forUser user: [UInt8], _ found: [KeyReading], _ context: ChangeContext
    ) throws(ChangeRefusal) -> RevocationPlan {
        var plan = RevocationPlan(id: user, key: found.first?.key ?? [], variant: "cut-off")
        for reading in found {
            if reading.record.key.role == .cutOff {
                try cutOff(&plan, reading, now: context.now)
            } else {
                try countUp(&plan, reading, now: context.now)
            }
        }
        if cutOffKey(of: user) == nil {
            plan.notes.append("no cut-off is kept: tokens that are on no list stay good up to their ends")
        }
        return plan
    }

    /// Sets the cut-off to this second, unless a later one is there: what was revoked stays revoked.
    private func cutOff(_ plan: inout RevocationPlan, _ found: KeyReading, now: Int64) throws(ChangeRefusal) {
        guard let end = terms.saidEnd(now: now) else {
            throw ChangeRefusal(
                "a cut-off has to live as long as the longest of the user's tokens, and nothing tells how long that is: --lifetime 24h does"
            )
        }
        let seconds = now / 1000
        switch found.record.content {
        case .missing:
            plan.plan.conditions.append(PlanCondition(found.key, .missing, otherwise: .changed))
            try plan.write(seconds.decimal, at: found.record.key, until: end, now: now)
        case .string(let value):
            guard let before = Self.cutOff(value) else {
                throw ChangeRefusal(
                    "\(found.name) does not hold seconds since 1970: another cut-off beside it would be one that nobody reads"
                )
            }
            if before >= seconds {
                try keepCutOff(&plan, found, value, until: end, now: now)
            } else {
                try moveCutOff(&plan, found, value, to: seconds, until: end, now: now)
            }
        default: throw found.wrongType
        }
    }

    /// A later cut-off stays, and lives as long as is needed now.
    private func keepCutOff(
        _ plan: inout RevocationPlan, _ found: KeyReading, _ value: [UInt8], until end: Int64, now: Int64
    ) throws(ChangeRefusal) {
        plan.notes.append("the cut-off that is there is as late: it stays")
        if !found.lives(until: end) { try plan.prolong(found, value, until: end, now: now) }
    }

    /// The life that the key has is never made shorter.
    private func moveCutOff(
        _ plan: inout RevocationPlan, _ found: KeyReading, _ value: [UInt8], to seconds: Int64, until end: Int64,
        now: Int64
    ) throws(ChangeRefusal) {
        plan.plan.conditions += found.isAsRead(value)
        guard let before = found.expiresAt else {
            // It has no end, and SET leaves it so.
            plan.plan.commands.append(PlannedCommand("SET", found.key, [seconds.decimal], role: .cutOff))
            return plan.leave(seconds.decimal, at: found.key, life: nil)
        }
        try plan.write(seconds.decimal, at: found.record.key, until: max(before, end), now: now)
    }

    /// Whole seconds since 1970; more than 10¹¹ were meant as milliseconds.
    private static func cutOff(_ value: [UInt8]) -> Int64? {
        Int64(String(decoding: value, as: UTF8.self)).flatMap { 0...100_000_000_000 ~= $0 ? $0 : nil }
    }

    /// Raises the version by one where the application keeps one; its life stays.
    private func countUp(_ plan: inout RevocationPlan, _ found: KeyReading, now: Int64) throws(ChangeRefusal) {
        switch found.record.content {
        case .missing: return
        case .string(let value):
            let number = Int64(String(decoding: value, as: UTF8.self))
            guard let (next, overflow) = number?.addingReportingOverflow(1), !overflow else {
                plan.notes.append("\(found.name) holds no number that can be raised: it is left as it is")
                return
            }
            plan.plan.conditions += found.isAsRead(value)
            plan.plan.commands.append(PlannedCommand("INCRBY", found.key, [Array("1".utf8)], role: .tokenVersion))
            plan.plan.result.append(
                PlanCondition(found.key, .digest(SHA1.hexadecimal(of: next.decimal)), otherwise: .changed))
        default: throw found.wrongType
        }
    }
}
