import Redis
import SessionStorage
import Sessions
import Terminal

/// Takes back a change, some hundred sessions at a time.
struct UndoJob {
    let context: CommandContext
    let archive: UndoArchive
    let store: SessionStore
    private(set) var change: ArchivedChange
    /// Only the sessions of these ids; of all where there are none.
    let ids: Set<[UInt8]>?
    let manner: UndoBatch.Manner
    let quiet: Bool
    let form: OutputForm
    /// Whether the store is at the address where the change was made.
    let isAtItsAddress: Bool
    /// Whether the user says that a server that was started since the change is the same.
    let isSameServer: Bool
    /// Whether what is taken back already is taken back once more.
    let isRepeated: Bool

    func run(dryRun: Bool, yes: Bool) throws -> ExitStatus {
        // Before the server is asked: what it does is then never later than this clock says. And before anybody else is, who takes time.
        let asked = context.clock()
        let server = try ChangeServer(of: store.connection)
        let offset = server.time - asked
        if let refusal = server.refusal, !dryRun {
            throw Failure.usage(refusal, advice: "changes go to the primary")
        }
        try requireSameServer(server)
        try requireEnd(dryRun)
        // Nothing is acted on by half: what is damaged is found before the first session is written.
        try archive.verify(change.number)
        let isItsServer = isItsServer(server)
        let count = try self.count(isItsServer)
        try announce(isItsServer)
        if dryRun { return try show(server, offset, isItsServer) }
        try ask(count, yes: yes)
        let mark = try archive.markUndoing(change.number)
        defer { withExtendedLifetime(mark) {} }
        return try afterTheQuestion().takeBack(server, offset, isItsServer)
    }

    /// Meanwhile the change may have come to its end.
    private func afterTheQuestion() throws -> UndoJob {
        var job = self
        job.change = try archive.change(change.number) ?? change
        return job
    }

    /// Whether what is taken back is so where the change was made: only that is noted in the archive.
    private func isItsServer(_ server: ChangeServer) -> Bool {
        if isAtItsAddress { return true }
        guard let recorded = change.origin.server, let identity = server.identity else { return false }
        return identity.isSameProcess(asRecorded: recorded) && store.endpoint.database == change.origin.database
    }

    private static let longestCommand = 200

    /// Who gives no number sees which change is the last that is kept: one that was made with `--no-undo` is not.
    private func announce(_ isItsServer: Bool) throws {
        guard !quiet else { return }
        let command = ShellLine.text(change.origin.command)
        let shown = command.count > Self.longestCommand ? command.prefix(Self.longestCommand) + "…" : command[...]
        context.say("change \(change.number), made at \(RFC3339.text(milliseconds: change.began)): \(shown)")
        if !isItsServer {
            context.say(
                "it was made at \(change.origin.endpoint): what is taken back here is not noted, and the same command takes it back "
                    + "once more")
        }
        // Before the question, which goes to the terminal by itself.
        try context.errors.flush()
    }

    private func requireEnd(_ dryRun: Bool) throws(Failure) {
        guard change.state == .running, !dryRun, !manner.isForced else { return }
        throw .usage(
            "change \(change.number) is still being made: what is taken back now may be done again",
            advice: "stop it first; --force takes back what it has done so far")
    }

    private func takeBack(_ server: ChangeServer, _ offset: Int64, _ isItsServer: Bool) throws -> ExitStatus {
        // Another undo may have been faster.
        let count = try self.count(isItsServer)
        var tally = UndoTally(isDryRun: false, change: change.number)
        let report = try ChangeReport(nil, form: form, context: context)
        let progress = context.progress("taking back", unit: "sessions", quiet: quiet)
        defer { progress.hide() }
        let marks =
            isItsServer
            ? UndoneMarks(
                archive: archive, change: change.number, isRunning: change.state == .running, clock: context.clock)
            : nil
        do {
            try forEach(server, offset, manner, marks, isItsServer) { taken, now in
                for (one, outcome) in taken { tally.add(one.session, outcome) }
                try mark(taken, marks)
                try report.write(taken.map { SessionOutcome($0.session, $1) }, at: now)
                progress.update(done: tally.total, total: count)
            }
        } catch {
            // What was done is told before what went wrong.
            progress.hide()
            if tally.total > 0 { for line in tally.lines(of: count) { context.say(line) } }
            throw error
        }
        progress.hide()
        report.finish(tally.counts, matched: count)
        for line in tally.lines(of: count) where !quiet || tally.isIncomplete { context.say(line) }
        context.hasDoneAll = tally.total >= count
        if context.isInterrupted(), !context.hasDoneAll { return .interrupted }
        return context.output.wantsMore ? tally.status : .partial
    }

