/// Keys of which it is asked later whether they were there: in a temporary file that is gone with the process, so that memory does not grow
/// with their number.
package final class KeySet {
    private let database: SQLiteDatabase
    private let put: SQLiteStatement
    private let find: SQLiteStatement

    /// - Parameter folder: where the temporary file is made.
    package init(folder: String) throws(StorageError) {
        database = try SQLiteDatabase.temporary(in: folder, .migrations) { database throws(StorageError) in
            try database.execute("CREATE TABLE keys (key BLOB PRIMARY KEY) WITHOUT ROWID")
        }
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
