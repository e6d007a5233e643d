extension UndoArchive {
    /// Keeps a batch of sessions of a change that was begun here, and returns their places in it.
    ///
    /// When it returns they are on the disk: the first command that changes one of them may be sent. When it throws, none of them is
    /// kept, and those of earlier batches stay.
    package func keep(_ sessions: [KeptSession], of change: Int64) throws(StorageError) -> Range<Int> {
        var row = try runningRow(change)
        let first = row.sessions
        guard first + Int64(sessions.count) <= SessionNumber.mostPlaces else {
            throw .archive(ArchiveProblem(.tooLarge, "a change may have \(SessionNumber.mostPlaces) sessions at most"))
        }
        try database.transaction { () throws(StorageError) in
            let insert = try statement("INSERT INTO sessions (number, id, record) VALUES (?, ?, ?)")
            let start = SessionNumber.range(of: change).lowerBound
            for session in sessions {
                let record = writer.record(of: session)
                guard record.count < SQLiteDatabase.longestValue else { throw tooLarge(record.count) }
                try insert.run(.integer(start + row.sessions), .bytes(session.id), .bytes(record))
                row.sessions += 1
                row.bytes += Int64(record.count)
            }
            try update(row)
        }
        running[change]?.row = row
        return Int(first)..<Int(row.sessions)
    }

    private func tooLarge(_ count: Int) -> StorageError {
        .archive(
            ArchiveProblem(
                .tooLarge,
                "a session of \(count) bytes is too large for the undo archive, which takes up to "
                    + "\(SQLiteDatabase.longestValue); --no-undo changes it without"))
    }

    /// Records what became of sessions, the first of which has the place `first` in its change; a later outcome replaces an earlier one.
    ///
    /// It is not synced by itself, but with the next batch: what is lost with the power counts as not known, and is looked at by `undo`.
    package func record(
        _ outcomes: [ArchivedOutcome], from first: Int, of change: Int64
    ) throws(StorageError) {
        let row = try runningRow(change)
        guard first >= 0, first <= Int(row.sessions) - outcomes.count else { throw noSuchPlace(change) }
        try database.transaction(isDurable: false) { () throws(StorageError) in
            let insert = try statement(
                """
                INSERT INTO outcomes (session, outcome) VALUES (?, ?) \
                ON CONFLICT (session) DO UPDATE SET outcome = excluded.outcome
                """)
            let start = SessionNumber.range(of: change).lowerBound + Int64(first)
            for (index, outcome) in outcomes.enumerated() {
                try insert.run(.integer(start + Int64(index)), .text(outcome.rawValue))
            }
        }
    }

    /// The ids of the change's sessions that begin with these bytes, each once and the shortest first; no more than `limit`.
    package func ids(
        of change: Int64, startingWith beginning: [UInt8], limit: Int
    ) throws(StorageError) -> [[UInt8]] {
        let range = SessionNumber.range(of: change)
        let select = try statement(
            """
            SELECT DISTINCT id FROM sessions WHERE number BETWEEN ? AND ? AND substr(id, 1, ?) = ? \
            ORDER BY length(id), id LIMIT ?
            """)
        var ids: [[UInt8]] = []
        try select.rows(
            .integer(range.lowerBound), .integer(range.upperBound), .integer(Int64(beginning.count)),
            .bytes(beginning), .integer(Int64(limit))
        ) { () throws(StorageError) in
            if let id = select.bytes(0) { ids.append(id) }
            return true
        }
        return ids
    }

    /// To be held while a change is taken back.
    ///
    /// - Throws: where another process does so.
    package func markUndoing(_ change: Int64) throws(StorageError) -> RunningMark {
        try RunningMark(undoing: change, in: file.folder)
    }

    /// Marks sessions, by their places, as made what they had been.
    ///
    /// - Parameter isDurable: whether it is so also when the power fails behind it, and not only when the program is killed.
    package func markUndone(
        _ places: [Int], of change: Int64, at milliseconds: Int64, isDurable: Bool = true
    ) throws(StorageError) {
        try database.transaction(isDurable: isDurable) { () throws(StorageError) in
            guard let row = try row(change), row.state != .pruned else { throw unknownChange(change) }
            let insert = try statement(
                """
                INSERT INTO outcomes (session, undone) VALUES (?, ?) \
                ON CONFLICT (session) DO UPDATE SET undone = excluded.undone
                """)
            let start = SessionNumber.range(of: change).lowerBound
            for place in places {
                guard place >= 0, place < Int(row.sessions) else { throw noSuchPlace(change) }
                try insert.run(.integer(start + Int64(place)), .integer(milliseconds))
            }
        }
    }

    /// The sessions of a change in the order in which they were kept.
    ///
    /// - Parameter ids: Only the sessions with these ids; nil for all.
    package func sessions(of change: Int64, ids: Set<[UInt8]>? = nil) throws(StorageError) -> ArchivedSessions {
        guard let row = try row(change), row.state != .pruned else { throw unknownChange(change) }
        return ArchivedSessions(archive: self, row: row, ids: ids)
    }

    /// Reads all sessions of a change and throws where one is missing or damaged: to be called before the first is acted on.
    package func verify(_ change: Int64) throws(StorageError) {
        var sessions = try sessions(of: change)
        while try !sessions.next().isEmpty {}
    }

    private func unknownChange(_ change: Int64) -> StorageError {
        .archive(ArchiveProblem(.unknownChange, "there is no change \(change) in the undo archive \(path)"))
    }

    private func noSuchPlace(_ change: Int64) -> StorageError {
        .archive(ArchiveProblem(.unknownChange, "change \(change) has not so many sessions"))
    }
}
