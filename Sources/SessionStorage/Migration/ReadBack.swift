import Sessions

/// Looks whether what was written is there.
struct ReadBack {
    let recorder: StateRecorder

    /// What is not as it was written, for each session; nil where all is.
    func differences(of sessions: [[KeyState]]) throws(StorageError) -> [String?] {
        var current = try recorder.current(of: sessions.flatMap { $0 })[...]
        return sessions.map { wanted in
            let found = current.prefix(wanted.count)
            current = current.dropFirst(wanted.count)
            let other = zip(wanted, found).first { !$0.isSame(as: $1) || !$0.isNeeded(noLongerThan: $1) }
            return other.map { wanted, found in
                "the \(wanted.role.rawValue) '\(EscapedName.text(of: wanted.key))' "
                    + (found.isThere ? "is not what was written there" : "is not there")
            }
        }
    }
}

extension KeyState {
    /// Whether a set that sessions share lives at least as long as it has to; of other keys nothing is said.
    ///
    /// - Parameter tolerance: milliseconds by which it may end sooner.
    func isNeeded(noLongerThan found: CurrentState, tolerance: Int64 = 0) -> Bool {
        guard case .shared = content, let end = found.expiresAt else { return true }
        guard let expiresAt else { return false }
        return expiresAt <= end || KeyState.isSame(expiresAt, end)
            || expiresAt.subtractingReportingOverflow(end).partialValue <= tolerance
    }
}
