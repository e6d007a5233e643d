package import Redis

/// The keys that a walk has found, in its order, with the cursors of SCAN at which they lie: so what lies behind the cursor of an
/// earlier walk is found in this one.
///
/// Memory is flat: the longer the walk, the fewer of its cursors are kept.
package final class ScannedKeys {
    private struct Mark {
        let cursor: ScanCursor
        /// Where the first key lies that was asked for with it.
        let start: KeySpool.Position
    }

    private let spool: KeySpool
    private let mostMarks: Int
    private var marks: [Mark] = []
    /// That of a batch of which no key has come yet.
    private var cursor: ScanCursor?
    /// Batches that had keys, and how many of them go to a mark.
    private var batches = 0
    private var batchesPerMark = 1

    /// - Parameters:
    ///   - folder: where the temporary file is made, if one is needed.
    ///   - mostMarks: how many cursors are held at once.
    package init(folder: String, mostMarks: Int = 4096) {
        spool = KeySpool(folder: folder)
        self.mostMarks = mostMarks
    }

    /// How many there are.
    package var count: Int { spool.count }

    /// The keys that come next lie at `cursor` or behind it.
    package func begin(at cursor: ScanCursor) { self.cursor = cursor }

    /// Adds a key.
    package func append(_ key: [UInt8]) throws(StorageError) {
        if let cursor { mark(cursor) }
        cursor = nil
        try spool.append(key)
    }

    private func mark(_ cursor: ScanCursor) {
        if batches % batchesPerMark == 0 { marks.append(Mark(cursor: cursor, start: spool.end)) }
        batches += 1
        guard marks.count > mostMarks else { return }
        marks = stride(from: 0, to: marks.count, by: 2).map { marks[$0] }
        batchesPerMark *= 2
    }

    /// Hands over the keys from `start` on, some hundred at a time, and at last those before it; `body` returns false to stop.
    package func forEach(
        _ size: Int, from start: KeySpool.Position = .first, _ body: ([[UInt8]]) throws -> Bool
    ) throws {
        try spool.forEach(size, from: start, body)
    }

    /// From where on there are all keys that lie at `place` or behind it; a few before it may be among them.
    package func start(at place: ScanCursor) -> KeySpool.Position {
        marks.last { $0.cursor <= place }?.start ?? .first
    }

    /// The cursor up to which all is done when the first `done` keys from `start` on are; nil where these are all, and where the server
    /// has told no cursor.
    package func place(after done: Int, from start: KeySpool.Position) -> ScanCursor? {
        guard done < count else { return nil }
        let (next, before) = (start.index + done, count - start.index)
        let index = done < before ? next : done - before
        return marks.last { $0.start.index <= index }?.cursor
    }
}
