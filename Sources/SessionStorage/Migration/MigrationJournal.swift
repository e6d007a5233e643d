import Sessions

/// What a migration has done so far, kept in an SQLite file: so the same command goes on where it was interrupted, and takes only what is
/// new or changed once it is complete.
///
/// Without it nothing is lost: what is at the target is compared in any case. It tells a session that the migration itself has put there from
/// one that somebody has changed since.
package final class MigrationJournal {
    /// One writing of a session.
    package struct Step: Sendable, Hashable {
        /// The session at the source, when it was read.
        package let source: KeyFingerprint
        /// The same at the target, as it was to be written.
        package let target: KeyFingerprint
    }

    /// What is known of one session.
    package struct Entry: Sendable, Hashable {
        /// What was written and read back last.
        package fileprivate(set) var done: Step?
        /// What was begun since: any of it may have been written, or nothing.
        fileprivate var begun: [Step] = []

        /// Whether what is at the target comes from this migration.
        func wrote(_ found: KeyFingerprint) -> Bool {
            ([done].compactMap { $0 } + begun).contains { $0.target.isSame(as: found) }
        }
    }

    private let database: SQLiteDatabase
    private let job: Int64
    /// Held while the job runs.
    private let mark: RunningMark?
    private let find: SQLiteStatement
    private let put: SQLiteStatement
    private let forget: SQLiteStatement

    /// Opens the journal of the user whose environment this is, for one job; makes it where there is none.
    ///
    /// - Parameters:
    ///   - identity: what makes it the same job: stores, layouts, filter.
    ///   - now: milliseconds since 1970.
    /// - Throws: `StorageError` where the same job runs already, or the file is not to be trusted.
    package static func open(
        identity: String, environment: [String: String], now: Int64
    ) throws(StorageError) -> MigrationJournal {
        let folder = try ArchiveFile.folder(environment: environment)
        try ArchiveFile.makeFolder(folder)
        guard let file = try ArchiveFile(existing: folder, .migrations) else {
            throw .archive(ArchiveProblem(.failed, "the folder \(folder) was taken away; try again"))
        }
        if try file.size() == nil {
            try file.make { path throws(StorageError) in
                try JournalSchema.create(in: try SQLiteDatabase(path: path, .migrations))
            }
        }
        let database = try checked(file)
        let job = try Self.job(identity, database, now)
        return try MigrationJournal(database, job, mark: try RunningMark(job, in: file.folder, .migrations))
    }

    /// What is known of a job, to be read alone; nil where it was never begun. Makes nothing.
    package static func existing(
        identity: String, environment: [String: String]
    ) throws(StorageError) -> MigrationJournal? {
        guard let file = try ArchiveFile(existing: try ArchiveFile.folder(environment: environment), .migrations),
            try file.size() != nil, case let database = try checked(file), let job = try known(identity, database)
        else { return nil }
        return try MigrationJournal(database, job, mark: nil)
    }

    private static func checked(_ file: ArchiveFile) throws(StorageError) -> SQLiteDatabase {
        let database = try SQLiteDatabase(path: file.path, .migrations)
        try ArchiveSchema.configure(database)
        try JournalSchema.check(database)
        return database
    }

    private init(_ database: SQLiteDatabase, _ job: Int64, mark: RunningMark?) throws(StorageError) {
        self.database = database
        self.job = job
        self.mark = mark
        find = try SQLiteStatement(
            "SELECT source, source_end, target, target_end, done FROM sessions WHERE job = ? AND key = ?", of: database)
        put = try SQLiteStatement(
            "INSERT OR REPLACE INTO sessions (job, key, source, source_end, target, target_end, done) "
                + "VALUES (?, ?, ?, ?, ?, ?, ?)", of: database)
        forget = try SQLiteStatement("DELETE FROM sessions WHERE job = ? AND key = ?", of: database)
    }

    private static func job(_ identity: String, _ database: SQLiteDatabase, _ now: Int64) throws(StorageError) -> Int64
    {
        try database.transaction { () throws(StorageError) in
            try SQLiteStatement("INSERT OR IGNORE INTO jobs (identity, began) VALUES (?, ?)", of: database)
                .run(.text(identity), .integer(now))
            guard let number = try known(identity, database) else {
                throw .damagedArchive(database.path, "a job has no number", .migrations)
            }
            return number
        }
    }

    private static func known(_ identity: String, _ database: SQLiteDatabase) throws(StorageError) -> Int64? {
        var number: Int64?
        let statement = try SQLiteStatement("SELECT number FROM jobs WHERE identity = ?", of: database)
        try statement.rows(.text(identity)) { () throws(StorageError) in
            number = statement.integer(0)
            return false
        }
        return number
    }

    /// What is known of the sessions at `keys`.
    package func entries(of keys: [[UInt8]]) throws(StorageError) -> [[UInt8]: Entry] {
        var entries: [[UInt8]: Entry] = [:]
        for key in keys {
            try find.rows(.integer(job), .bytes(key)) { () throws(StorageError) in
                guard let source = find.bytes(0), let target = find.bytes(2), let isDone = find.integer(4) else {
                    throw .damagedArchive(database.path, "the entry of a session is none", .migrations)
                }
                let step = Step(
                    source: KeyFingerprint(digest: source, expiresAt: find.integer(1)),
                    target: KeyFingerprint(digest: target, expiresAt: find.integer(3)))
                if isDone == 1 {
                    entries[key, default: Entry()].done = step
                } else {
                    entries[key, default: Entry()].begun.append(step)
                }
                return true
            }
        }
        return entries
    }

    /// Notes what is about to be written, beside what was before: until it is read back, either may be at the target.
    func begin(_ steps: [(key: [UInt8], step: Step)]) throws(StorageError) {
        try note(steps) { key, step throws(StorageError) in try put(key, step, isDone: false) }
    }

    /// Notes what was written and read back; what was begun before is forgotten.
    func finish(_ steps: [(key: [UInt8], step: Step)]) throws(StorageError) {
        try note(steps) { key, step throws(StorageError) in
            try forget.run(.integer(job), .bytes(key))
            try put(key, step, isDone: true)
        }
    }

    /// All of them or none. A process that is killed loses nothing of it; after a power failure the target is compared.
    private func note(
        _ steps: [(key: [UInt8], step: Step)], _ body: ([UInt8], Step) throws(StorageError) -> Void
    ) throws(StorageError) {
        guard !steps.isEmpty else { return }
        try database.transaction(isDurable: false) { () throws(StorageError) in
            for (key, step) in steps { try body(key, step) }
        }
    }

    private func put(_ key: [UInt8], _ step: Step, isDone: Bool) throws(StorageError) {
        try put.run(
            .integer(job), .bytes(key), .bytes(step.source.digest), Self.time(step.source.expiresAt),
            .bytes(step.target.digest), Self.time(step.target.expiresAt), .integer(isDone ? 1 : 0))
    }

    private static func time(_ time: Int64?) -> SQLiteValue { time.map { .integer($0) } ?? .null }
}

