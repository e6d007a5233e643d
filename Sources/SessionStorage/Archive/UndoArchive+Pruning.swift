/// How long changes are kept, and how much may be kept.
package struct ArchiveLimits: Sendable, Hashable {
    /// Changes that began longer ago, in milliseconds, are taken away: 30 days.
    package var milliseconds: Int64 = 30 * 86_400_000
    /// What is kept at most: 1 GB. A change that runs may pass it.
    package var bytes: Int64 = 1 << 30

    package init() {}

    package init(milliseconds: Int64, bytes: Int64) {
        self.milliseconds = milliseconds
        self.bytes = bytes
    }
}

extension UndoArchive {
    /// How many sessions are taken away in one transaction: others who write are not kept waiting.
    private static let prunedAtOnce: Int64 = 1000
    /// How many pages are given back in one.
    private static let pagesAtOnce = 256

    /// Takes away changes that are too old, then the oldest until the rest is small enough, and gives their room back.
    ///
    /// A change that runs, here or in another process, stays.
    ///
    /// - Returns: the numbers of those that were taken away.
    package func prune(_ limits: ArchiveLimits, now: Int64) throws(StorageError) -> [Int64] {
        var pruned: [Int64] = []
        for row in try rowsOldestFirst() where try isToGo(row, limits, now) {
            if try takeAway(row.number) { pruned.append(row.number) }
        }
        if try database.integer("PRAGMA freelist_count") > 0 { try giveBack() }
        return pruned
    }

    private func isToGo(_ row: ChangeRow, _ limits: ArchiveLimits, _ now: Int64) throws(StorageError) -> Bool {
        // One whose process was killed while it was taken away goes in any case.
        if row.state == .pruned { return true }
        if row.state == .running, RunningMark.isHeld(row.number, in: file.folder) { return false }
        let (oldest, overflow) = now.subtractingReportingOverflow(limits.milliseconds)
        if !overflow, row.began < oldest { return true }
        return try usedBytes() > limits.bytes
    }

    private func rowsOldestFirst() throws(StorageError) -> [ChangeRow] {
        var rows: [ChangeRow] = []
        let select = try statement("SELECT \(ChangeRow.columns) FROM changes ORDER BY number")
        try select.rows { () throws(StorageError) in
            rows.append(try changeRow(select))
            return true
        }
        return rows
    }

    /// The bytes of the pages that hold something.
    private func usedBytes() throws(StorageError) -> Int64 {
        let pages = try database.integer("PRAGMA page_count") - database.integer("PRAGMA freelist_count")
        return pages.multipliedReportingOverflow(by: try database.integer("PRAGMA page_size")).partialValue
    }

    /// First it is no change any more, then its sessions go bit by bit: one that is only partly there is never undone.
    private func takeAway(_ number: Int64) throws(StorageError) -> Bool {
        let wasThere = try database.transaction { () throws(StorageError) in
            guard var row = try row(number) else { return false }
            row.state = .pruned
            try update(row)
            return true
        }
        guard wasThere else { return false }
        try empty("sessions", by: "number", of: number)
        try empty("outcomes", by: "session", of: number)
        try database.transaction { () throws(StorageError) in
            try statement("DELETE FROM changes WHERE number = ?").run(.integer(number))
        }
        RunningMark.clear(undoing: number, in: file.folder)
        return true
    }

    private func empty(_ table: String, by column: String, of number: Int64) throws(StorageError) {
        let range = SessionNumber.range(of: number)
        let delete = try statement(
            """
            DELETE FROM \(table) WHERE \(column) IN (SELECT \(column) FROM \(table) WHERE \(column) BETWEEN ? AND ? \
            LIMIT \(Self.prunedAtOnce))
            """)
        var count: Int64 = 1
        while count > 0 {
            count = try database.transaction(isDurable: false) { () throws(StorageError) in
                try delete.run(.integer(range.lowerBound), .integer(range.upperBound))
                return try database.integer("SELECT changes()")
            }
        }
    }

    private func giveBack() throws(StorageError) {
        var free = Int64.max
        while case let left = try database.integer("PRAGMA freelist_count"), left > 0, left < free {
            free = left
            try database.execute("PRAGMA incremental_vacuum(\(Self.pagesAtOnce))")
        }
        // The file becomes shorter with this. Where somebody reads, it does so later.
        try? database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    }
}
