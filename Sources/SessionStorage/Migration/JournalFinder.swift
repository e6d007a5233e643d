/// Finds in the rows of a job what is known of a session.
struct JournalFinder {
    private let database: SQLiteDatabase
    private let find: SQLiteStatement
    private let remove: SQLiteStatement
    private let move: SQLiteStatement
    private let lookForMoved: SQLiteStatement

    /// - Parameter asksForPlace: whether the key at the target has to be the one that is asked for; the rows of a job have one for each session.
    init(of job: Int64, in database: SQLiteDatabase, asksForPlace: Bool = false) throws(StorageError) {
        self.database = database
        let place = asksForPlace ? " AND coalesce(place, key) = ?" : ""
        let table = JournalSchema.table(of: job)
        find = try SQLiteStatement(
            """
            SELECT source, source_end, target, target_end, done FROM \(table) \
            WHERE key = ?\(place) ORDER BY number
            """, of: database)
        remove = try SQLiteStatement("DELETE FROM \(table) WHERE key = ?\(place)", of: database)
        // Wherever it was copied to.
        let (moved, seen) = (MigrationJournal.State.moved.rawValue, MigrationJournal.State.seen.rawValue)
        move = try SQLiteStatement(
            "UPDATE \(table) SET done = \(moved) WHERE key = ? AND done <> \(seen)", of: database)
        lookForMoved = try SQLiteStatement(
            "SELECT source, source_end FROM \(table) WHERE key = ? AND done = \(moved) ORDER BY number DESC LIMIT 1",
            of: database)
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

    /// Forgets the session at `key`, whose key at the target is `place`.
    func forget(_ key: [UInt8], at place: [UInt8]) throws(StorageError) {
        try remove.run(.bytes(key), .bytes(place))
    }

    /// Notes that the session at `key` was taken away from the source, where it was copied or was about to be.
    func noteMoved(_ key: [UInt8]) throws(StorageError) { try move.run(.bytes(key)) }

    /// What the session at `key` was when it was taken away from the source last; nil where it never was.
    func moved(_ key: [UInt8]) throws(StorageError) -> KeyFingerprint? {
        var moved: KeyFingerprint?
        try lookForMoved.rows(.bytes(key)) { () throws(StorageError) in
            moved = lookForMoved.bytes(0).map { KeyFingerprint(digest: $0, expiresAt: lookForMoved.integer(1)) }
            return false
        }
        return moved
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
