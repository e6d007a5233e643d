/// What the other jobs of the same two stores have noted: with other options or another filter it is another job, and who has logged out of what
/// one of them has written is not to be logged in by the next.
struct OtherJobs {
    private let finders: [JournalFinder]

    /// Makes the rows of these jobs be found by keys; nil where there are none. Jobs that have noted nothing, and such that begin later, are not
    /// asked.
    ///
    /// - Parameters:
    ///   - job: the one that asks; nil where it was never begun.
    ///   - stores: what makes them the same two stores; nil to ask none.
    init?(than job: Int64?, of stores: String?, in database: SQLiteDatabase) throws(StorageError) {
        guard let stores else { return nil }
        var finders: [JournalFinder] = []
        for other in try JournalSchema.jobs(of: stores, in: database) where other != job {
            guard try JournalSchema.hasRows(other, in: database) else { continue }
            try JournalSchema.makeIndex(of: other, in: database)
            finders.append(try JournalFinder(of: other, in: database, asksForPlace: true))
        }
        guard !finders.isEmpty else { return nil }
        self.finders = finders
    }

    /// What each of them knows of the session at `key` of the source, where that is at `place` of the target.
    func entries(of key: [UInt8], at place: [UInt8]) throws(StorageError) -> [MigrationJournal.Entry] {
        var entries: [MigrationJournal.Entry] = []
        for finder in finders {
            if let entry = try finder.entry(of: key, at: place) { entries.append(entry) }
        }
        return entries
    }
}
