import SessionStorage
import Sessions
import Terminal

/// Takes back a change, some hundred sessions at a time.
struct UndoJob {
    let context: CommandContext
    let archive: UndoArchive
    let store: SessionStore
    let change: ArchivedChange
    /// Only the sessions of these ids; of all where there are none.
    let names: [String]
    let manner: UndoBatch.Manner
    let quiet: Bool
    /// Whether the user says that a server that was started since the change is the same.
    let isSameServer: Bool

    func run(dryRun: Bool, yes: Bool) throws -> ExitStatus {
        let server = try ChangeServer(of: store.connection)
        if let refusal = server.refusal, !dryRun {
            throw Failure.usage(refusal, advice: "changes go to the primary")
        }
        try requireSameServer(server)
        // Nothing is acted on by half: what is damaged is found before the first session is written.
        try archive.verify(change.number)
        let count = try self.count()
        guard count > 0 else {
            throw Failure(
                .notFound,
                "change \(change.number) has no session that could be taken back: each was left, or is taken back")
        }
        if !dryRun { try ask(count, yes: yes) }
        var manner = manner
        manner.isDryRun = dryRun
        var batch = UndoBatch(manner, of: store, on: try store.changeConnection(), server)
        var tally = UndoTally(isDryRun: dryRun)
        let progress = context.progress("taking back", unit: "sessions", quiet: quiet)
        defer { progress.hide() }
        let offset = server.time - context.clock()
        var sessions = try archive.sessions(of: change.number, ids: ids)
        while !context.isInterrupted(), case let some = try sessions.next(), !some.isEmpty {
            let open = some.filter { $0.isOpen }
            let outcomes = try batch.run(
                open.map(\.session), changedAt: change.began, now: context.clock() + offset)
            for (one, outcome) in zip(open, outcomes) { tally.add(one.session, outcome) }
            if !dryRun { try markUndone(open, outcomes) }
            progress.update(done: tally.total, total: count)
        }
        progress.hide()
        for line in tally.lines(of: count) where !quiet || tally.isIncomplete { context.say(line) }
        return context.isInterrupted() ? .interrupted : tally.status
    }

    /// Another server may answer at the address by now: sessions of one must not be put into another.
    private func requireSameServer(_ server: ChangeServer) throws(Failure) {
        // Both by the server's clock, and to the second.
        guard let started = server.started, started > change.began + 2000 else { return }
        guard !isSameServer, !manner.isForced else { return }
        throw .usage(
            "the server at \(store.endpoint) was started at \(RFC3339.text(milliseconds: started)), after change "
                + "\(change.number): it may be another one",
            advice: "if it was restarted with its data, --same-server takes the change back")
    }

    private var ids: Set<[UInt8]>? { names.isEmpty ? nil : Set(names.flatMap { EscapedName.readings(of: $0) }) }

    /// How many sessions can be taken back; each that was named must be one of the change.
    private func count() throws -> Int {
        var count = 0
        var found: Set<[UInt8]> = []
        var sessions = try archive.sessions(of: change.number, ids: ids)
        while case let some = try sessions.next(), !some.isEmpty {
            count += some.count { $0.isOpen }
            if !names.isEmpty { found.formUnion(some.map(\.session.id)) }
        }
        for name in names where found.isDisjoint(with: EscapedName.readings(of: name)) {
            throw Failure(
                .notFound, "change \(change.number) has no session '\(name)'",
                advice: "sessionctl undo show \(change.number) shows those that it has")
        }
        return count
    }

    private func ask(_ count: Int, yes: Bool) throws(Failure) {
        guard !yes else { return }
        guard let ask = context.ask else {
            throw .usage(
                "\(count) sessions would be taken back, and nobody is there to be asked: nothing was changed",
                advice: "--yes goes on without a question")
        }
        try TypedCount(question: "Take back", count: count, place: "\(store.endpoint)").require(by: ask)
    }

    private func markUndone(_ sessions: [ArchivedSession], _ outcomes: [UndoBatch.Outcome]) throws(StorageError) {
        let places = zip(sessions, outcomes).compactMap { one, outcome -> Int? in
            switch outcome {
            case .restored, .unneeded: one.place
            case .ended, .changed, .failed: nil
            }
        }
        try archive.markUndone(places, of: change.number, at: context.clock())
    }
}

extension ArchivedSession {
    /// Whether the change may have written it, and nobody has taken that back.
    fileprivate var isOpen: Bool { outcome != .left && undone == nil }
}

/// What became of the sessions of an undone change.
struct UndoTally {
    let isDryRun: Bool
    private(set) var total = 0
    private var restored = 0
    private var unneeded = 0
    private var ended = 0
    private var troubles: [String] = []
    private var changed = 0
    private var failed = 0

    private static let mostNamed = 20

    init(isDryRun: Bool) { self.isDryRun = isDryRun }

    var isIncomplete: Bool { changed + failed > 0 }

    var status: ExitStatus { isIncomplete ? .partial : .done }

    mutating func add(_ session: KeptSession, _ outcome: UndoBatch.Outcome) {
        total += 1
        switch outcome {
        case .restored: restored += 1
        case .unneeded: unneeded += 1
        case .ended: ended += 1
        case .changed(let what):
            changed += 1
            note(session, "changed since: \(what)")
        case .failed(let message):
            failed += 1
            note(session, "failed: \(message)")
        }
    }

    private mutating func note(_ session: KeptSession, _ text: String) {
        guard troubles.count < Self.mostNamed else { return }
        troubles.append("\(EscapedName.text(of: session.id)): \(text)")
    }

    func lines(of count: Int) -> [String] {
        var notes: [String] = []
        if unneeded > 0 { notes.append("\(unneeded) are as they were") }
        if ended > 0 { notes.append("\(ended) would have ended meanwhile (--extend brings them back)") }
        if changed > 0 { notes.append("\(changed) were changed since (--force overwrites that)") }
        if failed > 0 { notes.append("\(failed) failed") }
        if total < count { notes.append("\(count - total) not reached: the same command goes on") }
        let sessions = count == 1 ? "1 session" : "\(count) sessions"
        let verb = isDryRun ? "would take back" : "took back"
        let summary = "\(verb) \(restored) of \(sessions)" + (notes.isEmpty ? "" : ": \(notes.joined(separator: ", "))")
        let events = restored > 0 && !isDryRun ? ["events that the application has acted on are not taken back"] : []
        let hidden = changed + failed - troubles.count
        return troubles + (hidden > 0 ? ["and \(hidden) more"] : []) + [summary] + events
    }
}
