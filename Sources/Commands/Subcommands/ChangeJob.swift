import Redis
import SessionStorage
import Sessions
import Terminal

/// The part of a change that writes: batch by batch, no faster than is allowed, and stopped between two batches.
final class ChangeJob {
    private let bulk: BulkChange
    private let context: CommandContext
    private let store: SessionStore
    private let clock: ServerClock
    /// How many sessions fit.
    private let found: Int
    private var batch: ChangeBatch
    /// Sessions that are read ahead.
    private var ahead = 0
    private var sent: ChangeBatch.Sent?
    private let report: ChangeReport
    private let changed: KeySpool
    private var tally: ChangeTally
    private let rate: SessionRate
    /// Whether the last look at what was done failed: that is done all the same, and not as it should be.
    private var isLookLost = false
    /// Whether somebody wanted to stop before all that were changed were looked at once more.
    private var isLookOpen = false
    private let keeper: UndoKeeper?

    init(_ bulk: BulkChange, store: SessionStore, server: ChangeServer, clock: ServerClock, found: Int) throws {
        self.bulk = bulk
        self.store = store
        self.clock = clock
        self.found = found
        context = bulk.context
        var change = try bulk.sessionChange()
        change.began = server.time
        let keeper =
            bulk.options.noUndo
            ? nil
            : try UndoKeeper(
                context, store: store, server: server, count: min(found, bulk.options.limit ?? .max),
                command: context.commandWords)
        self.keeper = keeper
        batch = try ChangeBatch(change, of: store, server, keep: keeper.map { Self.keeping($0) })
        report = try ChangeReport(bulk.options.report, form: bulk.form, context: context)
        changed = KeySpool(folder: context.environment["TMPDIR"] ?? "/tmp")
        tally = ChangeTally(verb: bulk.verb, isNamed: bulk.selection.isNamed)
        rate = SessionRate(bulk.options.rate, in: context)
    }

    private static func keeping(_ keeper: UndoKeeper) -> ChangeBatch.Keeping {
        { sessions throws(StorageError) in try keeper.keep(sessions) }
    }

    func run(_ keys: KeySpool, _ status: ExitStatus) throws -> ExitStatus {
        let progress = context.progress(bulk.verb.gerund, unit: "sessions", quiet: bulk.output.quiet)
        defer {
            progress.hide()
            batch.endReading()
        }
        do {
            try keys.forEachFound(rate.sessionsAtOnce) { some in
                try change(some, progress)
                return goesOn && tally.mayBeWritten < limit
            }
            // What was only read is left where somebody wants to stop: nothing of it was written.
            while ahead > 0, goesOn { try advance(progress) }
            try finish(progress)
            if tally.isOpen { try settle(progress) }
        } catch {
            // What was done is told before the error is.
            try? finish(progress)
            try? keeper?.leaveRest()
            progress.hide()
            conclude()
            guard tally.written > 0, case StorageError.archive(let problem) = error else { throw error }
            // Refused is what nothing was done of.
            throw Failure(.partial, problem.description)
        }
        progress.hide()
        conclude()
        return self.status(status)
    }

    private var limit: Int { bulk.options.limit ?? .max }

    /// Sessions that nothing was decided of: as many as fit, or as are missing to the limit.
    private var left: Int { min(found - tally.total, max(0, limit - tally.mayBeWritten)) }

    /// Sessions that were looked at, and those that are left.
    private var matched: Int { tally.total + left }

    /// How many more may be begun if all that are on their way will be written.
    private var room: Int { limit - tally.mayBeWritten - ahead - (sent?.count ?? 0) }

    /// A reader that has gone ends a change as Ctrl-C does.
    private var goesOn: Bool { bulk.goesOn }

