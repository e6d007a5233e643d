/// The rows of one job of migration, in the order in which they were written: so a batch of them takes few pages of the file.
final class JournalTable {
    private let database: SQLiteDatabase
    private let name: String
    private let put: SQLiteStatement
    private let update: SQLiteStatement
    private let find: SQLiteStatement
    private var next: Int64
    /// Whether rows are found by the key of their session. To keep an index costs several times as much as the rows themselves.
    private(set) var isIndexed = false

    init(of job: Int64, in database: SQLiteDatabase) throws(StorageError) {
        self.database = database
        name = JournalSchema.table(of: job)
        next = try database.integer("SELECT coalesce(max(number), 0) + 1 FROM \(name)")
        put = try SQLiteStatement("INSERT INTO \(name) VALUES (?, ?, ?, ?, ?, ?, ?)", of: database)
        update = try SQLiteStatement("UPDATE \(name) SET done = ? WHERE number = ?", of: database)
        find = try SQLiteStatement(
            "SELECT source, source_end, target, target_end, done FROM \(name) WHERE key = ? ORDER BY number",
            of: database)
    }

    /// Whether nothing was noted before.
    var isEmpty: Bool { next == 1 }

    /// Makes rows be found by keys, from now on.
    func makeIndex() throws(StorageError) {
        guard !isIndexed else { return }
        try database.execute("CREATE INDEX IF NOT EXISTS \(name)_key ON \(name) (key)")
        isIndexed = true
    }

    /// What is known of the session at `key`; nil for nothing.
    func entry(of key: [UInt8]) throws(StorageError) -> MigrationJournal.Entry? {
        var entry: MigrationJournal.Entry?
        try find.rows(.bytes(key)) { () throws(StorageError) in
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
        return entry
    }

    /// Adds a row; its number.
    func append(
        _ key: [UInt8], _ step: MigrationJournal.Step, _ state: MigrationJournal.State
    ) throws(StorageError) -> Int64 {
        let number = next
        try put.run(
            .integer(number), .bytes(key), .bytes(step.source.digest), Self.time(step.source.expiresAt),
            .bytes(step.target.digest), Self.time(step.target.expiresAt), .integer(state.rawValue))
        next += 1
        return number
    }

    /// Notes how far the step of a row has come.
    func mark(_ number: Int64, _ state: MigrationJournal.State) throws(StorageError) {
        try update.run(.integer(state.rawValue), .integer(number))
    }

    private static func time(_ time: Int64?) -> SQLiteValue { time.map { .integer($0) } ?? .null }
}
