internal import CSQLite

/// One connection to an SQLite file; closed when the last who holds it, or one of its statements, lets go.
final class SQLiteDatabase {
    /// How long another process that writes is waited for.
    static let patienceMilliseconds: Int32 = 5000
    /// No value is written or read that is longer: a damaged length must not take the memory.
    static let longestValue = 256 << 20

    /// The file.
    let path: String
    /// What it is for, for messages.
    let kind: ArchiveKind
    /// SQLite's own object, for statements.
    let handle: OpaquePointer
    private var isDurable: Bool?
    /// Whether nothing of it outlives the process: then all is one transaction, which never ends.
    var isTemporary = false

    /// Opens a file that is there. Whatever it holds is foreign: neither a trigger nor a view in it is run.
    init(
        path: String, _ kind: ArchiveKind = .undo, patienceMilliseconds: Int32 = patienceMilliseconds
    ) throws(StorageError) {
        var handle: OpaquePointer?
        // No symbolic link, and no file made by the way: who made it and who may read it was looked at before.
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        let code = sqlite3_open_v2(path, &handle, flags, nil)
        guard let handle else {
            throw .archive(ArchiveProblem(.failed, "\(kind.title) \(path) cannot be opened: no memory"))
        }
        self.path = path
        self.kind = kind
        self.handle = handle
        // A handle that could not be opened is closed in deinit as well.
        try check(code, "opened")
        sqlite3_busy_timeout(handle, patienceMilliseconds)
        sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, Int32(Self.longestValue))
        try check(csqlite_distrust_file(handle), "opened")
    }

    deinit { sqlite3_close_v2(handle) }

    /// Runs statements that give no rows, or whose rows do not matter.
    func execute(_ sql: String) throws(StorageError) {
        try check(sqlite3_exec(handle, sql, nil, nil, nil), "used")
    }

    /// The number that a statement of one row and column gives, such as `PRAGMA page_count`.
    func integer(_ sql: String) throws(StorageError) -> Int64 {
        let statement = try SQLiteStatement(sql, of: self)
        defer { statement.reset() }
        guard try statement.step(), let number = statement.integer(0) else {
            throw .damagedArchive(path, "\(sql) gives no number", kind)
        }
        return number
    }

    /// Runs `body` as one transaction: all of it is in the file, or nothing.
    ///
    /// - Parameter isDurable: Whether it is on the disk, synced, when this returns; else it may be lost when the power fails, though
    ///   never in part.
    func transaction<Result>(
        isDurable: Bool = true, _ body: () throws(StorageError) -> Result
    ) throws(StorageError) -> Result {
        if isTemporary { return try body() }
        try sync(isDurable)
        // Whoever means to write says so at once: a reader that becomes a writer would be refused without waiting.
        try execute("BEGIN IMMEDIATE")
        do {
            let result = try body()
            try execute("COMMIT")
            return result
        } catch {
            // After some errors, such as a full disk, SQLite has done it already.
            if sqlite3_get_autocommit(handle) == 0 { try? execute("ROLLBACK") }
            throw error
        }
    }

    private func sync(_ isDurable: Bool) throws(StorageError) {
        guard self.isDurable != isDurable else { return }
        self.isDurable = nil
        try execute("PRAGMA synchronous=\(isDurable ? "FULL" : "NORMAL")")
        self.isDurable = isDurable
    }

    /// Every code of SQLite passes here: `what` could not be done with the file.
    func check(_ code: Int32, _ what: String) throws(StorageError) {
        guard code != SQLITE_OK, code != SQLITE_ROW, code != SQLITE_DONE else { return }
        throw problem(code, what)
    }

    private func problem(_ code: Int32, _ what: String) -> StorageError {
        let system = sqlite3_system_errno(handle)
        let reason = String(cString: sqlite3_errmsg(handle)) + (system == 0 ? "" : " (\(SystemReason.text(system)))")
        let start = "\(kind.title) \(path) cannot be \(what): \(reason)"
        switch code & 0xFF {
        case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_SCHEMA, SQLITE_CONSTRAINT, SQLITE_MISMATCH:
            return .damagedArchive(path, reason, kind)
        case SQLITE_BUSY, SQLITE_LOCKED:
            return .archive(
                ArchiveProblem(.busy, "\(start): another sessionctl has been writing it for some seconds; try again"))
        case SQLITE_FULL: return full(start)
        case SQLITE_IOERR where SystemReason.isLackOfRoom(system): return full(start)
        case SQLITE_TOOBIG: return .archive(ArchiveProblem(.tooLarge, start))
        default: return .archive(ArchiveProblem(.failed, "\(start); \(kind.wayOnWithout)"))
        }
    }

    private func full(_ start: String) -> StorageError {
        .archive(ArchiveProblem(.full, "\(start): make room on its disk; \(kind.wayOnWithout)"))
    }
}
