package import Sessions

/// A session that was to be changed, and what became of it.
package struct ChangedSession: Sendable {
    /// What was to be done; nil where no plan could be made.
    package let plan: ChangePlan?
    /// The key that holds or held the session.
    package let key: [UInt8]
    /// Its id; of one that was gone before it was read what its key says, which may be the whole key.
    package let id: [UInt8]
    /// Its format, as far as it was read.
    package let format: String?
    /// Who was logged in, as far as it was read.
    package let principal: String?
    /// What became of it.
    package var outcome: ChangeOutcome
}

extension ChangedSession {
    /// The same as done, where the answer to its plan was lost and what was read since shows that it was run.
    var madeAfterAll: ChangedSession? {
        guard case .unknown = outcome, let plan else { return nil }
        var made = self
        made.outcome = plan.doubt.map { .uncertain($0, []) } ?? .done([])
        return made
    }

    /// What an earlier attempt tells of a session that is not wanted any more; nil where that is what it is now that tells.
    ///
    /// A life that was set anew may be the plan's own work, where the answer to it was lost.
    func known(by group: SessionGroup) -> ChangedSession? {
        switch outcome {
        // Nothing of a plan that was denied was done.
        case .changed, .denied: nil
        case .unknown where plan.map { group.shows($0.result) } ?? false: madeAfterAll
        default: self
        }
    }

    /// What is gone is so by the plan whose answer was lost, where that takes it away. Of any other plan nobody knows whether it was run before
    /// somebody else deleted the session, or gave it another id.
    static func gone(_ before: ChangedSession?, _ key: [UInt8]) -> ChangedSession {
        guard let before, case .unknown(let reason) = before.outcome else {
            return ChangedSession(
                plan: nil, key: key, id: before?.id ?? id(ofKey: key), format: before?.format,
                principal: before?.principal, outcome: .gone)
        }
        if before.plan?.takesKeyAway ?? false, let made = before.madeAfterAll { return made }
        var lost = before
        lost.outcome = .unknown("\(reason), and somebody else has deleted or renamed the session since")
        return lost
    }

    /// The id of a session that was not read; the whole key where that says none.
    static func id(ofKey key: [UInt8]) -> [UInt8] {
        guard case .session(let id, _) = SessionFormats.role(ofKey: key) else { return key }
        return Array(key[id])
    }

    init(_ group: SessionGroup, _ outcome: ChangeOutcome) {
        self.init(
            plan: nil, key: group.record.key, id: group.session.id, format: group.session.format,
            principal: group.session.principal, outcome: outcome)
    }
}
