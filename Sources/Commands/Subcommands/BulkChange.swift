import SessionStorage
import Sessions
import Terminal

/// A change of one session or of a million, as every changing command makes it: find, ask, keep what is there, change, look once
/// more, and tell.
struct BulkChange {
    let context: CommandContext
    let verb: ChangeVerb
    let selection: ChangeSelection
    let options: ChangeOptions
    let output: OutputOptions
    let connection: ConnectionOptions
    let form: OutputForm
    /// What is planned for each session.
    let planning: SessionChange.Planning
    /// What plans have to know, as far as the command line says it.
    var planContext = ChangeContext(now: 0)
    /// What becomes of single values of a session, where the commands do not say it.
    var valueChanges: ((SessionGroup) -> [ValueChange])?
    /// Whether plans look at all attributes.
    var readsWhole = false
    /// Hears what became of each session.
    var whenChanged: ((ChangedSession) -> Void)?
    /// Seconds after which changed sessions are looked at once more; nil where that has no meaning.
    var settle: Double?

    /// What the server's clock, by which keys live, is ahead of this one's.
    var offset: Int64 = 0

    /// Sessions in one batch: enough that to wait for the server to answer weighs little, and few enough that Ctrl-C need not wait.
    static let sessionsAtOnce = 400

    func run(on store: SessionStore) throws -> ExitStatus {
        // Before the server is asked: what it does is then never later than this clock says.
        let asked = context.clock()
        let server = try ChangeServer(of: store.connection)
        if !options.dryRun { try Self.requireWritable(server) }
        var bulk = self
        bulk.offset = server.time - asked
        store.clockOffset = bulk.offset
        return try bulk.run(on: store, server)
    }

    /// Throws where nothing may be written.
    static func requireWritable(_ server: ChangeServer) throws(Failure) {
        guard let refusal = server.refusal else { return }
        throw .usage(refusal, advice: "changes go to the primary")
    }

    private func run(on store: SessionStore, _ server: ChangeServer) throws -> ExitStatus {
        var clock = ServerClock(offset: offset, context: context)
        clock.base = planContext
        clock.base.isHeard = server.isHeard
        clock.base.keepsLife = server.keepsLife
        let found = try ChangeSearch(bulk: self, store: store, server: server, clock: clock).run()
        let count = min(found.keys.count, options.limit ?? .max)
        let isMissing = count == 0 && selection.isNamed && found.status == .done && found.ended == 0
        let status = isMissing ? .notFound : found.status
        if options.dryRun { return try show(found, in: store, server, clock) ?? status }
        guard count > 0 else {
            try sayNothingFits(found.ended, in: store)
            return status
        }
        let confirmation = Confirmation(options: options, verb: verb, count: count, place: "in \(store.endpoint)")
        // Where nothing would be written there is nothing to agree to.
        if try tellChanges(of: found, in: store, server, clock) {
            try confirmation.ask(in: context)
        } else {
            try confirmation.check(in: context)
        }
        let job = try ChangeJob(self, store: store, server: server, clock: clock, found: found.keys.count)
        return try job.run(found.keys, found.status)
    }

    /// Also for scripts, which read the count.
    private func sayNothingFits(_ ended: Int, in store: SessionStore) throws {
        try ChangeReport(options.report, form: form, context: context).finish([:], matched: 0)
        guard ended == 0 else {
            if output.quiet { return }
            return context.say(
                "\(ended == 1 ? "1 session is" : "\(ended) sessions are") logged out already: nothing was changed")
        }
        let question = try selection.nearestUser(in: store, context, quiet: output.quiet)
        context.say("no session fits: nothing was changed" + question)
    }

    /// The change of each session.
    func sessionChange() throws -> SessionChange {
        var change = SessionChange(filter: try filter, sparesActive: !selection.isNamed, planning: planning)
        change.readsWhole = readsWhole
        return change
    }

    var filter: SessionFilter {
        get throws { try selection.filter(now: now) }
    }

    /// By the server's clock: who ends sessions by their age must not do so by a clock that is wrong.
    var now: Int64 { context.clock() + offset }

    /// The command that takes a change of this number back, whole, in the same store.
    func wayBack(_ number: Int64) -> String { options.wayBack(number, connection, in: context) }

    /// Whether sessions are to end now.
    var isLogout: Bool { settle != nil }

    /// Whether nobody wants to stop.
    var goesOn: Bool { context.output.wantsMore && !context.isInterrupted() }

    /// Reads sessions with what is there because of them.
    func groups(
        of store: SessionStore, _ server: ChangeServer, _ change: SessionChange
    ) throws(StorageError) -> GroupFetch {
        GroupFetch(
            of: store, on: try store.changeConnection(), server, needs: change.needs, keepsAll: !options.noUndo)
    }

    /// Sessions whose changes are told to whoever is asked; of more the command says it all.
    private static let mostTold = 10

    /// Tells whoever is asked what becomes of single values.
    ///
    /// - Returns: whether anything may be written.
    private func tellChanges(
        of found: ChangeSearch.Found, in store: SessionStore, _ server: ChangeServer, _ clock: ServerClock
    ) throws -> Bool {
        guard let valueChanges, !options.yes, context.ask != nil else { return true }
        let change = try sessionChange()
        var unneeded = 0
        try groups(of: store, server, change).forEach(found.keys, limit: Self.mostTold) { group in
            let changes = valueChanges(group)
            if case .plan(let plan)? = change.decision(on: group, clock.now), plan.commands.isEmpty {
                unneeded += 1
                return goesOn
            }
            context.say(EscapedName.text(of: group.session.id))
            for change in changes { context.errors.write("  \(context.message(change.text))\n") }
            return goesOn
        }
        // Before the question, which goes to the terminal by itself.
        try context.errors.flush()
        return unneeded < found.keys.count
    }

    /// The plans, and nothing else.
    ///
    /// - Returns: the status that refusals and uncertain outcomes among them would have; nil where there are none.
    private func show(
        _ found: ChangeSearch.Found, in store: SessionStore, _ server: ChangeServer, _ clock: ServerClock
    ) throws -> ExitStatus? {
        let change = try sessionChange()
        if found.keys.count == 0 { context.say("no session fits") }
        var writer = PlanWriter(form, context)
        var tally = PlanTally(limit: options.limit)
        let fetch = try groups(of: store, server, change)
        func look(_ group: SessionGroup) -> Bool {
            if let decision = change.decision(on: group, clock.now).map({ kept($0, of: group) }) {
                tally.add(decision)
                var shown = ShownPlan(group, decision)
                if case .plan = decision { shown.changes = valueChanges?(group) ?? [] }
                writer.write(shown)
            }
            return goesOn && !tally.isAtLimit
        }
        if !tally.isAtLimit {
            try fetch.forEach(found.keys, atOnce: options.limit.map { max($0, Self.fewAtOnce) }, look)
        }
        writer.finish()
        if let line = tally.line, !output.quiet { context.say(line) }
        if let refusal = server.refusal { context.say("nothing could be changed here: \(refusal)") }
        return server.refusal != nil ? .usage : tally.status
    }

    /// What is decided, as it is run where what the keys hold is kept.
    private func kept(_ decision: ShownPlan.Decision, of group: SessionGroup) -> ShownPlan.Decision {
        guard !options.noUndo, case .plan(let plan) = decision else { return decision }
        return .plan(plan.sparing(hashesOf: group))
    }

    /// Sessions that are read at once where only some are shown.
    private static let fewAtOnce = 20
}
