/// Finds in the rows of a job what is known of a session.
struct JournalFinder {
    private let database: SQLiteDatabase
    private let find: SQLiteStatement

    /// - Parameter asksForPlace: whether the key at the target has to be the one that is asked for; the rows of a job have one for each session.
    init(of job: Int64, in database: SQLiteDatabase, asksForPlace: Bool = false) throws(StorageError) {
        self.database = database
        find = try SQLiteStatement(
            """
            SELECT source, source_end, target, target_end, done FROM \(JournalSchema.table(of: job)) \
            WHERE key = ?\(asksForPlace ? JournalSchema.isPlace : "") ORDER BY number
            """, of: database)
    }

    /// What is known of the session at `key`; nil for nothing.
    func entry(of key: [UInt8]) throws(StorageError) -> MigrationJournal.Entry? {
        var entry: MigrationJournal.Entry?
        try find.rows(.bytes(key)) { () throws(StorageError) in try add(to: &entry) }
        return entry
    }

    /// The same of a session whose key at the target is `place`.
    func entry(of key: [UInt8], at place: [UInt8]) throws(StorageError) -> MigrationJournal.Entry? {
        var entry: MigrationJournal.Entry?
        try find.rows(.bytes(key), .bytes(place)) { () throws(StorageError) in try add(to: &entry) }
        return entry
    }

    /// Adds a row to what those before it have told.
    private func add(to entry: inout MigrationJournal.Entry?) throws(StorageError) -> Bool {
        guard let source = find.bytes(0), let target = find.bytes(2),
            let state = find.integer(4).flatMap({ MigrationJournal.State(rawValue: $0) })
        else {
            throw .damagedArchive(database.path, "the entry of a session is none", .migrations)
        }
        let step = MigrationJournal.Step(
            source: KeyFingerprint(digest: source, expiresAt: find.integer(1)),
            target: KeyFingerprint(digest: target, expiresAt: find.integer(3)))
        var known = entry ?? MigrationJournal.Entry()
        known.add(step, state)
        entry = known
        return true
    }
}
