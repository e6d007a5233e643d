import Redis
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
    /// Sessions that were copied or moved, which are looked at again: somebody may have used them meanwhile.
    private let settled: KeySpool
    /// What others change at the source; nil where nobody tells.
    private let feed: ChangeFeed?
    /// Sessions that were moved, and that are at the source again and stay there.
    private var staying: KeySet?
    private let rate: SessionRate
    private var looked = 0
    /// Whether the place in the scan is kept no more, so that the next run begins there: sessions were not reached, or a whole batch failed.
    private var placeStays = false

    /// Sessions of a batch: several batches with all that becomes of them are held at once.
    private static let mostAtOnce = 128
    private var sessionsAtOnce: Int { min(rate.sessionsAtOnce, Self.mostAtOnce) }

    /// Rounds over what somebody changes.
    private static let rounds = 3

    init(_ migration: Migration, batch: MigrationBatch, feed: ChangeFeed?) throws {
        self.migration = migration
        self.batch = batch
        context = migration.context
        report = try ChangeReport(migration.options.report, form: migration.form, context: context)
        tally = MigrationTally(moves: migration.moves)
        settled = KeySpool(folder: context.environment["TMPDIR"] ?? "/tmp")
        self.feed = feed
        rate = SessionRate(migration.options.rate, in: context)
    }

    func run(_ look: MigrationPreflight.Look, _ course: MigrationCourse) throws -> ExitStatus {
        let progress = context.progress("migrating", unit: "sessions", quiet: migration.output.quiet)
        defer { batch.endReading() }
        do {
            try migrate(course, progress)
        } catch {
            progress.hide()
            // What was done until then is done. What was refused at once has its own words.
            if looked > 0 { conclude(of: look.keys.count) }
            throw error
        }
        progress.hide()
        conclude(of: look.keys.count)
        return status(look.status)
    }

    private func migrate(_ course: MigrationCourse, _ progress: ProgressLine) throws {
        try course.forEach(sessionsAtOnce) { keys in
            batch.beginToRead(keys, at: { [migration] in migration.times })
            while batch.ahead > mostAhead, goesOn { try advance(on: course, progress) }
            return goesOn
        }
        while batch.ahead > 0, goesOn { try advance(on: course, progress) }
        if migration.looksAgain { try lookAgain() }
    }

    /// Sessions that may be read while others are written; none where it takes long until they are.
    private var mostAhead: Int { migration.options.rate == nil ? 2 * Self.mostAtOnce : 0 }

    /// Migrates the first of what was read, no more than the limit has room for, whatever becomes of each.
    private func advance(on course: MigrationCourse, _ progress: ProgressLine) throws {
        let room = max(1, (migration.options.limit ?? .max) - tally.written)
        let sessions = try batch.migrateNext(upTo: room, at: { [migration] in migration.times })
        try note(sessions)
        placeStays = placeStays || batch.hasLeftSome || sessions.allSatisfy(\.outcome.hasFailed)
        if !placeStays { course.note(done: looked) }
        feed?.listen()
        progress.update(done: looked, total: course.count)
        rate.wait(after: looked) { goesOn }
    }

    /// What was copied first may have been used while the others were, and what was moved may have come back: whatever has changed is taken
    /// again. What goes on to change is named.
    private func lookAgain() throws {
        for round in 1...(Self.rounds + 1) where migration.goesOn && (round == 1 || batch.lost == nil) {
            let changed = try migration.moves ? returnedSessions() : changedSessions()
            if migration.moves, changed == nil { break }
            if let changed, changed.count == 0 || round > Self.rounds { return try name(changed) }
            let again = try retake(changed ?? settled, namesGone: changed != nil || round == 1)
            // Where nobody tells, a round that finds nothing is the last.
            if changed == nil, batch.lost == nil, again.count == 0 || round >= Self.rounds { return try name(again) }
        }
        tellUnseen()
    }

    /// Nobody knows what has become of sessions that cannot be looked at once more.
    private func tellUnseen() {
        guard let lost = batch.lost, settled.count > 0 else { return }
        let side = lost.endpoint == migration.source.endpoint ? "source" : "target"
        tally.note(
            "what was \(migration.moves ? "moved" : "copied") was not looked at again, as the \(side) was lost: \(lost)"
        )
    }

    /// Sessions that were moved and are at the source again: managers write what they have in memory at the end of a request. Nil where the
    /// source was lost.
    private func returnedSessions() throws -> KeySpool? {
        let returned = KeySpool(folder: folder)
        var isWhole = true
        try settled.forEachFound(BulkChange.sessionsAtOnce) { some in
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

    /// What is at the source again and was not taken is told once.
    private func noteStaying(_ sessions: [MigratedSession]) throws {
        let all = sessions.filter { ![.moved, .changed, .ended].contains($0.outcome) }
        guard migration.moves, !all.isEmpty else { return }
        let staying = try self.staying ?? KeySet(folder: folder)
        for session in all { try staying.insert(session.key) }
        self.staying = staying
    }

    /// Sessions that somebody has changed since the last look; nil where nobody tells.
    private func changedSessions() throws -> KeySpool? {
        guard let keys = feed?.takeKeys() else { return nil }
        let changed = KeySpool(folder: folder)
        guard !keys.isEmpty else { return changed }
        try settled.forEachFound(BulkChange.sessionsAtOnce) { some in
            for found in some where keys.contains(found.key) { try changed.append(found) }
            return migration.goesOn
        }
        return changed
    }

    /// Migrates sessions once more; those that had changed, and may go on to.
    private func retake(_ keys: KeySpool, namesGone: Bool) throws -> KeySpool {
        let again = KeySpool(folder: folder)
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
            let named = (namesGone ? sessions : sessions.filter { !$0.outcome.isOver }).map {
                told($0, end: ends[$0.key] ?? nil)
            }
            tally.takenAgain(named.filter { !$0.outcome.isOver }.count)
            try note(named, isFirst: false)
            feed?.listen()
            return migration.goesOn && batch.lost == nil
        }
        return again
    }

    /// A session that was taken and is gone before its end was ended by somebody, and at the target it goes on.
    private func told(_ session: MigratedSession, end: Int64?) -> MigratedSession {
        guard session.outcome == .gone else { return session }
        guard end.map({ $0 > migration.sourceTime + Self.moment }) ?? true else {
            return MigratedSession(gone: session.key, .ended)
        }
        let what =
            migration.moves
            ? "it was moved and came back at the source, where it is gone since, or does not fit the filter any more"
            : "it was copied, and is gone at the source since"
        return MigratedSession(
            gone: session.key, .left("\(what): if its user has logged out, expire it at the target"))
    }

    /// Milliseconds by which a key may seem to go before its end.
    private static let moment: Int64 = 1000

    /// Of these an older state may be at the target.
    private func name(_ keys: KeySpool) throws {
        tally.stillChanging(keys.count)
        try keys.forEach(sessionsAtOnce) { some in
            try note(some.map { MigratedSession(gone: $0, .changed) }, isFirst: false)
            return true
        }
    }

    private func note(_ sessions: [MigratedSession], isFirst: Bool = true) throws {
        for session in sessions {
            if isFirst { looked += 1 }
            tally.add(session, isFirst: isFirst)
            if isFirst, isSettled(session.outcome) {
                try settled.append(FoundSession(session.key, end: session.end))
            }
        }
        try report.write(sessions.map { SessionOutcome($0) }, at: migration.sourceTime)
    }

    /// Whether a session is looked at again. What was gone when it was to be read was not copied.
    private func isSettled(_ outcome: MigrationOutcome) -> Bool {
        migration.moves ? outcome == .moved : !outcome.isIncomplete && !outcome.isOver
    }

    private var folder: String { context.environment["TMPDIR"] ?? "/tmp" }

    private var goesOn: Bool { migration.goesOn && tally.written < migration.options.limit ?? .max }

    private func conclude(of count: Int) {
        report.finish(tally.counts, matched: count)
        guard !migration.output.quiet || tally.isIncomplete else { return }
        for line in tally.lines(of: count) { context.say(line) }
    }

    private func status(_ status: ExitStatus) -> ExitStatus {
        if context.isInterrupted() { return .interrupted }
        if batch.lost != nil { return .connection }
        if tally.isDenied { return .permission }
        if !context.output.wantsMore || report.hasFailed || tally.isIncomplete { return .partial }
        return status
    }
}
