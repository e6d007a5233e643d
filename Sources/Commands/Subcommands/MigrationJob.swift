import Redis
import SessionStorage
import Sessions
import Terminal

/// The part of a migration that writes: batch by batch, no faster than is allowed, and stopped between two batches.
final class MigrationJob {
    private let migration: Migration
    private let context: CommandContext
    private var batch: MigrationBatch
    private let results: MigrationResults
    /// What others change at the source; nil where nobody tells.
    private let feed: ChangeFeed?
    private let rate: SessionRate
    /// Whether the place in the scan is kept no more, so that the next run begins there: sessions were not reached, or a whole batch failed.
    private var placeStays = false

    /// Sessions of a batch: several batches with all that becomes of them are held at once.
    private static let mostAtOnce = 128
    private var sessionsAtOnce: Int { min(rate.sessionsAtOnce, Self.mostAtOnce) }

    init(_ migration: Migration, batch: MigrationBatch, feed: ChangeFeed?) throws {
        self.migration = migration
        self.batch = batch
        context = migration.context
        results = try MigrationResults(migration)
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
            if results.looked > 0 { results.conclude(of: look.keys.count) }
            throw error
        }
        progress.hide()
        results.conclude(of: look.keys.count)
        return status(look.status)
    }

    private func migrate(_ course: MigrationCourse, _ progress: ProgressLine) throws {
        try course.forEach(sessionsAtOnce) { keys in
            batch.beginToRead(keys, at: { [migration] in migration.times })
            while batch.ahead > mostAhead, goesOn { try advance(on: course, progress) }
            return goesOn
        }
        while batch.ahead > 0, goesOn { try advance(on: course, progress) }
        guard migration.looksAgain else { return }
        try MigrationLookAgain(migration, results, feed, sessionsAtOnce: sessionsAtOnce).run(&batch)
    }

    /// Sessions that may be read while others are written; none where it takes long until they are.
    private var mostAhead: Int { migration.options.rate == nil ? 2 * Self.mostAtOnce : 0 }

    /// Migrates the first of what was read, no more than the limit has room for, whatever becomes of each.
    private func advance(on course: MigrationCourse, _ progress: ProgressLine) throws {
        let room = max(1, (migration.options.limit ?? .max) - results.tally.written)
        let sessions = try batch.migrateNext(upTo: room, at: { [migration] in migration.times })
        try results.note(sessions)
        placeStays = placeStays || batch.hasLeftSome || sessions.allSatisfy(\.outcome.hasFailed)
        if !placeStays { course.note(done: results.looked) }
        feed?.listen()
        progress.update(done: results.looked, total: course.count)
        rate.wait(after: results.looked) { goesOn }
    }

    private var goesOn: Bool { migration.goesOn && results.tally.written < migration.options.limit ?? .max }

    private func status(_ status: ExitStatus) -> ExitStatus {
        if context.isInterrupted() { return .interrupted }
        if batch.lost != nil { return .connection }
        if results.tally.isDenied { return .permission }
        if !context.output.wantsMore || results.hasFailed || results.tally.isIncomplete { return .partial }
        return status
    }
}
