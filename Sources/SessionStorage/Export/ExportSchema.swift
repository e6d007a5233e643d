/// The tables of an archive of sessions, and how a file is recognised as one (docs/exporting-sessions.md).
enum ExportSchema {
    /// "scte": what SQLite's header says the file is for.
    static let applicationID: Int64 = 0x7363_7465
    /// Of the tables and of the records in them.
    static let version: Int64 = 1
    /// Rows of some kilobytes lie well in it.
    private static let pageSize = 16384

    /// By name, with the statements that made them, as SQLite keeps them.
    private static let tables = [
        """
        CREATE TABLE export (identity TEXT NOT NULL, source TEXT NOT NULL, version TEXT NOT NULL, began INTEGER NOT NULL, \
        ended INTEGER, sessions INTEGER)
        """,
        """
        CREATE TABLE sessions (number INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, id BLOB NOT NULL, format TEXT NOT NULL, \
        variant TEXT, principal TEXT, expires INTEGER, json TEXT NOT NULL, record BLOB NOT NULL)
        """,
        "CREATE TABLE sets (key BLOB PRIMARY KEY, expires INTEGER) WITHOUT ROWID",
    ]

    /// Makes an archive of an empty file.
    static func create(in database: SQLiteDatabase, _ origin: ExportOrigin?) throws(StorageError) {
        // Before the first page is written.
        try database.execute("PRAGMA page_size=\(pageSize)")
        try database.transaction { () throws(StorageError) in
            for table in tables { try database.execute(table) }
            if let origin {
                try SQLiteStatement(
                    "INSERT INTO export (identity, source, version, began) VALUES (?, ?, ?, ?)", of: database
                ).run(.text(origin.identity), .text(origin.source), .text(origin.version), .integer(origin.began))
            }
            try database.execute("PRAGMA application_id=\(applicationID)")
            try database.execute("PRAGMA user_version=\(version)")
        }
    }

    /// How this connection works.
    static func configure(_ database: SQLiteDatabase) throws(StorageError) {
        try database.execute("PRAGMA cell_size_check=ON")
        try database.execute("PRAGMA mmap_size=0")
        // macOS: there a plain sync leaves the bytes in the disk's memory.
        try database.execute("PRAGMA fullfsync=ON")
    }

    /// Refuses every file that is no sound archive of this version; gives what it says of itself.
    static func check(_ database: SQLiteDatabase) throws(StorageError) -> (ExportOrigin, ended: Int64?) {
        guard try database.integer("PRAGMA application_id") == applicationID else {
            throw .archive(
                ArchiveProblem(
                    .unsafe,
                    "\(database.path) is an SQLite file, but no archive of sessions that sessionctl has written"))
        }
        let found = try database.integer("PRAGMA user_version")
        guard found == version else {
            throw .archive(
                ArchiveProblem(
                    .newer,
                    "the archive \(database.path) is of version \(found), this program knows \(version): "
                        + "use the program that wrote it"))
        }
        try checkTables(of: database)
        let size = try database.integer("PRAGMA page_count")
            .multipliedReportingOverflow(by: try database.integer("PRAGMA page_size"))
        if !size.overflow, size.partialValue <= ArchiveSchema.largestQuickCheck { try database.checkStructure() }
        return try origin(in: database)
    }

    private static func checkTables(of database: SQLiteDatabase) throws(StorageError) {
        var found: [String] = []
        let statement = try SQLiteStatement(
            "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name LIMIT 10", of: database)
        try statement.rows { () throws(StorageError) in
            found.append(statement.text(0) ?? "")
            return true
        }
        guard found == tables else {
            throw .damagedArchive(database.path, "its tables are not those of an archive of sessions", .export)
        }
    }

    private static func origin(in database: SQLiteDatabase) throws(StorageError) -> (ExportOrigin, ended: Int64?) {
        var origin: ExportOrigin?
        var ended: Int64?
        let select = try SQLiteStatement(
            "SELECT identity, source, version, began, ended FROM export LIMIT 1", of: database)
        try select.rows { () throws(StorageError) in
            guard let identity = select.text(0), let source = select.text(1), let version = select.text(2),
                let began = select.integer(3)
            else { return false }
            origin = ExportOrigin(identity: identity, source: source, version: version, began: began)
            ended = select.integer(4)
            return false
        }
        guard let origin else { throw .damagedArchive(database.path, "it does not say what it is of", .export) }
        return (origin, ended)
    }
}
