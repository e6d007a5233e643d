import SessionStorage
import Sessions
import Terminal

/// The part of a revocation that writes: batch by batch, no faster than is allowed, and stopped between two batches.
final class RevocationRun {
    let report: ChangeReport
    let keeper: UndoKeeper?
    private let context: CommandContext
    private let options: ChangeOptions
    private let verb: ChangeVerb
    private let quiet: Bool
    /// What became of all.
    private(set) var tally: ChangeTally
    /// Which keys were chosen, and what was left as it was.
    private(set) var notes = TroubleList()

    init(
        context: CommandContext, options: ChangeOptions, report: ChangeReport, keeper: UndoKeeper?, verb: ChangeVerb,
        quiet: Bool
    ) {
        (self.context, self.options, self.report, self.keeper) = (context, options, report, keeper)
        (self.verb, self.quiet) = (verb, quiet)
        tally = ChangeTally(verb: verb, isNamed: true)
    }

    func run(
        _ revocations: [TokenRevocation], _ batch: inout RevocationBatch, _ clock: ServerClock, while goesOn: () -> Bool
    ) throws {
        let rate = SessionRate(options.rate, in: context)
        let limit = options.limit ?? .max
        let progress = context.progress(verb.gerund, unit: "sessions", quiet: quiet)
        defer { progress.hide() }
        var rest = revocations[...]
        while !rest.isEmpty, goesOn(), tally.mayBeWritten < limit {
            let some = Array(rest.prefix(min(rate.sessionsAtOnce, limit - tally.mayBeWritten)))
            rest = rest.dropFirst(some.count)
            try note(try batch.run(some) { clock.now }, at: clock.now.now)
            progress.update(done: tally.total, total: revocations.count)
            rate.wait(after: tally.total, while: goesOn)
        }
    }

    private func note(_ revoked: [RevocationBatch.Revoked], at now: Int64) throws {
        for (session, notes) in revoked {
            tally.add(session)
            for note in notes { self.notes.note(note, EscapedName.text(of: session.id)) }
        }
        try keeper?.record(revoked.map(\.session))
        // What was kept and read again under another key was not written.
        try keeper?.leaveRest()
        try report.write(
            revoked.map { session, notes in
                var outcome = SessionOutcome(session)
                outcome.detail = outcome.detail ?? (notes.isEmpty ? nil : notes.joined(separator: "; "))
                return outcome
            }, at: now)
    }
}
