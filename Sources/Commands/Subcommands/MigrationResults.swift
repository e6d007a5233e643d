import SessionStorage
import Sessions

/// What has become of the sessions of a migration: counted, reported, and kept where they are to be looked at once more.
final class MigrationResults {
    private let migration: Migration
    private let report: ChangeReport
    private(set) var tally: MigrationTally
    /// Sessions that were copied or moved, which are looked at again: somebody may have used them meanwhile.
    let settled: KeySpool
    /// How many sessions were taken for the first time.
    private(set) var looked = 0

    init(_ migration: Migration) throws {
        self.migration = migration
        report = try ChangeReport(migration.options.report, form: migration.form, context: migration.context)
        tally = MigrationTally(moves: migration.moves)
        settled = KeySpool(folder: migration.folder)
    }

    /// Whether a line of the report could not be written.
    var hasFailed: Bool { report.hasFailed }

    /// Notes what has become of sessions.
    ///
    /// - Parameter isFirst: whether they were not counted before.
    func note(_ sessions: [MigratedSession], isFirst: Bool = true) throws {
        for session in sessions {
            if isFirst { looked += 1 }
            tally.add(session, isFirst: isFirst)
            if isFirst, isSettled(session.outcome) {
                try settled.append(FoundSession(session.key, end: session.end))
            }
        }
        try report.write(sessions.map { SessionOutcome($0) }, at: migration.sourceTime)
    }

    /// Notes what is about no session in particular.
    func note(_ text: String) { tally.note(text) }

    /// Notes what has become of sessions at which it was looked once more, and how many of them were taken again.
    func noteAgain(_ sessions: [MigratedSession], taken: Int) throws {
        tally.takenAgain(taken)
        try note(sessions, isFirst: false)
    }

    /// Notes sessions that go on to change, some at once: of these an older state may be at the target.
    func noteChanging(_ keys: KeySpool, atOnce: Int) throws {
        tally.stillChanging(keys.count)
        try keys.forEach(atOnce) { some in
            try note(some.map { MigratedSession(gone: $0, .changed) }, isFirst: false)
            return true
        }
    }

    /// Tells what has become of `count` sessions.
    func conclude(of count: Int) {
        report.finish(tally.counts, matched: count)
        guard !migration.output.quiet || tally.isIncomplete else { return }
        for line in tally.lines(of: count) { migration.context.say(line) }
    }

    /// Whether a session is looked at again. What was gone when it was to be read was not copied.
    private func isSettled(_ outcome: MigrationOutcome) -> Bool {
        migration.moves ? outcome == .moved : !outcome.isIncomplete && !outcome.isOver
    }
}
