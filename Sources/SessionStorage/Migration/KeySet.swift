#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Keys of which it is asked later whether they were there: in a temporary file that is gone with the process, so that memory does not grow
/// with their number.
package final class KeySet {
    private let database: SQLiteDatabase
    private let put: SQLiteStatement
    private let find: SQLiteStatement

    /// - Parameter folder: where the temporary file is made.
    package init(folder: String) throws(StorageError) {
        var template = Array((folder + "/sessionctl-XXXXXX").utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else {
            throw .temporaryFile("no temporary file in \(folder): \(SystemReason.text(errno))")
        }
        close(descriptor)
        defer { unlink(template) }
        let path = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
        database = try SQLiteDatabase(path: path, .migrations)
        // Nobody reads it again: it need not outlive anything.
        try database.execute("PRAGMA journal_mode=OFF")
        try database.execute("PRAGMA synchronous=OFF")
        try database.execute("PRAGMA locking_mode=EXCLUSIVE")
        try database.execute("CREATE TABLE keys (key BLOB PRIMARY KEY) WITHOUT ROWID")
        try database.execute("BEGIN")
        put = try SQLiteStatement("INSERT OR IGNORE INTO keys VALUES (?)", of: database)
        find = try SQLiteStatement("SELECT 1 FROM keys WHERE key = ?", of: database)
    }

    /// Adds a key.
    package func insert(_ key: [UInt8]) throws(StorageError) { try put.run(.bytes(key)) }

    /// Whether a key was added.
    package func contains(_ key: [UInt8]) throws(StorageError) -> Bool {
        var isThere = false
        try find.rows(.bytes(key)) { () throws(StorageError) in
            isThere = true
            return false
        }
        return isThere
    }
}
