/// Reads back what a migration has written, takes what is to move away from the source, and notes how far each session has come.
struct MigrationConfirmation {
    let manner: MigrationBatch.Manner
    let journal: MigrationJournal?
    var removal: SourceRemoval

    /// Looks whether the user may take sessions away at all, where they are to move.
    mutating func requireRights(for sessions: [MigratingSession]) throws(StorageError) {
        if manner.movesAway { try removal.requireRights(for: sessions.map(\.moving)) }
    }

    /// Confirms what was written of `sessions`, and says in `outcomes` what became of each.
    ///
    /// - Parameter now: tells the time once they are written.
    mutating func run(
        _ sessions: [MigratingSession], _ outcomes: inout [MigrationOutcome?], _ now: () -> MigrationBatch.Times
    ) throws(StorageError) {
        if manner.movesAway || manner.readsBack {
            noteWritten(sessions, outcomes)
            try compare(sessions, &outcomes, at: now().target)
        }
        let done = sessions.indices.filter { outcomes[$0].map(isToBeNoted) ?? false }
        do throws(StorageError) {
            // What was moved is noted by now.
            try journal?.finish(done.filter { outcomes[$0] != .moved }.map { sessions[$0].entry })
        } catch {
            // What is done is done, and told: the next batch cannot be begun, and whoever looks again compares what is there.
            guard !done.isEmpty else { throw error }
        }
    }

    /// Notes what is at the target before anybody looks whether it still is: what is not there then was ended, also for the next run where this
    /// one does not come to tell it.
    private func noteWritten(_ sessions: [MigratingSession], _ outcomes: [MigrationOutcome?]) {
        let written = sessions.indices.filter { isCompared(outcomes[$0]) && outcomes[$0].map(isToBeNoted) ?? false }
        // Where it cannot be noted it is compared nevertheless, and the next batch cannot be begun.
        try? journal?.noteWritten(written.map { sessions[$0].entry })
    }

    /// Notes who was ended at the target while this run looked: the next one is not to bring them back either.
    func noteEnded(_ sessions: [MigratingSession]) throws(StorageError) {
        try journal?.noteWritten(sessions.filter(\.wasEnded).map(\.entry))
    }

    /// Notes which sessions are at the target and stay there: who is ended there later is not to be brought back by the next run.
    func noteSeen(_ sessions: [MigratingSession]) throws(StorageError) {
        try journal?.noteSeen(sessions.compactMap(\.foundEntry))
    }

    /// Notes what is written of a batch of which the rest is still waited for: where the program is killed then, who is ended meanwhile stays so.
    func noteAnswered(_ answers: [(session: MigratingSession, result: PlanResult)]) {
        // Where it cannot be noted, it is tried again when all have come.
        try? journal?.noteWritten(answers.filter(\.result.isWhole).map(\.session.entry))
    }

    /// Compares what is at the target with what was written, and takes what moves away from the source.
    private mutating func compare(
        _ sessions: [MigratingSession], _ outcomes: inout [MigrationOutcome?], at time: Int64
    ) throws(StorageError) {
        let places = sessions.indices.filter { isCompared(outcomes[$0]) }
        let there = places.map { sessions[$0] }
        guard manner.movesAway else {
            for (place, difference) in zip(places, try removal.readBack.differences(of: there.map(\.wanted))) {
                if let difference { outcomes[place] = difference.outcome(at: time) }
            }
            return
        }
        try manner.tokens?.requireKept()
        // Before it is done: whoever is killed then must not take it for a logout later that the source has the session no more.
        let results = try removal.run(there.map(\.moving), at: time) { [journal] matching throws(StorageError) in
            try journal?.finish(matching.map { there[$0].entry }, moved: true)
        }
        for (place, result) in zip(places, results) { outcomes[place] = result.outcome }
        let staying = zip(there, results).filter { $1.stays }.map { $0.0 }
        try journal?.finish(staying.map(\.entry))
        try journal?.noteAtSource(staying.map(\.key))
    }

    /// Whether the target has the session, so that it is read back.
    private func isCompared(_ outcome: MigrationOutcome?) -> Bool {
        outcome == .migrated || outcome == .unneeded && manner.movesAway
    }

    /// Whether the journal is to have the session as it is now: what is known of the entry of a token stays, which says what was written, and not
    /// what would be now.
    private func isToBeNoted(_ outcome: MigrationOutcome) -> Bool {
        outcome == .migrated || outcome == .moved || outcome == .unneeded && manner.tokens == nil
    }
}
