import Redis
import SessionStorage
import Sessions
import Terminal

/// Revokes what a command names: find, ask, keep what is there, write, and tell.
struct RevocationJob {
    let context: CommandContext
    let options: ChangeOptions
    let output: OutputOptions
    let connection: ConnectionOptions
    let form: OutputForm
    let words: [TokenWords.Word]
    let terms: RevocationTerms

    private static let verb = ChangeVerb(infinitive: "Revoke", gerund: "revoking", participle: "revoked")

    /// Whether nobody wants to stop.
    private var goesOn: Bool { context.output.wantsMore && !context.isInterrupted() }

    func run(on store: SessionStore) throws -> ExitStatus {
        // Before the server is asked: what it does is then never later than this clock says.
        let asked = context.clock()
        let server = try ChangeServer(of: store.connection)
        if !options.dryRun { try BulkChange.requireWritable(server) }
        let offset = server.time - asked
        store.clockOffset = offset
        var clock = ServerClock(offset: offset, context: context)
        clock.base.keepsLife = server.keepsLife
        let search = RevocationSearch(
            context: context, store: store, terms: terms, quiet: output.quiet, now: clock.now.now)
        let found = try search.run(words)
        if options.dryRun { return try show(found, in: store, server, clock) }
        let count = min(found.revocations.count, options.limit ?? .max)
        try Confirmation(options: options, verb: Self.verb, count: count, place: "in \(store.endpoint)").ask(
            in: context)
        return try revoke(found, in: store, server, clock)
    }

    // MARK: Only looking

    /// The plans, and nothing else.
    private func show(
        _ found: RevocationSearch.Found, in store: SessionStore, _ server: ChangeServer, _ clock: ServerClock
    ) throws -> ExitStatus {
        let batch = try RevocationBatch(of: store, server, keep: nil)
        var writer = PlanWriter(form, context)
        var tally = PlanTally(limit: options.limit)
        var rest = found.revocations[...]
        while !rest.isEmpty, goesOn, !tally.isAtLimit {
            let some = Array(rest.prefix(BulkChange.sessionsAtOnce))
            rest = rest.dropFirst(some.count)
            for decision in try batch.decisions(on: some, clock.now) where !tally.isAtLimit {
                guard let shown = ShownPlan(decision) else { continue }
                tally.add(shown.decision)
                writer.write(shown)
            }
        }
        writer.finish()
        try tellServer(store, server)
        if let refusal = server.refusal { context.say("nothing could be changed here: \(refusal)") }
        return server.refusal != nil ? .usage : tally.status ?? found.status
    }

    // MARK: Revoking

    private func revoke(
        _ found: RevocationSearch.Found, in store: SessionStore, _ server: ChangeServer, _ clock: ServerClock
    ) throws -> ExitStatus {
        let count = found.revocations.count
        let keeper =
            options.noUndo
            ? nil
            : try UndoKeeper(
                context, store: store, server: server, count: min(count, options.limit ?? .max),
                command: context.commandWords)
        let run = try RevocationRun(
            context: context, options: options, report: ChangeReport(options.report, form: form, context: context),
            keeper: keeper, verb: Self.verb, quiet: output.quiet)
        var batch = try RevocationBatch(of: store, server, keep: keeper.map { Self.keeping($0) })
        do {
            try run.run(found.revocations, &batch, clock) { goesOn }
        } catch {
            // What was done is told before the error is.
            try? keeper?.leaveRest()
            conclude(run, count)
            guard run.tally.written > 0, case StorageError.archive(let problem) = error else { throw error }
            // Refused is what nothing was done of.
            throw Failure(.partial, problem.description)
        }
        conclude(run, count)
        try tellServer(store, server)
        if context.isInterrupted() { return .interrupted }
        if !context.output.wantsMore || run.report.hasFailed { return .partial }
        return run.tally.status(found.status)
    }

    private static func keeping(_ keeper: UndoKeeper) -> ChangeBatch.Keeping {
        { sessions throws(StorageError) in try keeper.keep(sessions) }
    }

    private func conclude(_ run: RevocationRun, _ count: Int) {
        let left = min(count - run.tally.total, max(0, (options.limit ?? .max) - run.tally.mayBeWritten))
        let matched = run.tally.total + left
        // What cannot be written there any more is found out by `undo`.
        try? run.keeper?.finish(isComplete: left == 0)
        run.report.finish(run.tally.counts, matched: matched)
        guard !output.quiet || run.tally.isIncomplete else { return }
        for notice in run.notes.notices where !output.quiet { context.say(notice) }
        for line in run.tally.lines(left: left, matched: matched, beyond: max(0, count - matched)) { context.say(line) }
        if let number = run.keeper?.number, run.tally.mayHaveWritten {
            context.say("to take it back: \(options.wayBack(number, connection, in: context))")
        }
    }

    /// What may make good again what was revoked.
    private func tellServer(_ store: SessionStore, _ server: ChangeServer) throws {
        if let text = try EvictionWarning(of: store, server.info).text { context.say(text) }
        guard !output.quiet else { return }
        if server.info.replicas > 0 {
            context.say(
                "replicas hear of it a moment later: an application that reads there may accept a token until then")
        }
        let guessed = purposes.filter { !terms.keys.isTold($0) }.map(\.rawValue)
        guard !guessed.isEmpty else { return }
        context.say(
            "nothing says how the application names its keys (\(guessed.joined(separator: ", "))): the usual names were taken; "
                + "--jwt-keys says others")
    }

    /// What keys are written for.
    private var purposes: [JWTKeyPurpose] {
        var purposes: [JWTKeyPurpose] = []
        for word in words {
            let own: JWTKeyPurpose =
                switch word {
                case .token, .id: .deny
                case .user: .cutoff
                case .family: .family
                }
            if !purposes.contains(own) { purposes.append(own) }
        }
        return purposes
    }
}

extension ShownPlan {
    /// Nil for what is gone.
    fileprivate init?(_ decision: RevocationDecision) {
        switch decision {
        case .planned(let change, let notes):
            self.init(change.group, .plan(change.plan))
            self.notes = notes
        case .refused(let group, let reason): self.init(group, .refused(reason))
        case .gone: return nil
        }
    }
}
