/// What the other jobs between the same two stores, in one direction, have noted: with other options or another filter it is another job, and who
/// has logged out of what one of them has written is not to be logged in by the next.
struct OtherJobs {
    private let found: [RowsOfOtherJob]

    /// Finds those that have noted something, and makes their rows be found by keys. None of them runs at the same time.
    ///
    /// - Parameters:
    ///   - job: the one that asks; nil where it was never begun.
    ///   - stores: what makes them jobs between the same two stores.
    ///   - limit: jobs that were begun last before, in milliseconds since 1970, are as good as forgotten.
    init(
        than job: Int64?, of stores: String, since limit: Int64, in database: SQLiteDatabase
    ) throws(StorageError) {
        var found: [RowsOfOtherJob] = []
        for other in try JournalSchema.jobs(of: stores, since: limit, in: database) where other != job {
            guard try JournalSchema.hasRows(other, in: database) else { continue }
            try JournalSchema.makeIndex(of: other, in: database)
            found.append(try RowsOfOtherJob(of: other, in: database))
        }
        self.found = found
    }

    var isEmpty: Bool { found.isEmpty }

    /// What each of them knows of the session at `key` of its source, where that is at `place` of its target.
    func entries(of key: [UInt8], at place: [UInt8]) throws(StorageError) -> [MigrationJournal.Entry] {
        var entries: [MigrationJournal.Entry] = []
        for rows in found {
            if let entry = try rows.entry(of: key, at: place) { entries.append(entry) }
        }
        return entries
    }

    /// Forgets in all of them what they know of that session.
    func forget(_ key: [UInt8], at place: [UInt8]) throws(StorageError) {
        for rows in found { try rows.forget(key, at: place) }
    }

    /// Notes in all of them that the session was taken away from the source.
    func noteMoved(_ key: [UInt8]) throws(StorageError) {
        for rows in found { try rows.noteMoved(key) }
    }

    /// Notes in all of them that the session is at the source still, or again.
    func noteNotMoved(_ key: [UInt8]) throws(StorageError) {
        for rows in found { try rows.noteNotMoved(key) }
    }
}