/// The tables of a journal of migrations.
private enum JournalSchema {
    /// "sctm": what SQLite's header says the file is for.
    static let applicationID: Int64 = 0x7363_746d
    static let version: Int64 = 1

    static func create(in database: SQLiteDatabase) throws(StorageError) {
        try database.transaction { () throws(StorageError) in
            try database.execute(
                "CREATE TABLE jobs (number INTEGER PRIMARY KEY AUTOINCREMENT, identity TEXT NOT NULL UNIQUE, began INTEGER NOT NULL)"
            )
            try database.execute(
                """
                CREATE TABLE sessions (job INTEGER NOT NULL, key BLOB NOT NULL, source BLOB NOT NULL, source_end INTEGER, \
                target BLOB NOT NULL, target_end INTEGER, done INTEGER NOT NULL, PRIMARY KEY (job, key, target, done)) WITHOUT ROWID
                """)
            try database.execute("PRAGMA application_id=\(applicationID)")
            try database.execute("PRAGMA user_version=\(version)")
        }
        try database.execute("PRAGMA journal_mode=WAL")
    }

    static func check(_ database: SQLiteDatabase) throws(StorageError) {
        guard try database.integer("PRAGMA application_id") == applicationID else {
            throw .damagedArchive(database.path, "it is an SQLite file, but no journal of migrations", .migrations)
        }
        guard try database.integer("PRAGMA user_version") == version else {
            throw .damagedArchive(database.path, "it is of another version", .migrations)
        }
    }
}
