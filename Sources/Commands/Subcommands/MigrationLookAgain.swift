import Redis
import SessionStorage
import Sessions

/// The look at sessions that were copied or moved: what was copied first may have been used while the others were, and what was moved may have
/// come back. Whatever has changed is taken again; what goes on to change is named.
final class MigrationLookAgain {
    private let migration: Migration
    private let results: MigrationResults
    /// What others change at the source; nil where nobody tells.
    private let feed: ChangeFeed?
    /// Sessions that are taken at once.
    private let sessionsAtOnce: Int
    /// Sessions that were moved, and that are at the source again and stay there.
    private var staying: KeySet?

    /// Rounds over what somebody changes.
    private static let rounds = 3

    init(_ migration: Migration, _ results: MigrationResults, _ feed: ChangeFeed?, sessionsAtOnce: Int) {
        (self.migration, self.results, self.feed, self.sessionsAtOnce) = (migration, results, feed, sessionsAtOnce)
    }

    /// Looks, with the connections of `batch`.
    func run(_ batch: inout MigrationBatch) throws {
        for round in 1...(Self.rounds + 1) where migration.goesOn && (round == 1 || batch.lost == nil) {
            let changed = try migration.moves ? returnedSessions(&batch) : changedSessions()
            if migration.moves, changed == nil { break }
            if let changed, changed.count == 0 || round > Self.rounds { return try name(changed) }
            let again = try retake(changed ?? results.settled, namesGone: changed != nil || round == 1, &batch)
            // Where nobody tells, a round that finds nothing is the last.
            if changed == nil, batch.lost == nil, again.count == 0 || round >= Self.rounds { return try name(again) }
        }
        tellUnseen(batch)
    }

    /// Of these an older state may be at the target.
    private func name(_ keys: KeySpool) throws { try results.noteChanging(keys, atOnce: sessionsAtOnce) }

    /// Nobody knows what has become of sessions that cannot be looked at once more.
    private func tellUnseen(_ batch: MigrationBatch) {
        guard let lost = batch.lost, results.settled.count > 0 else { return }
        let side = lost.endpoint == migration.source.endpoint ? "source" : "target"
        results.note(
            "what was \(migration.moves ? "moved" : "copied") was not looked at again, as the \(side) was lost: \(lost)"
        )
    }

    // MARK: Which have changed

    /// Sessions that were moved and are at the source again: managers write what they have in memory at the end of a request. Nil where the
    /// source was lost.
    private func returnedSessions(_ batch: inout MigrationBatch) throws -> KeySpool? {
        let returned = KeySpool(folder: migration.folder)
        var isWhole = true
        try results.settled.forEachFound(BulkChange.sessionsAtOnce) { some in
            guard let there = try batch.atSource(some.map(\.key)) else {
                isWhole = false
                return false
            }
            for found in some where there.contains(found.key) {
                if try !(staying?.contains(found.key) ?? false) { try returned.append(found) }
            }
            return migration.goesOn
        }
        return isWhole ? returned : nil
    }

    /// Sessions that somebody has changed since the last look; nil where nobody tells.
    private func changedSessions() throws -> KeySpool? {
        guard let keys = feed?.takeKeys() else { return nil }
        let changed = KeySpool(folder: migration.folder)
        guard !keys.isEmpty else { return changed }
        try results.settled.forEachFound(BulkChange.sessionsAtOnce) { some in
            for found in some where keys.contains(found.key) { try changed.append(found) }
            return migration.goesOn
        }
        return changed
    }

    // MARK: Taken once more

    /// Migrates sessions once more; those that had changed, and may go on to.
    private func retake(_ keys: KeySpool, namesGone: Bool, _ batch: inout MigrationBatch) throws -> KeySpool {
        let again = KeySpool(folder: migration.folder)
        try keys.forEachFound(sessionsAtOnce) { some in
            let ends = Dictionary(some.map { ($0.key, $0.end) }) { first, _ in first }
            var sessions = try batch.run(some.map(\.key), at: { [migration] in migration.times })
            // Of these it is told once that they were not seen.
            if batch.lost != nil { sessions.removeAll { $0.outcome.hasFailed } }
            try noteStaying(sessions)
            sessions.removeAll { $0.outcome == .unneeded }
            for session in sessions where session.outcome.wasWritten || session.outcome == .changed {
                try again.append(FoundSession(session.key, end: session.end))
            }
            let named = namesGone ? sessions : sessions.filter { !$0.outcome.isOver }
            try results.noteAgain(
                named.map { told($0, end: ends[$0.key] ?? nil) },
                taken: named.filter { !$0.outcome.isOver }.count)
            feed?.listen()
            return migration.goesOn && batch.lost == nil
        }
        return again
    }

    /// What is at the source again and was not taken is told once.
    private func noteStaying(_ sessions: [MigratedSession]) throws {
        let all = sessions.filter { ![.moved, .changed, .ended].contains($0.outcome) }
        guard migration.moves, !all.isEmpty else { return }
        let staying = try self.staying ?? KeySet(folder: migration.folder)
        for session in all { try staying.insert(session.key) }
        self.staying = staying
    }

    /// A session that was taken and is gone before its end was ended by somebody, and at the target it goes on.
    private func told(_ session: MigratedSession, end: Int64?) -> MigratedSession {
        guard session.outcome == .gone else { return session }
        let soon = migration.sourceTime.addingReportingOverflow(MigrationOutcome.moment).partialValue
        guard end.map({ $0 > soon }) ?? true else { return MigratedSession(gone: session.key, .ended) }
        let what =
            migration.moves
            ? "it was moved and came back at the source, where it is gone since, or does not fit the filter any more"
            : "it was copied, and is gone at the source since"
        return MigratedSession(
            gone: session.key, .left("\(what): if its user has logged out, expire it at the target"))
    }
}
