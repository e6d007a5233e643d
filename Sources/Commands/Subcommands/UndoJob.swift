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
