/// Which session of the source has become the one at each key of the target, where a migration may write over what is there: two that would
/// become the same one are told apart, and neither takes the other's place.
final class JournalPlaces {
    private let put: SQLiteStatement
    private let find: SQLiteStatement

    /// Makes the table of a job that has none yet.
    init(of job: Int64, in database: SQLiteDatabase) throws(StorageError) {
        let name = Self.table(of: job)
        try database.execute(
            "CREATE TABLE IF NOT EXISTS \(name) (target BLOB PRIMARY KEY, source BLOB NOT NULL) WITHOUT ROWID")
        put = try SQLiteStatement("INSERT OR REPLACE INTO \(name) VALUES (?, ?)", of: database)
        find = try SQLiteStatement("SELECT source FROM \(name) WHERE target = ?", of: database)
    }

    /// The key of the session that has become the one at `target`; nil where none has.
    func source(of target: [UInt8]) throws(StorageError) -> [UInt8]? {
        var source: [UInt8]?
        try find.rows(.bytes(target)) { () throws(StorageError) in
            source = find.bytes(0)
            return false
        }
        return source
    }

    func take(_ target: [UInt8], by source: [UInt8]) throws(StorageError) {
        try put.run(.bytes(target), .bytes(source))
    }

    /// The name of the table with the places of a job.
    static func table(of job: Int64) -> String { "places_\(job)" }
}
