import SessionStorage

/// In which order a migration takes the sessions: those first that it did not come to when it was interrupted, and at last those before
/// them, which are compared, as somebody may have used them since.
struct MigrationCourse {
    private let keys: ScannedKeys
    private let journal: MigrationJournal
    private let source: ServerIdentity?
    private let start: KeySpool.Position

    /// - Parameters:
    ///   - keys: what a walk over the source has found.
    ///   - source: the server that was walked; nil where it does not say which one it is, so that the order is the one of the walk.
    init(over keys: ScannedKeys, _ journal: MigrationJournal, on source: ServerIdentity?) throws {
        (self.keys, self.journal, self.source) = (keys, journal, source)
        start = try journal.place(on: source).map { keys.start(at: $0) } ?? .first
    }

    var count: Int { keys.count }

    /// What is told of a job that goes on; nil of one that begins with the first session.
    var line: String? {
        guard start.index > 0 else { return nil }
        let (rest, before) = (count - start.index, start.index)
        return "goes on where it was interrupted: \(rest == 1 ? "1 session" : "\(rest) sessions") of the scan "
            + "\(rest == 1 ? "comes" : "come") first, \(before) before \(rest == 1 ? "it" : "them") "
            + "\(before == 1 ? "is" : "are") compared"
    }

    /// Hands over the keys, some hundred at a time; `body` returns false to stop.
    func forEach(_ size: Int, _ body: ([[UInt8]]) throws -> Bool) throws {
        try keys.forEach(size, from: start, body)
    }

    /// Keeps how far the job has come, for the case that it is interrupted.
    func note(done: Int) {
        // Of a place that cannot be kept the order suffers, and no session: all are looked at in any case.
        try? journal.keep(keys.place(after: done, from: start), on: source)
    }
}
