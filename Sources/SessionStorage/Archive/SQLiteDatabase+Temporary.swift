#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

extension SQLiteDatabase {
    /// A new one in a file that is gone with the process; mode 0600.
    ///
    /// - Parameters:
    ///   - folder: where the temporary file is made.
    ///   - create: makes its tables, while the file still has its name.
    static func temporary(
        in folder: String, _ kind: ArchiveKind, create: (SQLiteDatabase) throws(StorageError) -> Void
    ) throws(StorageError) -> SQLiteDatabase {
        // SQLite follows no link on the way.
        let real = realpath(folder, nil)
        defer { free(real) }
        var template = Array(((real.map { String(cString: $0) } ?? folder) + "/sessionctl-XXXXXX").utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else {
            throw .temporaryFile("no temporary file in \(folder): \(SystemReason.text(errno))")
        }
        close(descriptor)
        defer { unlink(template) }
        let path = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
        let database = try SQLiteDatabase(path: path, kind)
        try database.execute("PRAGMA journal_mode=OFF")
        try database.execute("PRAGMA synchronous=OFF")
        try database.execute("PRAGMA locking_mode=EXCLUSIVE")
        try create(database)
        // Without its name SQLite would begin no other.
        try database.execute("BEGIN")
        database.isTemporary = true
        return database
    }
}
