import Redis

/// Up to where in the scan of the source a job has come: a cursor of SCAN, which only the process understands that gave it.
final class JournalProgress {
    private let job: Int64
    private let database: SQLiteDatabase
    private let put: SQLiteStatement
    /// What was put last, if anything was.
    private var last: ScanCursor??

    init(of job: Int64, in database: SQLiteDatabase) throws(StorageError) {
        self.job = job
        self.database = database
        put = try SQLiteStatement("UPDATE jobs SET run = ?, cursor = ? WHERE number = ?", of: database)
    }

    /// The place that was kept with the run id of a server; nil for none, and for one of another run.
    func place(ofRun run: String) throws(StorageError) -> ScanCursor? {
        let find = try SQLiteStatement("SELECT cursor FROM jobs WHERE number = ? AND run = ?", of: database)
        var place: ScanCursor?
        try find.rows(.integer(job), .text(run)) { () throws(StorageError) in
            place = find.integer(0).map { ScanCursor(UInt64(bitPattern: $0)) }
            return false
        }
        return place
    }

    /// Keeps a place with the run id of the server, or notes that there is none.
    func keep(_ place: ScanCursor?, ofRun run: String?) throws(StorageError) {
        let kept = run == nil ? nil : place
        guard last != .some(kept) else { return }
        try database.transaction(isDurable: false) { () throws(StorageError) in
            guard let run, let place else { return try put.run(.null, .null, .integer(job)) }
            try put.run(.text(run), .integer(Int64(bitPattern: place.number)), .integer(job))
        }
        last = .some(kept)
    }
}
