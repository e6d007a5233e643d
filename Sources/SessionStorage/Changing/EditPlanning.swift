import Synchronization
package import Sessions

/// Plans an edit of one or several sessions; of a session that has to be read again, only where nobody has touched the places meanwhile.
package final class EditPlanning: Sendable {
    private let edit: SessionEdit
    /// What stood at the places when each session was read first, by key.
    private let first: Mutex<[[UInt8]: [[UInt8]?]]>

    /// - Parameter shown: the session that the edit was made of, as somebody saw it; nil where nobody looked.
    package init(_ edit: SessionEdit, of shown: Session? = nil) {
        self.edit = edit
        first = Mutex(shown.map { [$0.key: edit.places(in: $0.attributes ?? [])] } ?? [:])
    }

    /// Takes notice of what somebody was shown of a session, and agreed to: what stands at the places is changed only as long as it is that.
    package func note(shown session: Session) {
        let places = edit.places(in: session.attributes ?? [])
        first.withLock { known in
            if known[session.key] == nil { known[session.key] = places }
        }
    }

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
