import Sessions

/// Looks whether what was written is there.
struct ReadBack {
    /// How what is there differs from what was written.
    enum Difference {
        /// A key that is the session's alone is not there: whoever ends a session takes it away.
        case missing(KeyState)
        /// The text says what is not as it was written.
        case other(String)

        /// What a session comes to of which the server has said that it was written.
        ///
        /// - Parameter time: milliseconds since 1970 by the target's clock.
        func outcome(at time: Int64) -> MigrationOutcome {
            switch self {
            case .missing(let key): .missing(key, "it was written", at: time)
            case .other(let text): .failed("read back: \(text)")
            }
        }
    }

    let recorder: StateRecorder

    /// What is not as it was written, for each session; nil where all is.
    func differences(of sessions: [[KeyState]]) throws(StorageError) -> [Difference?] {
        var current = try recorder.current(of: sessions.flatMap { $0 })[...]
        return sessions.map { wanted in
            let found = current.prefix(wanted.count)
            current = current.dropFirst(wanted.count)
            return Self.difference(Array(zip(wanted, found)))
        }
    }

    private static func difference(_ keys: [(wanted: KeyState, found: CurrentState)]) -> Difference? {
        if let missing = keys.first(where: { $0.wanted.isOwn && !$0.found.isThere }) { return .missing(missing.wanted) }
        let other = keys.first { !$0.wanted.isSame(as: $0.found) || !$0.wanted.isNeeded(noLongerThan: $0.found) }
        return other.map { wanted, found in
            .other(
                "the \(wanted.role.rawValue) '\(EscapedName.text(of: wanted.key))' "
                    + (found.isThere ? "is not what was written there" : "is not there"))
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
