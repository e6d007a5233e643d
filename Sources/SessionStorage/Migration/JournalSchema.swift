/// The tables of a journal of migrations.
enum JournalSchema {
    /// "sctm": what SQLite's header says the file is for.
    private static let applicationID: Int64 = 0x7363_746d
    private static let version: Int64 = 5
    /// The first version whose journals go on.
    private static let firstVersion: Int64 = 2

    /// The jobs as version 2 had them; an added column stands behind the others.
    private static let firstJobs =
        "CREATE TABLE jobs (number INTEGER PRIMARY KEY AUTOINCREMENT, identity TEXT NOT NULL UNIQUE, began INTEGER NOT NULL"
    /// What version 3 has added: a cursor in the scan of the source, and the run id of the server that understands it.
    private static let placeColumns = ["run TEXT", "cursor INTEGER"]

    /// What version 5 has added: what makes jobs those of the same two stores. Nil in jobs that have not gone on since: no other job asks them.
    private static let storesColumn = "stores TEXT"

    static func create(in database: SQLiteDatabase) throws(StorageError) {
        // Before the first page is written: what is forgotten makes the file smaller.
        try database.execute("PRAGMA auto_vacuum=INCREMENTAL")
        try database.transaction { () throws(StorageError) in
            try database.execute(([firstJobs] + placeColumns + [storesColumn]).joined(separator: ", ") + ")")
            try database.execute("PRAGMA application_id=\(applicationID)")
            try database.execute("PRAGMA user_version=\(version)")
        }
        try database.execute("PRAGMA journal_mode=WAL")
    }

    /// Refuses every file that is no journal of this version or of the ones before that go on.
    static func check(_ database: SQLiteDatabase) throws(StorageError) {
        guard try database.integer("PRAGMA application_id") == applicationID else {
            throw .damagedArchive(database.path, "it is an SQLite file, but no journal of migrations", .migrations)
        }
        guard (firstVersion...version).contains(try database.integer("PRAGMA user_version")) else {
            throw .damagedArchive(database.path, "it is of another version", .migrations)
        }
    }

    /// Makes a journal of an earlier version one of this version; who only reads has no need of it.
    ///
    /// Version 4 has no other tables: its steps may be written and not read back, which an earlier program would take for begun. The steps that
    /// version 5 has added, and their new column, come when their job goes on: an earlier program may be at it now.
    static func bringUp(_ database: SQLiteDatabase) throws(StorageError) {
        guard try database.integer("PRAGMA user_version") < version else { return }
        try database.transaction { () throws(StorageError) in
            // Another process may have done it since.
            let found = try database.integer("PRAGMA user_version")
            guard found < version else { return }
            if found == firstVersion {
                for column in placeColumns { try database.execute("ALTER TABLE jobs ADD COLUMN \(column)") }
            }
            try database.execute("ALTER TABLE jobs ADD COLUMN \(storesColumn)")
            try database.execute("PRAGMA user_version=\(version)")
        }
    }

    /// The number of a job that begins at `now`, in milliseconds since 1970; it gets one where it has none.
    static func job(_ identity: String, in database: SQLiteDatabase, _ now: Int64) throws(StorageError) -> Int64 {
        try database.transaction { () throws(StorageError) in
            try SQLiteStatement(
                """
                INSERT INTO jobs (identity, began) VALUES (?, ?) \
                ON CONFLICT (identity) DO UPDATE SET began = max(began, excluded.began)
                """, of: database
            ).run(.text(identity), .integer(now))
            guard let number = try number(of: identity, in: database) else {
                throw .damagedArchive(database.path, "a job has no number", .migrations)
            }
            return number
        }
    }

    /// Makes the table of a job that has none yet, and brings one of an earlier version to this one.
    ///
    /// The column `place` is the session's key at the target, and nil where that is its key at the source. Of the rows of earlier versions nobody
    /// knows it: they get one that no session has.
    static func makeTable(of job: Int64, in database: SQLiteDatabase) throws(StorageError) {
        try database.execute(
            """
            CREATE TABLE IF NOT EXISTS \(table(of: job)) (number INTEGER PRIMARY KEY, key BLOB NOT NULL, source BLOB NOT NULL, \
            source_end INTEGER, target BLOB NOT NULL, target_end INTEGER, done INTEGER NOT NULL, place BLOB)
            """)
        let places = "SELECT count(*) FROM pragma_table_info('\(table(of: job))') WHERE name = 'place'"
        guard try database.integer(places) == 0 else { return }
        try database.execute("ALTER TABLE \(table(of: job)) ADD COLUMN place BLOB DEFAULT x''")
    }

