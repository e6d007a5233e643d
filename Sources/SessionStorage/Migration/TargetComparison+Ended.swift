import Sessions

/// Who was at the target before this run, and is not there any more.
extension TargetComparison {
    /// What a session comes to that is not at the target, and that an earlier run has found there, or another job of the same two stores has put or
    /// found there; nil for every other.
    var endedBefore: MigrationOutcome? {
        guard manner.leavesEnded, !own.isThere, let past else { return nil }
        return .missing(session.wanted[0], past, at: time)
    }

    /// What a session comes to of which the target has only what a logout leaves for its application, or what a request leaves that was running
    /// then (session-formats, ch. 6.6); nil for every other, and where the source has begun another one of its id since.
    var loggedOut: MigrationOutcome? {
        guard manner.leavesEnded, isLeftOfALogout, !isReplaced,
            !SessionFormats.isLoggedOut(session.group.session)
        else { return nil }
        // What is left there will be gone soon: the next run is to know it then. Only what is used at the source since it was copied is new.
        session.wasEnded = earlier.stage == .unanswered || earlier.isUnchanged
        return .absent(
            "it was logged out at the target, where '\(EscapedName.text(of: session.wanted[0].key))' is what is left of it; --anew with "
                + "--on-conflict overwrite writes it again")
    }

    /// Whether the target has a session that was logged out, or but some fields that were written behind a logout.
    var isLeftOfALogout: Bool {
        guard let found else { return false }
        if SessionFormats.isLoggedOut(found) { return true }
        guard case .hash(let fields)? = own.content else { return false }
        return SessionFormats.isRemnant(of: found.format, fields)
    }

    /// How it is known that it was there; nil where it is not.
    private var past: String? {
        if earlier.wasSeen { return "it was at the target when an earlier run looked" }
        // What comes back at the source after it was moved may have been ended at the target, as in the own job. Else no end that was noted counts:
        // at the target it was another with the next use.
        if otherJobs.contains(where: { $0.isUnchanged || $0.lives && manner.batch.movesAway }) {
            return "another job of these two stores has written it, with other options or another filter"
        }
        if otherJobs.contains(where: \.wasSeen) {
            return "it was at the target when another job of these two stores looked"
        }
        return cameFromThere ? "a migration in the other direction has copied it from there" : nil
    }
}