    /// Some batches are read while the one before them is kept, and the server is at the one before that; where time is to pass between
    /// them, each is done by itself.
    private func change(_ found: [FoundSession], _ progress: ProgressLine) throws {
        if found.count > room {
            while ahead > 0 { try advance(progress) }
            try finish(progress)
        }
        guard found.count <= room else { return try changeToLimit(found, progress) }
        if rate.isLimited {
            try note(try batch.run(found, clock.now), progress)
            return waitForRate()
        }
        batch.beginToRead(found, clock.now)
        ahead += found.count
        while ahead > 2 * BulkChange.sessionsAtOnce { try advance(progress) }
    }

    /// No more than the limit allows, however many of them are refused, or are so already.
    private func changeToLimit(_ found: [FoundSession], _ progress: ProgressLine) throws {
        var rest = found[...]
        while !rest.isEmpty, room > 0, goesOn {
            let changed = try batch.run(Array(rest), upTo: room, clock.now)
            try note(changed, progress)
            rest = rest.dropFirst(max(changed.count, 1))
            waitForRate()
        }
    }

    private func waitForRate() { rate.wait(after: tally.total) { goesOn } }

    /// Keeps and sends what was read first, and takes the results of what was sent before.
    private func advance(_ progress: ProgressLine) throws {
        let read = try batch.takeRead()
        ahead -= read.count
        let prepared = try batch.prepare(read)
        try finish(progress)
        sent = try batch.send(prepared)
    }

    /// Takes the results of what is on its way.
    private func finish(_ progress: ProgressLine) throws {
        guard let batch = sent else { return }
        sent = nil
        try note(self.batch.finish(batch), progress)
    }

    private func note(_ sessions: [ChangedSession], _ progress: ProgressLine) throws {
        for session in sessions {
            tally.add(session)
            bulk.whenChanged?(session)
        }
        try keeper?.record(sessions)
        for session in sessions where session.outcome.wasWritten { try changed.append(session.key) }
        try report.write(sessions.map { SessionOutcome($0) }, at: clock.now.now)
        progress.update(done: tally.total, total: matched)
    }

    /// A request that was running at the time may bring a session back (session-formats, ch. 15): after a while each is looked at once
    /// more.
    private func settle(_ progress: ProgressLine) throws {
        guard let seconds = bulk.settle, changed.count > 0 else { return }
        isLookOpen = true
        guard goesOn else { return }
        context.wait(until: context.monotonicClock() + seconds) { goesOn }
        let check = ReturnCheck(of: store)
        var looked = 0
        defer {
            isLookOpen = looked < changed.count
            if isLookOpen { context.say("not all were looked at once more: some may have come back") }
        }
        guard goesOn else { return }
        try changed.forEach(BulkChange.sessionsAtOnce) { keys in
            guard let found = look(at: keys, check) else {
                isLookLost = true
                return false
            }
            for session in found { tally.note(cameBack: session) }
            try report.write(found.map { SessionOutcome(cameBack: $0) }, at: clock.now.now)
            looked += keys.count
            return goesOn
        }
    }

    /// The connection may have been lost since: on one that is made anew it is looked once more.
    private func look(at keys: [[UInt8]], _ check: ReturnCheck) -> [Session]? {
        if let found = try? check.returned(at: keys) { return found }
        guard goesOn, !store.connection.isOpen, (try? store.connection.reopen()) != nil else { return nil }
        return try? check.returned(at: keys)
    }

    private func conclude() {
        // What cannot be written there any more is found out by `undo`.
        try? keeper?.finish(isComplete: left == 0)
        report.finish(tally.counts, matched: matched)
        guard !bulk.output.quiet || tally.isIncomplete else { return }
        for line in tally.lines(left: left, matched: matched, beyond: max(0, found - matched)) { context.say(line) }
        if let number = keeper?.number, tally.mayHaveWritten {
            context.say("to take it back: \(bulk.wayBack(number))")
        }
    }

    private func status(_ status: ExitStatus) -> ExitStatus {
        context.hasDoneAll = left == 0 && !isLookOpen && status != .interrupted
        if context.isInterrupted(), !context.hasDoneAll { return .interrupted }
        if !context.output.wantsMore || report.hasFailed || isLookLost { return .partial }
        return tally.status(status)
    }
}
