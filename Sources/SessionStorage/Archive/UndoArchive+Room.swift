extension UndoArchive {
    /// What is left free beside a change: for the write-ahead log, outcomes, and everybody else.
    static let spareBytes: Int64 = 64 << 20
    /// What SQLite adds to a row, and the row of its outcome.
    private static let rowOverhead = 40
    /// What it adds to a page.
    private static let pageOverhead = 64

    /// How many bytes of the archive a session takes: to estimate, from some, how much room all will need.
    package func bytes(for session: KeptSession) -> Int {
        let row = writer.record(of: session).count + session.id.count + Self.rowOverhead
        let page = ArchiveSchema.pageSize
        // As many as fit lie on a page. Of one that does not, about an eighth of a page lies with others, the rest on pages of its own.
        guard row > page - Self.pageOverhead else { return page / ((page - Self.pageOverhead) / row) }
        return page / 7 + (row - page / 8 + page - 1) / page * page
    }

    /// Refuses where the disk has no room for so many bytes and some more.
    package func requireRoom(forBytes bytes: Int64) throws(StorageError) {
        try Self.requireRoom(forBytes: bytes, free: try file.freeBytes(), at: file.folder)
    }

    static func requireRoom(forBytes bytes: Int64, free: Int64, at folder: String) throws(StorageError) {
        let (needed, overflow) = bytes.addingReportingOverflow(spareBytes)
        guard overflow || needed > free else { return }
        throw .archive(
            ArchiveProblem(
                .full,
                "the undo archive would take about \(max(1, bytes >> 20)) MB, and its disk (\(folder)) has \(free >> 20) MB "
                    + "free, of which \(spareBytes >> 20) stay free: make room, or set XDG_STATE_HOME; \(StorageError.changesWithoutArchive)"
            ))
    }
}
