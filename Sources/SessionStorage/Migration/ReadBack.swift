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
            let other = zip(wanted, found).first { !$0.isSame(as: $1) || !Self.lives($0, $1) }
            return other.map { wanted, found in
                "the \(wanted.role.rawValue) '\(EscapedName.text(of: wanted.key))' "
                    + (found.isThere ? "is not what was written there" : "is not there")
            }
        }
    }

    /// A set that sessions share lives at least as long as it has to.
    private static func lives(_ wanted: KeyState, _ found: CurrentState) -> Bool {
        guard case .shared = wanted.content, let end = found.expiresAt else { return true }
        return wanted.expiresAt.map { $0 <= end || KeyState.isSame($0, end) } ?? false
    }
}
