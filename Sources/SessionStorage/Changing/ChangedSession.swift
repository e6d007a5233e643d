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
    /// What an earlier attempt tells of a session that is not wanted any more; nil where that is what it is now that tells.
    var decided: ChangedSession? {
        switch outcome {
        // Nothing of a plan that was denied was done.
        case .changed, .denied: nil
        default: self
        }
    }

    /// A session that is gone, with what an earlier attempt has read of it.
    static func gone(_ before: ChangedSession?, _ key: [UInt8]) -> ChangedSession {
        ChangedSession(
            plan: nil, key: key, id: before?.id ?? id(ofKey: key), format: before?.format,
            principal: before?.principal, outcome: .gone)
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