    private func mark(_ taken: [Taken], _ marks: UndoneMarks?) throws {
        do {
            try marks?.mark(taken)
        } catch let StorageError.archive(problem) {
            throw Failure(
                .partial, "what was taken back could not be recorded: \(problem)",
                advice:
                    "the same command goes on: it takes back what is as the change left it, also one whose user has logged out in between"
            )
        }
    }

    /// What would be done to each, and nothing else.
    private func show(_ server: ChangeServer, _ offset: Int64, _ isItsServer: Bool) throws -> ExitStatus {
        var manner = manner
        manner.isDryRun = true
        var tally = UndoTally(isDryRun: true, change: change.number)
        var writer = PlanWriter(form, context)
        try forEach(server, offset, manner, nil, isItsServer) { taken, _ in
            for (one, outcome) in taken {
                tally.add(one.session, outcome)
                writer.write(ShownPlan(one.session, outcome.shown))
            }
        }
        writer.finish()
        for line in tally.lines(of: tally.total) where !quiet { context.say(line) }
        return tally.status
    }

    private typealias Taken = (session: ArchivedSession, outcome: UndoBatch.Outcome)

    /// Goes through the sessions that can be taken back; `body` gets some hundred, with what became of each, and the server's time.
    ///
    /// - Parameter marks: get those that are what they were as soon as that is known.
    private func forEach(
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

    /// Another server may answer at the address by now: sessions of one must not be put into another.
    private func requireSameServer(_ server: ChangeServer) throws(Failure) {
        // Who takes back at another address by force means another server.
        guard !isSameServer, isAtItsAddress else { return }
        if let recorded = change.origin.server, let identity = server.identity {
            guard !identity.isSame(asRecorded: recorded) else { return }
            throw refusal(
                "the server at \(store.endpoint) is not the one that change \(change.number) was made on, or has lost its data since"
            )
        }
        guard let started = server.started else {
            return context.say("this user may not ask which server this is (+info): it is taken for the same")
        }
        // Both by the server's clock, and to the second.
        guard started > change.began + 2000 else { return }
        throw refusal(
            "the server at \(store.endpoint) was started at \(RFC3339.text(milliseconds: started)), after change "
                + "\(change.number): it may be another one")
    }

    private func refusal(_ reason: String) -> Failure {
        .usage(reason, advice: "if it was restarted with its data, --same-server takes the change back")
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
    private func count(_ isItsServer: Bool) throws -> Int {
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

    private func ask(_ count: Int, yes: Bool) throws(Failure) {
        guard !yes else { return }
        guard let ask = context.ask else {
            throw .usage(
                "\(count) sessions would be taken back, and nobody is there to be asked: nothing was changed",
                advice: "--yes goes on without a question")
        }
        let place = "of change \(change.number) in \(store.endpoint)"
        try TypedCount(question: "Take back", count: count, place: place).require(by: ask)
    }
}

extension UndoBatch.Outcome {
    /// As `--dry-run` shows it.
    fileprivate var shown: ShownPlan.Decision {
        switch self {
        case .planned(let plan): .plan(plan)
        case .restored, .unneeded: .left("it is as it was")
        case .ended: .left("it would have ended meanwhile (--extend brings it back)")
        case .gone: .left("it has ended since")
        case .changed(let what): .left("changed since: \(what) (--force overwrites that)")
        case .refused(let reason): .left("refused: \(reason)")
        case .failed(let message): .left(message)
        case .notReached: .left("it was not reached")
        }
    }
}