    /// Says that a job is one of these two stores: from then on others ask its rows, which have the columns that they need.
    static func note(_ stores: String, of job: Int64, in database: SQLiteDatabase) throws(StorageError) {
        try SQLiteStatement("UPDATE jobs SET stores = ? WHERE number = ?", of: database)
            .run(.text(stores), .integer(job))
    }

    /// Makes the rows of a job be found by the keys of their sessions.
    static func makeIndex(of job: Int64, in database: SQLiteDatabase) throws(StorageError) {
        let name = table(of: job)
        try database.execute("CREATE INDEX IF NOT EXISTS \(name)_key ON \(name) (key)")
    }

    /// The number of a job; nil where it has noted nothing, and where it was begun last before `limit`, in milliseconds since 1970.
    static func known(
        _ identity: String, since limit: Int64, in database: SQLiteDatabase
    ) throws(StorageError) -> Int64? {
        guard let number = try number(of: identity, since: limit, in: database) else { return nil }
        return try hasTable(number, in: database) ? number : nil
    }

    /// The jobs between the same two stores that were begun at `limit`, in milliseconds since 1970, or later; none in a journal of an earlier
    /// version, which does not say.
    static func jobs(
        of stores: String, since limit: Int64, in database: SQLiteDatabase
    ) throws(StorageError) -> [Int64] {
        guard try database.integer("PRAGMA user_version") >= version else { return [] }
        var jobs: [Int64] = []
        let statement = try SQLiteStatement(
            "SELECT number FROM jobs WHERE stores = ? AND began >= ? ORDER BY number", of: database)
        try statement.rows(.text(stores), .integer(limit)) { () throws(StorageError) in
            if let job = statement.integer(0) { jobs.append(job) }
            return true
        }
        return jobs
    }

    /// Whether a job has noted anything.
    static func hasRows(_ job: Int64, in database: SQLiteDatabase) throws(StorageError) -> Bool {
        guard try hasTable(job, in: database) else { return false }
        return try database.integer("SELECT EXISTS (SELECT 1 FROM \(table(of: job)))") == 1
    }

    private static func hasTable(_ job: Int64, in database: SQLiteDatabase) throws(StorageError) -> Bool {
        try database.integer("SELECT count(*) FROM sqlite_schema WHERE name = '\(table(of: job))'") > 0
    }

    private static func number(
        of identity: String, since limit: Int64 = .min, in database: SQLiteDatabase
    ) throws(StorageError) -> Int64? {
        var number: Int64?
        let statement = try SQLiteStatement("SELECT number FROM jobs WHERE identity = ? AND began >= ?", of: database)
        try statement.rows(.text(identity), .integer(limit)) { () throws(StorageError) in
            number = statement.integer(0)
            return false
        }
        return number
    }

    /// Forgets the jobs that were begun last before `limit`, in milliseconds since 1970, but for those that run.
    static func prune(
        _ database: SQLiteDatabase, before limit: Int64, isRunning: (Int64) -> Bool
    ) throws(StorageError) {
        try database.transaction { () throws(StorageError) in
            var jobs: [Int64] = []
            let statement = try SQLiteStatement("SELECT number FROM jobs WHERE began < ?", of: database)
            try statement.rows(.integer(limit)) { () throws(StorageError) in
                if let job = statement.integer(0), !isRunning(job) { jobs.append(job) }
                return true
            }
            for job in jobs {
                try database.execute("DROP TABLE IF EXISTS \(table(of: job))")
                try database.execute("DROP TABLE IF EXISTS \(JournalPlaces.table(of: job))")
                try database.execute("DELETE FROM jobs WHERE number = \(job)")
            }
        }
        try database.execute("PRAGMA incremental_vacuum")
    }

    /// The name of the table with the rows of a job.
    static func table(of job: Int64) -> String { "steps_\(job)" }

    /// What makes a session, by its key, one that was not taken away from the source, and that the target has got all the same.
    static func noteNotMoved(in job: Int64) -> String {
        let (done, moved) = (MigrationJournal.State.done.rawValue, MigrationJournal.State.moved.rawValue)
        return "UPDATE \(table(of: job)) SET done = \(done) WHERE key = ? AND done = \(moved)"
    }

    /// Behind a condition: which key of the target a row has to be of.
    static let isPlace = " AND coalesce(place, key) = ?"
}
