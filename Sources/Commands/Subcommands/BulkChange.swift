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
    /// Seconds after which changed sessions are looked at once more; nil where that has no meaning.
    var settle: Double?

    /// Sessions in one batch: enough that to wait for the server to answer weighs little, and few enough that Ctrl-C need not wait.
    static let sessionsAtOnce = 400

    func run(on store: SessionStore) throws -> ExitStatus {
        let server = try ChangeServer(of: store.connection)
        if let refusal = server.refusal, !options.dryRun {
            throw Failure.usage(refusal, advice: "changes go to the primary")
        }
        var clock = ServerClock(offset: server.time - context.clock(), context: context)
        clock.base = planContext
        clock.base.isHeard = server.isHeard
        let found = try find(in: store, server, clock)
        let count = min(found.keys.count, options.limit ?? .max)
        if options.dryRun { return try show(found.keys, in: store, server, clock, found.status) }
        guard count > 0 else {
            try sayNothingFits(found.ended, in: store)
            return selection.isNamed && found.status == .done && found.ended == 0 ? .notFound : found.status
        }
        try Confirmation(options: options, verb: verb, count: count, place: "\(store.endpoint)").ask(in: context)
        let job = try ChangeJob(self, store: store, server: server, clock: clock, count: count)
        return try job.run(found.keys, found.status)
    }

    private func sayNothingFits(_ ended: Int, in store: SessionStore) throws {
        guard ended == 0 else {
            if output.quiet { return }
            return context.say(
                "\(ended == 1 ? "1 session is" : "\(ended) sessions are") logged out already: nothing was changed")
        }
        let question = try selection.nearestUser(in: store, context, quiet: output.quiet)
        context.say("no session fits: nothing was changed" + question)
    }

    var filter: SessionFilter {
        get throws { try selection.filter(now: context.clock()) }
    }

    /// The keys of all that are meant.
    private func find(in store: SessionStore, _ server: ChangeServer, _ clock: ServerClock) throws -> Found {
        let keys = KeySpool(folder: context.environment["TMPDIR"] ?? "/tmp")
        let excepted = try selection.exceptedKeys(in: store, context, connection, quiet: output.quiet)
        if let current = context.shell?.current, selection.names.isEmpty, selection.needsWalk, !selection.saysWhich {
            try keys.append(current)
            return Found(keys: keys)
        }
        guard selection.needsWalk else {
            for key in try selection.namedKeys(in: store, context, connection, quiet: output.quiet)
            where !excepted.contains(key) { try keys.append(key) }
            return Found(keys: keys)
        }
        var walk = SessionWalk(
            context: context, quiet: output.quiet, filter: try filter, needs: SessionNeeds([]),
            pattern: selection.pattern)
        let loggedOut = KeySpool(folder: context.environment["TMPDIR"] ?? "/tmp")
        let summary = try walk.run(on: store) { session, _, _ throws(StorageError) in
            guard !excepted.contains(session.key) else { return true }
            // What was logged out and waits for its application is none of those that a limit is for.
            try (isLogout && SessionFormats.isLoggedOut(session) ? loggedOut : keys).append(session.key)
            return true
        }
        let ended = try leaveOut(loggedOut, but: keys, in: store, server, clock)
        return Found(keys: keys, status: walk.conclude(summary, .done), ended: ended)
    }

    /// Leaves out sessions that are logged out already, but for those whose logout was not finished, which become `keys`.
    ///
    /// - Returns: how many are left out.
    private func leaveOut(
        _ loggedOut: KeySpool, but keys: KeySpool, in store: SessionStore, _ server: ChangeServer, _ clock: ServerClock
    ) throws -> Int {
        var ended = 0
        let change = SessionChange(filter: try filter, sparesActive: true, planning: planning)
        try forEachGroup(loggedOut, in: store, server, change) { group in
            if case .success(let plan)? = Self.plan(change, group, clock.now), plan.commands.isEmpty {
                ended += 1
            } else {
                try keys.append(group.record.key)
            }
        }
        return ended
    }

    /// Reads the sessions at `keys` with what is there because of them; those that are gone are left out.
    private func forEachGroup(
        _ keys: KeySpool, in store: SessionStore, _ server: ChangeServer, _ change: SessionChange, limit: Int = .max,
        _ body: (SessionGroup) throws -> Void
    ) throws {
        guard keys.count > 0 else { return }
        let groups = GroupFetch(
            of: store, on: try store.changeConnection(), server, needs: change.filter.needs, keepsAll: !options.noUndo)
        var left = limit
        try keys.forEach(Self.sessionsAtOnce) { some in
            var rest = some.prefix(left)
            left -= rest.count
            while !rest.isEmpty {
                let found = try groups.groups(at: Array(rest))
                for case let group? in found { try body(group) }
                rest = rest.dropFirst(max(found.count, 1))
            }
            return left > 0 && context.output.wantsMore && !context.isInterrupted()
        }
    }

    /// What is to be changed.
    private struct Found {
        /// The keys of the sessions.
        let keys: KeySpool
        /// What the walk came to.
        var status = ExitStatus.done
        /// How many fit and were logged out before.
        var ended = 0
    }

    /// Whether sessions are to end now.
    private var isLogout: Bool { settle != nil }

    /// The plans, and nothing else.
    private func show(
        _ keys: KeySpool, in store: SessionStore, _ server: ChangeServer, _ clock: ServerClock, _ status: ExitStatus
    ) throws -> ExitStatus {
        let change = SessionChange(filter: try filter, sparesActive: !selection.isNamed, planning: planning)
        var writer = PlanWriter(form, output, context)
        try forEachGroup(keys, in: store, server, change, limit: options.limit ?? .max) { group in
            writer.write(group, Self.plan(change, group, clock.now))
        }
        writer.finish()
        return status
    }

    private static func plan(
        _ change: SessionChange, _ group: SessionGroup, _ context: ChangeContext
    ) -> Result<ChangePlan, ChangeRefusal>? {
        do throws(ChangeRefusal) {
            return try change.plan(for: group, context).map { .success($0) }
        } catch {
            return .failure(error)
        }
    }
}

/// The time by the server's clock, which is what lives of keys are counted by.
struct ServerClock {
    let offset: Int64
    let context: CommandContext
    var base = ChangeContext(now: 0)

    init(offset: Int64, context: CommandContext) {
        self.offset = offset
        self.context = context
    }

    /// What plans have to know, at this time.
    var now: ChangeContext {
        var now = base
        now.now = context.clock() + offset
        return now
    }
}
