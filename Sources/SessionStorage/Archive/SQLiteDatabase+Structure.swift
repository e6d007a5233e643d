extension SQLiteDatabase {
    /// Refuses a file of which SQLite says that its pages do not fit together. It reads all of it.
    func checkStructure() throws(StorageError) {
        let statement = try SQLiteStatement("PRAGMA quick_check(1)", of: self)
        var answer: String?
        try statement.rows { () throws(StorageError) in
            answer = statement.text(0)
            return false
        }
        guard answer == "ok" else { throw .damagedArchive(path, answer ?? "it cannot be checked", kind) }
    }
}
