extension TomcatFormat {
    /// The whole value is written anew, and its key keeps its life (session-formats, ch. 3).
    public static func planToEdit(
        _ group: SessionGroup, _ edit: SessionEdit, _ context: ChangeContext
    ) throws(ChangeRefusal) -> ChangePlan {
        guard case .string(let value) = group.record.content, let framing = TomcatFraming(value) else {
            throw ChangeRefusal("its value is none that can be written anew: only those of a StandardSession can")
        }
        let isAsRead = edit.replacement.map { $0.before == value } ?? false
        let replaced = isAsRead ? edit.replacement : nil
        var attributes = TomcatAttributes(replaced?.after ?? value, framing)
        if edit.replacement != nil, !isAsRead { try attributes.requireApart(edit.changes) }
        do throws(EditError) {
            for change in edit.changes.dropFirst(replaced?.changes ?? 0) { try attributes.apply(change) }
        } catch {
            throw ChangeRefusal(error.description)
        }
        try group.requireReadable(bytes: attributes.bytes.count)
        var plan = group.planToReplace(by: attributes.bytes, context)
        if !plan.commands.isEmpty { plan.doubt = doubt(of: framing, context) }
        return plan
    }

    private static func doubt(of framing: TomcatFraming, _ context: ChangeContext) -> String? {
        guard !context.isNonSticky, framing == .ranjit || framing == .raw else { return nil }
        return
            "a node that has the session in its memory keeps to what it has, and may write that again: drain or restart that node, "
            + "or say --non-sticky if no node keeps sessions"
    }
}

extension SessionGroup {
    /// The plan that puts another string in the place of the session's own, which lives on as long as it would have.
    func planToReplace(by value: [UInt8], _ context: ChangeContext) -> ChangePlan {
        var plan = ChangePlan(for: session, conditions: content)
        guard case .string(let before) = record.content, before != value else { return plan }
        let key = record.key
        var life: [[UInt8]] = [Array("KEEPTTL".utf8)]
        if !context.keepsLife {
            // Before Redis 6.0 a life is given anew: who uses the session meanwhile makes it longer, and it is read again.
            plan.conditions.append(lifeIsAsRead)
            life = []
            if case .milliseconds(let left) = record.timeToLive { life = [Array("PX".utf8), max(left, 1).decimal] }
        }
        plan.commands = [PlannedCommand("SET", key, [value, Array("XX".utf8)] + life, role: .session, values: [2])]
        plan.result = [
            PlanCondition(key, .exists, otherwise: .gone),
            PlanCondition(key, .digest(SHA1.hexadecimal(of: value)), otherwise: .changed),
        ]
        return plan
    }
}
