/// The tables of a journal of migrations.
enum JournalSchema {
    /// "sctm": what SQLite's header says the file is for.
    private static let applicationID: Int64 = 0x7363_746d
    private static let version: Int64 = 2

    static func create(in database: SQLiteDatabase) throws(StorageError) {
        try database.transaction { () throws(StorageError) in
            try database.execute(
                "CREATE TABLE jobs (number INTEGER PRIMARY KEY AUTOINCREMENT, identity TEXT NOT NULL UNIQUE, began INTEGER NOT NULL)"
            )
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

    /// The number of a job, which gets one where it has none.
    static func job(_ identity: String, in database: SQLiteDatabase, _ now: Int64) throws(StorageError) -> Int64 {
        try database.transaction { () throws(StorageError) in
            try SQLiteStatement("INSERT OR IGNORE INTO jobs (identity, began) VALUES (?, ?)", of: database)
                .run(.text(identity), .integer(now))
            guard let number = try known(identity, in: database) else {
                throw .damagedArchive(database.path, "a job has no number", .migrations)
            }
            try database.execute(
                """
                CREATE TABLE IF NOT EXISTS \(table(of: number)) (number INTEGER PRIMARY KEY, key BLOB NOT NULL, source BLOB NOT NULL, \
                source_end INTEGER, target BLOB NOT NULL, target_end INTEGER, done INTEGER NOT NULL)
                """)
            return number
        }
    }

    /// The number of a job; nil where it was never begun.
    static func known(_ identity: String, in database: SQLiteDatabase) throws(StorageError) -> Int64? {
        var number: Int64?
        let statement = try SQLiteStatement("SELECT number FROM jobs WHERE identity = ?", of: database)
        try statement.rows(.text(identity)) { () throws(StorageError) in
            number = statement.integer(0)
            return false
        }
        return number
    }

    /// The name of the table with the rows of a job.
    static func table(of job: Int64) -> String { "steps_\(job)" }
}
