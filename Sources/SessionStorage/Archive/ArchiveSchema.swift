/// The tables of an undo archive, and how a file is recognised as one (docs/undo-archive.md).
enum ArchiveSchema {
    /// "sctl": what SQLite's header says the file is for.
    static let applicationID: Int64 = 0x7363_746c
    /// Of the tables and of the records in them.
    static let version: Int64 = 2
    /// Up to this size the whole structure is looked at when the file is opened: about a tenth of a second.
    static let largestQuickCheck: Int64 = 32 << 20
    /// SQLite's largest: rows of some kilobytes leave little of a page unused, and a batch touches few pages. Twice as fast as with 4 KB.
    static let pageSize = 65536
    /// How much the write-ahead log holds before it goes into the file: 16 MB.
    static let logPages = 256

    /// The changes as version 1 had them; an added column stands behind the others.
    private static let firstChanges = """
        CREATE TABLE changes (number INTEGER PRIMARY KEY AUTOINCREMENT, began INTEGER NOT NULL, ended INTEGER, \
        state TEXT NOT NULL, command TEXT NOT NULL, endpoint TEXT NOT NULL, database INTEGER NOT NULL, \
        version TEXT NOT NULL, sessions INTEGER NOT NULL, bytes INTEGER NOT NULL, checksum INTEGER NOT NULL
        """

    /// By name, with the statements that made them, as SQLite keeps them. Sessions have the number of their change in the upper half of
    /// their own and their place in it in the lower, so that they lie in the order in which they are written and read, without an index.
    private static let tables = [
        (name: "changes", sql: firstChanges + ", server TEXT)"),
        (
            name: "outcomes",
            sql: "CREATE TABLE outcomes (session INTEGER PRIMARY KEY, outcome TEXT, undone INTEGER)"
        ),
        (
            name: "sessions",
            sql: "CREATE TABLE sessions (number INTEGER PRIMARY KEY, id BLOB NOT NULL, record BLOB NOT NULL)"
        ),
        // SQLite's own, for AUTOINCREMENT: by it no number is given twice.
        (name: "sqlite_sequence", sql: "CREATE TABLE sqlite_sequence(name,seq)"),
    ]

    /// Makes an archive of an empty file.
    static func create(in database: SQLiteDatabase) throws(StorageError) {
        // Both before the first page is written.
        try database.execute("PRAGMA page_size=\(pageSize)")
        try database.execute("PRAGMA auto_vacuum=INCREMENTAL")
        try database.transaction { () throws(StorageError) in
            for table in tables where table.name != "sqlite_sequence" { try database.execute(table.sql) }
            try database.execute("PRAGMA application_id=\(applicationID)")
            try database.execute("PRAGMA user_version=\(version)")
        }
        // One process writes while others read. It is kept in the file.
        try database.execute("PRAGMA journal_mode=WAL")
    }

    /// How this connection works.
    static func configure(_ database: SQLiteDatabase) throws(StorageError) {
        try database.execute("PRAGMA cell_size_check=ON")
        try database.execute("PRAGMA mmap_size=0")
        // Pages that become free are given back to the system and need not be cleared before.
        try database.execute("PRAGMA secure_delete=FAST")
        try database.execute("PRAGMA wal_autocheckpoint=\(logPages)")
        try database.execute("PRAGMA journal_size_limit=\(logPages * pageSize)")
        // macOS: there a plain sync leaves the bytes in the disk's memory.
        try database.execute("PRAGMA fullfsync=ON")
        try database.execute("PRAGMA checkpoint_fullfsync=ON")
    }

    /// Refuses every file that is no sound archive of this version, or of an older one, which is brought to this one.
    static func check(_ database: SQLiteDatabase, size: Int64) throws(StorageError) {
        guard try database.integer("PRAGMA application_id") == applicationID else {
            throw .damagedArchive(database.path, "it is an SQLite file, but no undo archive of sessionctl")
        }
        let found = try database.integer("PRAGMA user_version")
        guard found <= version else { throw newer(database.path, found) }
        guard found > 0 else { throw .damagedArchive(database.path, "there is no version \(found) of it") }
        try checkTables(of: database, version: found)
        if size <= largestQuickCheck { try database.checkStructure() }
        if found == 1 { try addServers(to: database) }
    }

    /// From version 2 on a change names its server.
    private static func addServers(to database: SQLiteDatabase) throws(StorageError) {
        try database.transaction { () throws(StorageError) in
            // Another process may have done it since.
            guard try database.integer("PRAGMA user_version") == 1 else { return }
            try database.execute("ALTER TABLE changes ADD COLUMN server TEXT")
            try database.execute("PRAGMA user_version=\(version)")
        }
    }

    private static func newer(_ path: String, _ version: Int64) -> StorageError {
        .archive(
            ArchiveProblem(
                .newer,
                "the undo archive \(path) is of version \(version), this program writes \(Self.version): "
                    + "use the newer program; or \(StorageError.wayOnWithoutArchive)"))
    }

    private static func checkTables(of database: SQLiteDatabase, version: Int64) throws(StorageError) {
        var found: [String?] = []
        let statement = try SQLiteStatement("SELECT sql FROM sqlite_schema ORDER BY name LIMIT 10", of: database)
        try statement.rows { () throws(StorageError) in
            found.append(statement.text(0))
            return true
        }
        var expected = tables.map(\.sql)
        if version == 1 { expected[0] = firstChanges + ")" }
        guard found == expected else {
            throw .damagedArchive(database.path, "its tables are not those of an undo archive")
        }
    }
}
