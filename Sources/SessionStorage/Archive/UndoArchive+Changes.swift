extension UndoArchive {
    /// Begins a change and returns its number; it runs until it is finished, or this process ends.
    package func begin(_ origin: ArchivedChange.Origin, at milliseconds: Int64) throws(StorageError) -> Int64 {
        var row = ChangeRow(number: 0, began: milliseconds, origin: origin)
        let mark = try database.transaction { () throws(StorageError) in
            let insert = try statement(
                """
                INSERT INTO changes (began, state, command, endpoint, database, version, server, sessions, bytes, checksum) \
                VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, 0)
                """)
            try insert.run(
                .integer(milliseconds), .text(row.state.rawValue), .text(row.commandText), .text(origin.endpoint),
                .integer(Int64(origin.database)), .text(origin.version), origin.server.map { .text($0) } ?? .null)
            row.number = try database.integer("SELECT last_insert_rowid()")
            guard row.number < SessionNumber.mostPlaces else {
                throw .damagedArchive(path, "it has no number left for a change")
            }
            try update(row)
            // Before anybody sees the row, so that nobody takes it for one whose process was killed.
            return try RunningMark(row.number, in: file.folder)
        }
        running[row.number] = RunningChange(row: row, mark: mark)
        return row.number
    }

    /// Says that the change that was begun here came to its end, or was stopped before.
    package func finish(_ change: Int64, isComplete: Bool, at milliseconds: Int64) throws(StorageError) {
        var row = try runningRow(change)
        row.state = isComplete ? .done : .interrupted
        row.ended = milliseconds
        try database.transaction { () throws(StorageError) in try update(row) }
        running[change] = nil
    }

    /// All changes, the newest first.
    package func changes() throws(StorageError) -> [ArchivedChange] {
        var rows: [ChangeRow] = []
        let select = try statement("SELECT \(ChangeRow.columns) FROM changes ORDER BY number DESC")
        try select.rows { () throws(StorageError) in
            rows.append(try changeRow(select))
            return true
        }
        return try all(rows.filter { $0.state != .pruned }) { row throws(StorageError) in try change(row) }
    }

    /// One change; nil where there is none of this number, or it was pruned.
    package func change(_ number: Int64) throws(StorageError) -> ArchivedChange? {
        guard let row = try row(number), row.state != .pruned else { return nil }
        return try change(row)
    }

    private func change(_ row: ChangeRow) throws(StorageError) -> ArchivedChange {
        var state = ArchivedChange.State(rawValue: row.state.rawValue) ?? .interrupted
        if state == .running, !RunningMark.isHeld(row.number, in: file.folder) {
            // It may have come to its end between the two looks.
            state = try self.row(row.number).flatMap { .init(rawValue: $0.state.rawValue) } ?? .interrupted
            if state == .running { state = .interrupted }
        }
        return ArchivedChange(
            number: row.number, origin: row.origin, began: row.began, ended: row.ended, state: state,
            counts: try counts(of: row), bytes: row.bytes)
    }

    private func counts(of row: ChangeRow) throws(StorageError) -> ArchivedChange.Counts {
        var counts = ArchivedChange.Counts(sessions: Int(row.sessions))
        let range = SessionNumber.range(of: row.number)
        let select = try statement(
            "SELECT outcome, count(*), count(undone) FROM outcomes WHERE session BETWEEN ? AND ? GROUP BY outcome")
        try select.rows(.integer(range.lowerBound), .integer(range.upperBound)) { () throws(StorageError) in
            let count = Int(clamping: select.integer(1) ?? 0)
            switch try outcome(select, 0) {
            case .changed: counts.changed += count
            case .left: counts.left += count
            case .unknown, nil: break
            }
            counts.undone += Int(clamping: select.integer(2) ?? 0)
            return true
        }
        return counts
    }

    // MARK: Rows

    func row(_ number: Int64) throws(StorageError) -> ChangeRow? {
        var row: ChangeRow?
        let select = try statement("SELECT \(ChangeRow.columns) FROM changes WHERE number = ?")
        try select.rows(.integer(number)) { () throws(StorageError) in
            row = try changeRow(select)
            return false
        }
        return row
    }

    func changeRow(_ select: SQLiteStatement) throws(StorageError) -> ChangeRow {
        guard let row = ChangeRow(reading: select) else {
            let number = select.integer(0).map { "change \($0)" } ?? "a change"
            throw .damagedArchive(path, "what it says of \(number) is not what was written")
        }
        return row
    }

    /// The row of a change that was begun here.
    func runningRow(_ change: Int64) throws(StorageError) -> ChangeRow {
        guard let row = running[change]?.row else {
            throw .archive(ArchiveProblem(.unknownChange, "change \(change) is not being made here"))
        }
        return row
    }

    /// Writes what may change in a row.
    func update(_ row: ChangeRow) throws(StorageError) {
        let update = try statement(
            "UPDATE changes SET ended = ?, state = ?, sessions = ?, bytes = ?, checksum = ? WHERE number = ?")
        try update.run(
            row.ended.map { .integer($0) } ?? .null, .text(row.state.rawValue), .integer(row.sessions),
            .integer(row.bytes), .integer(row.checksum), .integer(row.number))
    }

    /// Nil where none was recorded.
    func outcome(_ row: SQLiteStatement, _ column: Int32) throws(StorageError) -> ArchivedOutcome? {
        if row.isNull(column) { return nil }
        guard let outcome = row.text(column).flatMap(ArchivedOutcome.init) else {
            throw .damagedArchive(path, "it has an outcome that nobody writes")
        }
        return outcome
    }

    private func all<Element, Result>(
        _ elements: [Element], _ body: (Element) throws(StorageError) -> Result
    ) throws(StorageError) -> [Result] {
        var results: [Result] = []
        for element in elements { results.append(try body(element)) }
        return results
    }
}
