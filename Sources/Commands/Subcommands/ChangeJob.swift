import SessionStorage
import Sessions
import Terminal

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The part of a change that writes: batch by batch, no faster than is allowed, and stopped between two batches.
final class ChangeJob {
    private let bulk: BulkChange
    private let context: CommandContext
    private let store: SessionStore
    private let clock: ServerClock
    private let count: Int
    private var batch: ChangeBatch
    private var sent: ChangeBatch.Sent?
    private let report: ChangeReport
    private let changed: KeySpool
    private var tally: ChangeTally
    private let start: Double
    private let keeper: UndoKeeper?

    init(_ bulk: BulkChange, store: SessionStore, server: ChangeServer, clock: ServerClock, count: Int) throws {
        self.bulk = bulk
        self.store = store
        self.clock = clock
        self.count = count
        context = bulk.context
        let change = SessionChange(
            filter: try bulk.filter, sparesActive: !bulk.selection.isNamed, planning: bulk.planning)
        let keeper =
            bulk.options.noUndo
            ? nil
            : try UndoKeeper(context, store: store, server: server, count: count, command: context.commandWords)
        self.keeper = keeper
        batch = try ChangeBatch(change, of: store) { changes throws(StorageError) in
            try keeper?.keep(changes)
        }
        report = try ChangeReport(bulk.options.report, form: bulk.form, context: context)
        changed = KeySpool(folder: context.environment["TMPDIR"] ?? "/tmp")
        tally = ChangeTally(verb: bulk.verb, isNamed: bulk.selection.isNamed)
        start = context.monotonicClock()
    }

    func run(_ keys: KeySpool, _ status: ExitStatus) throws -> ExitStatus {
        let progress = context.progress(bulk.verb.gerund, unit: "sessions", quiet: bulk.output.quiet)
        defer { progress.hide() }
        var left = count
        do {
            try keys.forEach(sessionsAtOnce) { some in
                try change(Array(some.prefix(left)), progress)
                left -= min(left, some.count)
                return left > 0 && goesOn
            }
            try finish(progress)
            if tally.isOpen, goesOn { try settle(progress) }
        } catch {
            // What was done is told before the error is.
            try? finish(progress)
            progress.hide()
            conclude(left: left)
            throw error
        }
        progress.hide()
        conclude(left: left)
        return self.status(status, left: left)
    }

    /// So many that a slow rate is kept within two seconds too.
    private var sessionsAtOnce: Int {
        min(BulkChange.sessionsAtOnce, max(1, bulk.options.rate ?? BulkChange.sessionsAtOnce))
    }

    /// A reader that has gone and a report that cannot be written end a change as Ctrl-C does.
    private var goesOn: Bool { !context.isInterrupted() && context.output.wantsMore }

    /// While the server is at one batch the next is read and kept, unless time is to pass between them.
    private func change(_ keys: [[UInt8]], _ progress: ProgressLine) throws {
        let prepared = try batch.prepare(keys, clock.now)
        try finish(progress)
        sent = try batch.send(prepared)
        guard let rate = bulk.options.rate else { return }
        try finish(progress)
        wait(until: start + Double(tally.total) / Double(rate))
    }

    /// Takes the results of what is on its way.
    private func finish(_ progress: ProgressLine) throws {
        guard let batch = sent else { return }
        sent = nil
        let sessions = self.batch.finish(batch)
        for session in sessions {
            tally.add(session)
            if session.outcome.wasWritten { try changed.append(session.key) }
        }
        try keeper?.record(sessions)
        try report.write(sessions, at: clock.now.now)
        progress.update(done: tally.total, total: count)
    }

    private func wait(until end: Double) {
        while goesOn, case let left = end - context.monotonicClock(), left > 0 { usleep(UInt32(min(left, 0.05) * 1e6)) }
    }

    /// A request that was running at the time may bring a session back (session-formats, ch. 15): after a while each is looked at once
    /// more.
    private func settle(_ progress: ProgressLine) throws {
        guard let seconds = bulk.settle, changed.count > 0 else { return }
        wait(until: context.monotonicClock() + seconds)
        let fetch = SessionFetch(needs: SessionNeeds([], attributes: .none))
        try changed.forEach(BulkChange.sessionsAtOnce) { keys in
            var found: [Session] = []
            try fetch.run(at: keys, in: store) { session throws(StorageError) in
                if let session, session.maxInactiveSeconds != 0 || session.format != "spring" { found.append(session) }
                return true
            }
            for session in found { tally.note(cameBack: session) }
            try report.write(cameBack: found, at: clock.now.now)
            return goesOn
        }
    }

    private func conclude(left: Int) {
        // What cannot be written there any more is found out by `undo`.
        try? keeper?.finish(isComplete: left == 0)
        report.finish(tally, matched: count)
        guard !bulk.output.quiet || tally.isIncomplete else { return }
        for line in tally.lines(left: left, matched: count) { context.say(line) }
        if let keeper, tally.written > 0 {
            context.say(context.wording("to take it back: sessionctl undo \(keeper.number)"))
        }
    }

    private func status(_ status: ExitStatus, left: Int) -> ExitStatus {
        if context.isInterrupted() { return .interrupted }
        if !context.output.wantsMore || report.hasFailed { return .partial }
        return tally.status(status)
    }
}
