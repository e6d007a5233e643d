import Sessions

/// What is to be done with a session that was read at the source, after a look at the target.
enum MigrationDecision {
    /// Nothing is written.
    case outcome(MigrationOutcome)
    case write(ChangePlan)

    /// What is written, if anything.
    var plan: ChangePlan? { if case .write(let plan) = self { plan } else { nil } }

    /// How it is decided, and written.
    struct Manner {
        let batch: MigrationBatch.Manner
        /// RESTORE is tried until the target refuses it.
        var usesRestore: Bool
        /// Whether the target's SET knows KEEPTTL.
        let keepsLife: Bool
        /// The interval in seconds that the session manager at the target is configured with, where the user knows it.
        let interval: Int64?

        /// Whether the session goes at the source for a token, which nobody has who was not given it.
        var goesForToken: Bool { batch.tokens != nil && batch.movesAway }

        /// Whether a session stays away from the target that was there before, and that somebody has ended there.
        var leavesEnded: Bool { !batch.writesAnew && !goesForToken }
    }
}
