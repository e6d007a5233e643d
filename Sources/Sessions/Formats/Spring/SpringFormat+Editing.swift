extension SpringFormat {
    /// The fields of attributes that become others are written, and no others (session-formats, ch. 5.3). A removed attribute stays as an
    /// empty value, as the library leaves it, unless it is to be purged.
    public static func planToEdit(
        _ group: SessionGroup, _ edit: SessionEdit, _ context: ChangeContext
    ) throws(ChangeRefusal) -> ChangePlan {
        var attributes = StoredAttributes(group.session.attributes ?? [], encoding: encoding(of: group))
        for change in edit.changes {
            do throws(EditError) {
                try attributes.apply(change)
            } catch {
                throw ChangeRefusal(error.description)
            }
        }
        try keepPrincipal(of: group, attributes)
        return SpringEditPlan(group: group, attributes: attributes, purges: edit.purges).plan()
    }

    /// As the library wrote the times; JSON has no header of a stream.
    private static func encoding(of group: SessionGroup) -> StoredAttributes.Encoding {
        let example = group.field(Field.creationTime) ?? group.field(Field.lastAccessedTime) ?? []
        return example.isEmpty || example.hasPrefix([0xAC, 0xED]) ? .java : .json
    }

    /// The index of a repository lists sessions by their principal, and only the library moves them in it.
    private static func keepPrincipal(of group: SessionGroup, _ attributes: StoredAttributes) throws(ChangeRefusal) {
        guard group.session.variant != "default" else { return }
        let left = attributes.values.compactMap { name, value in
            value.map { SessionAttribute(name: name, value: .stored($0)) }
        }
        guard (try? SpringPrincipal.name(in: left)) == group.session.principalName else {
            throw ChangeRefusal(
                "it would be the session of another user, and the repository's index of users would not say so: who is logged in "
                    + "can only be changed by the application")
        }
    }
}

/// The commands that make the attributes of a Spring session what they are to be.
private struct SpringEditPlan {
    let group: SessionGroup
    let attributes: StoredAttributes
    let purges: Bool

    private struct Change {
        let field: [UInt8]
        let before: [UInt8]?
        /// Nil where the field is to be gone.
        let after: [UInt8]?
    }

    func plan() -> ChangePlan {
        let changes = changes
        let key = group.record.key
        var plan = ChangePlan(
            for: group.session, conditions: [PlanCondition(key, .exists, otherwise: .gone)])
        guard !changes.isEmpty else { return plan }
        plan.conditions += changes.map { condition($0.field, $0.before) }
        plan.result = group.isAsRead + changes.map { condition($0.field, $0.after) }
        let set = changes.compactMap { change in change.after.map { [change.field, $0] } }.flatMap { $0 }
        let gone = changes.filter { $0.after == nil }.map(\.field)
        if !set.isEmpty {
            let values = Array(stride(from: 3, to: set.count + 2, by: 2))
            plan.commands.append(PlannedCommand("HSET", key, set, role: .session, values: values))
        }
        if !gone.isEmpty { plan.commands.append(PlannedCommand("HDEL", key, gone, role: .session)) }
        return plan
    }

    private var changes: [Change] {
        attributes.values.compactMap { name, value in
            let field = SpringFormat.Field.attributePrefix + name
            let before = group.field(field)
            let after = value ?? (purges ? nil : [])
            return before == after ? nil : Change(field: field, before: before, after: after)
        }
    }

    private func condition(_ field: [UInt8], _ value: [UInt8]?) -> PlanCondition {
        let test = value.map { PlanCondition.Test.fieldDigest(field, SHA1.hexadecimal(of: $0)) } ?? .field(field, nil)
        return PlanCondition(group.record.key, test, otherwise: .changed)
    }
}
