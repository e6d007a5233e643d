/// Hands out the sessions of a change, some at a time.
///
/// Nothing is held in between: the archive can be written, by this process and others, while they are gone through.
package struct ArchivedSessions {
    /// How many at most are handed out at once, and after how many bytes no more are.
    static let atOnce = 300
    static let bytesAtOnce = 4 << 20

    private let archive: UndoArchive
    private let row: ChangeRow
    private let ids: Set<[UInt8]>?
    private var place: Int64 = 0

    init(archive: UndoArchive, row: ChangeRow, ids: Set<[UInt8]>?) {
        self.archive = archive
        self.row = row
        self.ids = ids
    }

    /// The next ones in their order; none at the end.
    ///
    /// - Throws: ``StorageError/archive(_:)`` where one is missing or not as it was written.
    package mutating func next() throws(StorageError) -> [ArchivedSession] {
        var sessions: [ArchivedSession] = []
        var bytes = 0
        let select = try archive.statement(
            """
            SELECT s.number, s.id, s.record, o.outcome, o.undone FROM sessions s \
            LEFT JOIN outcomes o ON o.session = s.number WHERE s.number >= ? AND s.number < ? ORDER BY s.number
            """)
        let first = SessionNumber.range(of: row.number).lowerBound
        try select.rows(.integer(first + place), .integer(first + row.sessions)) { () throws(StorageError) in
            guard select.integer(0) == first + place, let id = select.bytes(1) else { throw damaged("is missing") }
            if ids?.contains(id) ?? true {
                let record = select.bytes(2) ?? []
                bytes += record.count
                sessions.append(try session(id, record, select))
            }
            place += 1
            return sessions.count < Self.atOnce && bytes < Self.bytesAtOnce
        }
        guard place == row.sessions || !sessions.isEmpty else { throw damaged("is missing") }
        return sessions
    }

    private func session(
        _ id: [UInt8], _ record: [UInt8], _ select: SQLiteStatement
    ) throws(StorageError) -> ArchivedSession {
        let session: KeptSession
        do throws(RecordFault) {
            session = try KeptSessionReader.session(of: record)
        } catch {
            throw damaged("is not as it was written (byte \(error.offset): \(error.reason))")
        }
        guard session.id == id else { throw damaged("has two ids") }
        guard let undone = select.isNull(4) ? .some(nil) : select.integer(4).map(Optional.some) else {
            throw damaged("was undone at no time")
        }
        return ArchivedSession(
            place: Int(place), session: session, outcome: try archive.outcome(select, 3), undone: undone)
    }

    private func damaged(_ reason: String) -> StorageError {
        .damagedArchive(archive.path, "session \(place + 1) of change \(row.number) \(reason)")
    }
}
