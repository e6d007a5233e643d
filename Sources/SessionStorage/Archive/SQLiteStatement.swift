internal import CSQLite

/// A value that is put into a statement.
enum SQLiteValue {
    case null
    case integer(Int64)
    case text(String)
    case bytes([UInt8])
}

/// One prepared statement, to be run many times; finalised when nobody holds it any more.
final class SQLiteStatement {
    private let database: SQLiteDatabase
    private let handle: OpaquePointer

    /// Prepares `sql`, with `?` where values go.
    init(_ sql: String, of database: SQLiteDatabase) throws(StorageError) {
        var handle: OpaquePointer?
        let code = sqlite3_prepare_v3(database.handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
        try database.check(code, "read")
        guard let handle else { throw .damagedArchive(database.path, "no statement", database.kind) }
        self.database = database
        self.handle = handle
    }

    deinit { sqlite3_finalize(handle) }

    /// Runs it to its end.
    func run(_ values: SQLiteValue...) throws(StorageError) {
        defer { reset() }
        try bind(values)
        while try step() {}
    }

    /// Calls `body` for every row, until it says that it has enough by answering false.
    func rows(_ values: SQLiteValue..., body: () throws(StorageError) -> Bool) throws(StorageError) {
        defer { reset() }
        try bind(values)
        while try step() { guard try body() else { return } }
    }

    private func bind(_ values: [SQLiteValue]) throws(StorageError) {
        for (index, value) in values.enumerated() {
            try database.check(bind(value, at: Int32(truncatingIfNeeded: index + 1)), "written")
        }
    }

    private func bind(_ value: SQLiteValue, at place: Int32) -> Int32 {
        switch value {
        case .null: return sqlite3_bind_null(handle, place)
        case .integer(let number): return sqlite3_bind_int64(handle, place, number)
        case .text(var text):
            return text.withUTF8 { utf8 in
                utf8.withMemoryRebound(to: CChar.self) {
                    csqlite_bind_text(handle, place, $0.baseAddress, UInt64($0.count))
                }
            }
        case .bytes(let bytes):
            return bytes.withUnsafeBytes { csqlite_bind_bytes(handle, place, $0.baseAddress, UInt64($0.count)) }
        }
    }

    /// Goes to the next row; false at the end.
    func step() throws(StorageError) -> Bool {
        let code = sqlite3_step(handle)
        try database.check(code, "used")
        return code == SQLITE_ROW
    }

    /// Makes it ready to be run again, and lets go of the values.
    func reset() {
        // It repeats the error of the last step, which has been told.
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
    }

    // MARK: The columns of a row. What is of another type than was written is nil: the file may hold anything.

    func integer(_ column: Int32) -> Int64? {
        guard sqlite3_column_type(handle, column) == SQLITE_INTEGER else { return nil }
        return sqlite3_column_int64(handle, column)
    }

    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

    /// Text in valid UTF-8.
    func text(_ column: Int32) -> String? {
        guard sqlite3_column_type(handle, column) == SQLITE_TEXT, let start = sqlite3_column_text(handle, column)
        else { return nil }
        let count = Int(sqlite3_column_bytes(handle, column))
        return String(validating: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    func bytes(_ column: Int32) -> [UInt8]? {
        guard sqlite3_column_type(handle, column) == SQLITE_BLOB else { return nil }
        // Without bytes there is no address.
        guard let start = sqlite3_column_blob(handle, column) else { return [] }
        return Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))))
    }
}
