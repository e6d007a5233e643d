extension MigrationJournal {
    /// Which two stores a job is between: what is noted of one pair is known to all jobs between them.
    package struct Stores: Sendable, Hashable {
        /// What names the pair, source first.
        package let pair: String
        /// The same of the other direction.
        package let back: String

        package init(pair: String, back: String) { (self.pair, self.back) = (pair, back) }
    }

    /// What other jobs between the same two stores know of a session.
    struct RelatedEntries {
        /// Of those with other options or another filter.
        var others: [Entry] = []
        /// Of those that carry from the target to the source.
        var back: [Entry] = []
    }
}

/// The other jobs between two stores, in both directions.
struct RelatedJobs {
    private let others: OtherJobs
    private let back: OtherJobs

    /// - Parameters:
    ///   - job: the one that asks; nil where it was never begun.
    ///   - limit: jobs that were begun last before, in milliseconds since 1970, are not asked.
    init(
        to job: Int64?, _ stores: MigrationJournal.Stores, since limit: Int64, in database: SQLiteDatabase
    ) throws(StorageError) {
        others = try OtherJobs(than: job, of: stores.pair, since: limit, in: database)
        back = try OtherJobs(than: job, of: stores.back, since: limit, in: database)
    }

    /// What they know of the session at `key` of the source, where that is at `place` of the target.
    func entries(of key: [UInt8], at place: [UInt8]) throws(StorageError) -> MigrationJournal.RelatedEntries {
        MigrationJournal.RelatedEntries(
            others: try others.entries(of: key, at: place), back: try back.entries(of: place, at: key))
    }

    /// To be called where a session is moved: those that had copied it the same way, or carried it to where it is taken from, need not wonder
    /// where it has gone.
    func noteMoved(_ key: [UInt8], to place: [UInt8]) throws(StorageError) {
        try others.noteMoved(key)
        try back.forget(place, at: key)
    }

    /// Whether another job has noted anything in the same direction.
    var hasOthers: Bool { !others.isEmpty }

    /// To be called where a session is at the source, though others may have noted that it was taken away.
    func noteNotMoved(_ key: [UInt8]) throws(StorageError) { try others.noteNotMoved(key) }
}
