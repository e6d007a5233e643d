// A token: off the allow-list, and onto the deny-list up to its end.
extension TokenRevocation {
    /// What is written for a token that is denied: any value does, and this one tells nothing.
    private static let denied = Array("1".utf8)

    /// The key of the deny-list that the token gets, and how such keys are named: by its `jti`, or by the SHA-256 of what was
    /// signed where it has none.
    func denial(of token: NamedToken) -> (key: GroupedKey, template: JWTKeyTemplate)? {
        terms.keys.firstKey(for: .deny, token.values).map { (key($0.key, .deny), $0.template) }
    }

    func plan(
        for token: NamedToken, _ group: SessionGroup?, _ found: KeyReading?, _ context: ChangeContext
    ) throws(ChangeRefusal) -> RevocationPlan {
        var plan = RevocationPlan(id: token.session.id, key: found?.key ?? [], variant: "deny-list")
        if let group {
            plan = RevocationPlan(try SessionChanges.expire(group, context))
            plan.plan.doubt = nil
        }
        guard let found, let template = denial(of: token)?.template else {
            try leaveUndenied(&plan, isListed: group != nil)
            return plan
        }
        guard let end = end(of: token, group, now: context.now) else {
            throw ChangeRefusal(
                "it tells no end, and an entry of a deny-list has to end some day: --until TIME or --lifetime 24h says when"
            )
        }
        guard end > context.now else {
            plan.notes.append("it has ended: there is nothing to deny any more")
            return plan
        }
        try deny(&plan, found, template, until: end, now: context.now)
        return plan
    }

    /// There is no name for an entry of a deny-list: the allow-list alone says whether the token is good.
    private func leaveUndenied(_ plan: inout RevocationPlan, isListed: Bool) throws(ChangeRefusal) {
        let lacksNames = terms.keys.all(for: .deny).isEmpty
        guard isListed || lacksNames else {
            throw ChangeRefusal(
                "it has no entry, and what is known of it fills no name of a deny-list key: name the token itself")
        }
        plan.notes.append(
            lacksNames
                ? isListed
                    ? "no deny-list is kept: its entry alone is deleted"
                    : "it is on no allow-list, and no deny-list is kept"
                : "what is known of it fills no name of a deny-list key: its entry alone is deleted")
    }

    private func deny(
        _ plan: inout RevocationPlan, _ found: KeyReading, _ template: JWTKeyTemplate, until end: Int64, now: Int64
    ) throws(ChangeRefusal) {
        switch found.record.content {
        case .missing:
            plan.plan.conditions.append(PlanCondition(found.key, .missing, otherwise: .changed))
            try plan.write(Self.denied, at: found.record.key, until: end, now: now)
            plan.notes.append("on the deny-list as \(template.text)\(Self.meaning(of: template))")
        case .string(let value):
            guard !found.lives(until: end) else {
                let life = found.expiresAt == nil ? ", without an end" : ""
                plan.notes.append("on the deny-list before, as \(template.text)\(life): that key is left as it is")
                return
            }
            try plan.prolong(found, value, until: end, now: now)
            plan.notes.append("on the deny-list before, as \(template.text): that key lives longer now")
        default: throw found.wrongType
        }
    }

    private static func meaning(of template: JWTKeyTemplate) -> String {
        template.has(.hash) ? ", by the SHA-256 of what was signed" : ""
    }

    /// When applications accept the token no more: by its `exp`, else by what its entry says, else by what the user does.
    private func end(of token: NamedToken, _ group: SessionGroup?, now: Int64) -> Int64? {
        if let end = token.session.statedEnd ?? group?.session.statedEnd { return terms.last(end) }
        if let end = terms.saidEnd(now: now) { return end }
        return group?.session.expiresAt(now: now).map { terms.last($0) }
    }
}
