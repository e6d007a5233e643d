/// What one job does in the rows of another between the same two stores.
struct RowsOfOtherJob {
    private let finder: JournalFinder
    private let remove: SQLiteStatement
    private let move: SQLiteStatement
    private let stay: SQLiteStatement

    init(of job: Int64, in database: SQLiteDatabase) throws(StorageError) {
        finder = try JournalFinder(of: job, in: database, asksForPlace: true)
        let table = JournalSchema.table(of: job)
        remove = try SQLiteStatement("DELETE FROM \(table) WHERE key = ?\(JournalSchema.isPlace)", of: database)
        // Wherever it was copied to.
        let (moved, seen) = (MigrationJournal.State.moved.rawValue, MigrationJournal.State.seen.rawValue)
        move = try SQLiteStatement(
            "UPDATE \(table) SET done = \(moved) WHERE key = ? AND done <> \(seen)", of: database)
        stay = try SQLiteStatement(JournalSchema.noteNotMoved(in: job), of: database)
    }

    /// What is known of the session at `key`, whose key at the target is `place`; nil for nothing.
    func entry(of key: [UInt8], at place: [UInt8]) throws(StorageError) -> MigrationJournal.Entry? {
        try finder.entry(of: key, at: place)
    }

    /// Forgets that session.
    func forget(_ key: [UInt8], at place: [UInt8]) throws(StorageError) {
        try remove.run(.bytes(key), .bytes(place))
    }

    /// Notes that the session at `key` was taken away from the source, where it was copied or was about to be.
    func noteMoved(_ key: [UInt8]) throws(StorageError) { try move.run(.bytes(key)) }

    /// Notes that it is there still, or again, and that the target has got it all the same.
    func noteNotMoved(_ key: [UInt8]) throws(StorageError) { try stay.run(.bytes(key)) }
}
