/// The commands that make the attributes of a session, which are fields of its hash, what they are to be: no other field is written.
struct HashEditPlan {
    let group: SessionGroup
    let attributes: StoredAttributes
    /// What a removed attribute leaves in its field; nil where the field goes.
    var tombstone: [UInt8]?
    /// The field of an attribute, by its name.
    let field: ([UInt8]) -> [UInt8]

    private struct Change {
        let field: [UInt8]
        let before: [UInt8]?
        /// Nil where the field is to be gone.
        let after: [UInt8]?
    }

    func plan() throws(ChangeRefusal) -> ChangePlan {
        let changes = changes
        try group.requireReadable(bytes: bytes(after: changes), longest: changes.map { $0.after?.count ?? 0 }.max())
        let key = group.record.key
        var plan = ChangePlan(
            for: group.session, conditions: [PlanCondition(key, .exists, otherwise: .gone)])
        guard !changes.isEmpty else { return plan }
        plan.conditions += changes.map { condition($0.field, $0.before) }
        // Whoever uses the session meanwhile writes other fields, which nobody takes back.
        plan.result = [PlanCondition(key, .exists, otherwise: .gone)] + changes.map { condition($0.field, $0.after) }
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
            let field = field(name)
            let before = group.field(field)
            let after = value ?? tombstone
            return before == after ? nil : Change(field: field, before: before, after: after)
        }
    }

    /// Of all fields, with their names.
    private func bytes(after changes: [Change]) -> Int {
        guard case .hash(let fields) = group.record.content else { return 0 }
        let before = fields.reduce(0) { $0 + $1.field.count + $1.value.count }
        return changes.reduce(before) { total, change in
            let old = change.before.map { change.field.count + $0.count } ?? 0
            return total - old + (change.after.map { change.field.count + $0.count } ?? 0)
        }
    }

    private func condition(_ field: [UInt8], _ value: [UInt8]?) -> PlanCondition {
        let test = value.map { PlanCondition.Test.fieldDigest(field, SHA1.hexadecimal(of: $0)) } ?? .field(field, nil)
        return PlanCondition(group.record.key, test, otherwise: .changed)
    }
}

extension SessionGroup {
    /// Refuses what would be too large to be read again.
    ///
    /// - Parameters:
    ///   - bytes: that the record would have.
    ///   - longest: those of the longest value that a field would get.
    func requireReadable(bytes: Int, longest: Int? = nil) throws(ChangeRefusal) {
        let (most, mostOfOne) = (StoredRecord.mostBytes, StoredRecord.mostFieldBytes)
        if bytes > most {
            throw ChangeRefusal(
                "it would have \(bytes >> 20) MB: a session of more than \(most >> 20) MB could neither be taken back nor changed again"
            )
        }
        if let longest, longest > mostOfOne {
            throw ChangeRefusal(
                "an attribute would have \(longest >> 20) MB: with one of more than \(mostOfOne >> 20) MB the session could neither be "
                    + "taken back nor changed again")
        }
    }

    /// The attributes after the changes of an edit.
    ///
    /// - Throws: where one of them cannot be made; then none is.
    func attributes(
        after edit: SessionEdit, encoding: StoredAttributes.Encoding
    ) throws(ChangeRefusal) -> StoredAttributes {
        var attributes = StoredAttributes(session.attributes ?? [], encoding: encoding)
        for change in edit.changes {
            do throws(EditError) {
                try attributes.apply(change)
            } catch {
                throw ChangeRefusal(error.description)
            }
        }
        return attributes
    }

    /// The index of a repository lists sessions by their principal, and only the library moves them in it.
    func keepPrincipal(_ attributes: StoredAttributes) throws(ChangeRefusal) {
        let left = attributes.values.compactMap { name, value in
            value.map { SessionAttribute(name: name, value: .stored($0)) }
        }
        guard (try? SpringPrincipal.name(in: left)) == session.principalName else {
            throw ChangeRefusal(
                "it would be the session of another user, and the repository's index of users would not say so: who is logged in "
                    + "can only be changed by the application")
        }
    }
}
