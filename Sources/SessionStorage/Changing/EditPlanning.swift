import Synchronization
package import Sessions

/// Plans an edit of one or several sessions; of a session that has to be read again, only where nobody has touched the places meanwhile.
package final class EditPlanning: Sendable {
    private let edit: SessionEdit
    /// What stood at the places when each session was read first, by key.
    private let first = Mutex<[[UInt8]: [[UInt8]?]]>([:])

    package init(_ edit: SessionEdit) { self.edit = edit }

    /// The plan for a session as it is now.
    package func plan(_ group: SessionGroup, _ context: ChangeContext) throws(ChangeRefusal) -> ChangePlan {
        let places = edit.places(in: group.session.attributes ?? [])
        let before = first.withLock { known in
            let before = known[group.record.key]
            if before == nil { known[group.record.key] = places }
            return before
        }
        guard before == nil || before == places else {
            throw ChangeRefusal("somebody has changed it meanwhile", isConflict: true)
        }
        return try SessionChanges.edit(group, edit, context)
    }
}
