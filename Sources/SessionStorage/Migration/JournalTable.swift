/// The rows of one job of migration, in the order in which they were written: so a batch of them takes few pages of the file.
final class JournalTable {
    private let job: Int64
    private let database: SQLiteDatabase
    /// Prepared where something is written: who only looks may have a table of an earlier version, with fewer columns.
    private var put: SQLiteStatement?
    private let update: SQLiteStatement
    private let finder: JournalFinder
    private var next: Int64
    /// Whether rows are found by the key of their session. To keep an index costs several times as much as the rows themselves.
    private(set) var isIndexed = false

    init(of job: Int64, in database: SQLiteDatabase) throws(StorageError) {
        (self.job, self.database) = (job, database)
        let name = JournalSchema.table(of: job)
        next = try database.integer("SELECT coalesce(max(number), 0) + 1 FROM \(name)")
        update = try SQLiteStatement("UPDATE \(name) SET done = ? WHERE number = ?", of: database)
        finder = try JournalFinder(of: job, in: database)
    }

    /// Whether nothing was noted before.
    var isEmpty: Bool { next == 1 }

    /// Makes rows be found by keys, from now on.
    func makeIndex() throws(StorageError) {
        guard !isIndexed else { return }
        try JournalSchema.makeIndex(of: job, in: database)
        isIndexed = true
    }

    /// What is known of the session at `key`; nil for nothing.
    func entry(of key: [UInt8]) throws(StorageError) -> MigrationJournal.Entry? { try finder.entry(of: key) }

    /// Adds a row; its number.
    func append(
        _ key: [UInt8], _ step: MigrationJournal.Step, _ state: MigrationJournal.State
    ) throws(StorageError) -> Int64 {
        let put = try putting()
        let number = next
        try put.run(
            .integer(number), .bytes(key), .bytes(step.source.digest), Self.time(step.source.expiresAt),
            .bytes(step.target.digest), Self.time(step.target.expiresAt), .integer(state.rawValue),
            step.place.map { .bytes($0) } ?? .null)
        next += 1
        return number
    }

    private func putting() throws(StorageError) -> SQLiteStatement {
        if let put { return put }
        let made = try SQLiteStatement(
            "INSERT INTO \(JournalSchema.table(of: job)) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", of: database)
        put = made
        return made
    }

    /// Notes that the session at `key` is at the source still, or again.
    func noteNotMoved(_ key: [UInt8]) throws(StorageError) {
        try SQLiteStatement(JournalSchema.noteNotMoved(in: job), of: database).run(.bytes(key))
    }

    /// Notes how far the step of a row has come.
    func mark(_ number: Int64, _ state: MigrationJournal.State) throws(StorageError) {
        try update.run(.integer(state.rawValue), .integer(number))
    }

    private static func time(_ time: Int64?) -> SQLiteValue { time.map { .integer($0) } ?? .null }
}
