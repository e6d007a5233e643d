/// Which keys of a session a run has seen at the target, whoever had put them there: who is gone at a later look was ended meanwhile, and is not to
/// come back by what the run writes.
struct SeenAtTarget {
    /// When each key was to end, in milliseconds since 1970; nil for never.
    private var ends: [[UInt8]: Int64?] = [:]
    /// What the run itself has put at the session's key last.
    private var written: KeyFingerprint?

    /// Notes what the run has put there.
    mutating func note(written: KeyFingerprint) { self.written = written }

    /// Whether what is there now is what the run itself has put there: nobody has used it.
    func isWritten(_ found: KeyFingerprint?) -> Bool {
        guard let written, let found else { return false }
        return written.isSame(as: found)
    }

    /// Notes what is there now of keys that are the session's alone.
    mutating func add(_ wanted: [KeyState], _ current: [CurrentState]) {
        for (wanted, current) in zip(wanted, current) where wanted.isOwn && current.isThere {
            ends[wanted.key] = .some(current.expiresAt)
        }
    }

    /// The first of the session's own keys that was there before, or a moment ago, and is not now, though its life was not over.
    ///
    /// - Parameter time: milliseconds since 1970 by the target's clock.
    func ended(_ wanted: [KeyState], _ current: [CurrentState], at time: Int64) -> KeyState? {
        zip(wanted, current).first { wanted, current in
            wanted.isOwn && !current.isThere && (current.hasJustGone || wasToLive(wanted.key, at: time))
        }?.0
    }

    private func wasToLive(_ key: [UInt8], at time: Int64) -> Bool {
        guard let end = ends[key] else { return false }
        return end.map { $0 > time.addingReportingOverflow(MigrationOutcome.moment).partialValue } ?? true
    }
}
