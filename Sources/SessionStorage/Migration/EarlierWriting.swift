/// How far a migration has come with a session before, as its journal has it, compared with what is at both sides now.
struct EarlierWriting {
    /// What the journal knows for certain.
    enum Stage {
        /// No server has said that anything is written: if something was begun, it may be at the target.
        case unanswered
        /// The target's server has said that it is written, and nobody has read it back.
        case written
        /// It was read back.
        case done
    }

    let stage: Stage
    /// Whether the source has the session as it was then.
    let isUnchanged: Bool
    /// Whether what was written then would still live.
    let lives: Bool
    /// Whether what is at its key at the target now comes from this migration, whatever the session was then.
    let isAtTarget: Bool
    /// Whether that was made of the session as it is now.
    let isMadeOfThis: Bool
    /// Whether a run has found another session at its key at the target, and left it there, when the source had it as it has now. Whatever end that
    /// one had then, it was another with its next use.
    let wasSeen: Bool

    /// - Parameters:
    ///   - entry: what the journal has; nil for nothing.
    ///   - found: what is at its key at the target; nil for nothing that could be its own.
    ///   - time: milliseconds since 1970 by the target's clock.
    init(_ entry: MigrationJournal.Entry?, of session: MigratingSession, found: KeyFingerprint?, at time: Int64) {
        let answered = entry?.answered
        stage = entry?.written != nil ? .written : answered != nil ? .done : .unanswered
        isUnchanged = answered?.source.isSame(as: session.fingerprint) ?? false
        lives = answered.map { $0.target.expiresAt.map { $0 > time } ?? true } ?? false
        isAtTarget = found.map { entry?.wrote($0) ?? false } ?? false
        isMadeOfThis = found.map { entry?.wrote($0, of: session.fingerprint) ?? false } ?? false
        wasSeen = entry?.seen?.source.isSame(as: session.fingerprint) ?? false
    }
}
