/// What the other jobs between the same two stores, in one direction, have noted: with other options or another filter it is another job, and who
/// has logged out of what one of them has written is not to be logged in by the next.
final class OtherJobs {
    private let job: Int64?
    private let stores: String
    /// Jobs that were begun last before, in milliseconds since 1970, are as good as forgotten.
    private let limit: Int64
    private let database: SQLiteDatabase
    private var finders: [(job: Int64, finder: JournalFinder)] = []

    /// - Parameters:
    ///   - job: the one that asks; nil where it was never begun.
    ///   - stores: what makes them jobs between the same two stores.
    init(than job: Int64?, of stores: String, since limit: Int64, in database: SQLiteDatabase) {
        (self.job, self.stores, self.limit, self.database) = (job, stores, limit, database)
    }

    /// Finds those that have noted something by now, also such that were begun since, and makes their rows be found by keys.
    func look() throws(StorageError) {
        for other in try JournalSchema.jobs(of: stores, since: limit, in: database)
        where other != job && !finders.contains(where: { $0.job == other }) {
            guard try JournalSchema.hasRows(other, in: database) else { continue }
            try JournalSchema.makeIndex(of: other, in: database)
            finders.append((other, try JournalFinder(of: other, in: database, asksForPlace: true)))
        }
    }

    /// What each of them knows of the session at `key` of its source, where that is at `place` of its target.
    func entries(of key: [UInt8], at place: [UInt8]) throws(StorageError) -> [MigrationJournal.Entry] {
        var entries: [MigrationJournal.Entry] = []
        for (_, finder) in finders {
            if let entry = try finder.entry(of: key, at: place) { entries.append(entry) }
        }
        return entries
    }

    /// Forgets in all of them what they know of that session.
    func forget(_ key: [UInt8], at place: [UInt8]) throws(StorageError) {
        for (_, finder) in finders { try finder.forget(key, at: place) }
    }

    /// Notes in all of them that the session was taken away from the source.
    func noteMoved(_ key: [UInt8]) throws(StorageError) {
        for (_, finder) in finders { try finder.noteMoved(key) }
    }

    /// What the session was when one of them has taken it away from the source.
    func moved(_ key: [UInt8]) throws(StorageError) -> [KeyFingerprint] {
        var moved: [KeyFingerprint] = []
        for (_, finder) in finders {
            if let one = try finder.moved(key) { moved.append(one) }
        }
        return moved
    }
}
