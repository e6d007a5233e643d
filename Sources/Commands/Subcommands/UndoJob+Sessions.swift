import SessionStorage

// Which sessions are taken back.
extension UndoJob {
    typealias Taken = (session: ArchivedSession, outcome: UndoBatch.Outcome)

    /// Goes through the sessions that can be taken back; `body` gets some hundred, with what became of each, and the server's time.
    ///
    /// - Parameter marks: get those that are what they were as soon as that is known.
    func forEach(
        _ server: ChangeServer, _ offset: Int64, _ manner: UndoBatch.Manner, _ marks: UndoneMarks?,
        _ isItsServer: Bool, _ body: ([Taken], Int64) throws -> Void
    ) throws {
        var batch = UndoBatch(manner, of: store, on: try store.changeConnection(), server)
        let span = ChangeSpan(began: change.began, ended: change.ended)
        var sessions = try archive.sessions(of: change.number, ids: ids)
        while !context.isInterrupted(), case let some = try sessions.next(), !some.isEmpty {
            let open = some.filter { isOpen($0, isItsServer) }
            let now = context.clock() + offset
            let note: UndoBatch.Noting? = marks.map { marks in
                { places, areWritten in marks.note(places.map { open[$0] }, areWritten: areWritten) }
            }
            let uncertain = Set(open.indices.filter { [nil, .unknown].contains(open[$0].outcome) })
            let outcomes = try batch.run(
                open.map(\.session), changed: span, uncertain: uncertain, now: now, noting: note,
                while: { !context.isInterrupted() })
            let taken = zip(open, outcomes).filter { if case .notReached = $1 { false } else { true } }
            try body(taken.map { ($0, $1) }, now)
        }
    }

    /// Whether the change may have written it, and nobody has taken that back here.
    private func isOpen(_ session: ArchivedSession, _ isItsServer: Bool) -> Bool {
        session.outcome != .left && (session.undone == nil || isRepeated || !isItsServer)
    }

    /// What to do where all is taken back, and yet is not so.
    static let again =
        "--again takes it back once more, where the server has lost that, or the change has reached it behind that: also who has logged out "
        + "since"

    /// How many sessions can be taken back; throws where none can.
    func count(_ isItsServer: Bool) throws -> Int {
        var count = 0
        var sessions = try archive.sessions(of: change.number, ids: ids)
        while case let some = try sessions.next(), !some.isEmpty {
            count += some.count { isOpen($0, isItsServer) }
        }
        guard count > 0 else {
            throw Failure(
                .notFound,
                "change \(change.number) has no session that could be taken back: each was left, or is taken back",
                advice: Self.again)
        }
        return count
    }
}
