import SessionStorage
import Sessions
import Terminal

/// The part of a migration that writes: batch by batch, no faster than is allowed, and stopped between two batches.
final class MigrationJob {
    private let migration: Migration
    private let context: CommandContext
    private var batch: MigrationBatch
    private let report: ChangeReport
    private var tally: MigrationTally
    /// Sessions that were written, which are looked at again: somebody may have used them meanwhile.
    private let written: KeySpool
    private let rate: SessionRate
    private var looked = 0

    /// Rounds over what was written while somebody changes it.
    private static let rounds = 3

    init(_ migration: Migration, batch: MigrationBatch) throws {
        self.migration = migration
        self.batch = batch
        context = migration.context
        report = try ChangeReport(migration.options.report, form: migration.form, context: context)
        tally = MigrationTally(moves: migration.moves)
        written = KeySpool(folder: context.environment["TMPDIR"] ?? "/tmp")
        rate = SessionRate(migration.options.rate, in: context)
    }

    func run(_ look: MigrationPreflight.Look) throws -> ExitStatus {
        let progress = context.progress("migrating", unit: "sessions", quiet: migration.output.quiet)
        defer { progress.hide() }
        let count = look.keys.count
        try look.keys.forEach(rate.sessionsAtOnce) { keys in
            var rest = keys[...]
            // No more than the limit has room for, whatever becomes of each.
            while !rest.isEmpty, goesOn {
                let some = Array(rest.prefix(max(1, (migration.options.limit ?? .max) - tally.written)))
                rest = rest.dropFirst(some.count)
                try note(batch.run(some, at: { self.migration.times }), into: written)
                progress.update(done: looked, total: count)
                rate.wait(after: looked) { goesOn }
            }
            return goesOn
        }
        if !migration.options.noReadBack, !migration.moves { try lookAgain(written, 1) }
        progress.hide()
        conclude(of: count)
        return status(look.status)
    }

    /// What was copied first may have been used while the others were: whatever has changed is taken again.
    private func lookAgain(_ keys: KeySpool, _ round: Int) throws {
        guard keys.count > 0, round <= Self.rounds, migration.goesOn else { return }
        let again = KeySpool(folder: context.environment["TMPDIR"] ?? "/tmp")
        try keys.forEach(rate.sessionsAtOnce) { some in
            let sessions = batch.run(some, at: { self.migration.times }).filter { $0.outcome != .unneeded }
            tally.takenAgain(sessions.count)
            try note(sessions, into: again, isFirst: false)
            return migration.goesOn
        }
        try lookAgain(again, round + 1)
        // Of these nobody knows whether the last change is there.
        if round == Self.rounds { tally.stillChanging(again.count) }
    }

    private func note(_ sessions: [MigratedSession], into spool: KeySpool, isFirst: Bool = true) throws {
        for session in sessions {
            if isFirst { looked += 1 }
            tally.add(session, isFirst: isFirst)
            if session.outcome.wasWritten { try spool.append(session.key) }
        }
        try report.write(sessions.map { SessionOutcome($0) }, at: migration.sourceTime)
    }

    private var goesOn: Bool { migration.goesOn && tally.written < migration.options.limit ?? .max }

    private func conclude(of count: Int) {
        report.finish(tally.counts, matched: count)
        guard !migration.output.quiet || tally.isIncomplete else { return }
        for line in tally.lines(of: count) { context.say(line) }
    }

    private func status(_ status: ExitStatus) -> ExitStatus {
        if context.isInterrupted() { return .interrupted }
        if !context.output.wantsMore || report.hasFailed || tally.isIncomplete { return .partial }
        return status
    }
}
