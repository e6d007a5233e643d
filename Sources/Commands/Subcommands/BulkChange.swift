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
        let found = try find(in: store)
        let count = min(found.keys.count, options.limit ?? .max)
        var clock = ServerClock(offset: server.time - context.clock(), context: context)
        clock.base = planContext
        clock.base.isHeard = server.isHeard
        if options.dryRun { return try show(found.keys, in: store, server, clock, found.status) }
        guard count > 0 else {
            context.say(
                "no session fits: nothing was changed"
                    + (try selection.nearestUser(in: store, context, quiet: output.quiet)))
            return selection.isNamed && found.status == .done ? .notFound : found.status
        }
        try Confirmation(options: options, verb: verb, count: count, place: "\(store.endpoint)").ask(in: context)
        let job = try ChangeJob(self, store: store, server: server, clock: clock, count: count)
        return try job.run(found.keys, found.status)
    }

    var filter: SessionFilter {
        get throws { try selection.filter(now: context.clock()) }
    }

    /// The keys of all that are meant, and what the walk came to.
    private func find(in store: SessionStore) throws -> (keys: KeySpool, status: ExitStatus) {
        let keys = KeySpool(folder: context.environment["TMPDIR"] ?? "/tmp")
        let excepted = try selection.exceptedKeys(in: store, context, connection, quiet: output.quiet)
        if let current = context.shell?.current, selection.names.isEmpty, selection.needsWalk, !selection.saysWhich {
            try keys.append(current)
            return (keys, .done)
        }
        guard selection.needsWalk else {
            for key in try selection.namedKeys(in: store, context, connection, quiet: output.quiet)
            where !excepted.contains(key) { try keys.append(key) }
            return (keys, .done)
        }
        var walk = SessionWalk(
            context: context, quiet: output.quiet, filter: try filter, needs: SessionNeeds([]),
            pattern: selection.pattern)
        let summary = try walk.run(on: store) { session, _, _ throws(StorageError) in
            if !excepted.contains(session.key) { try keys.append(session.key) }
            return true
        }
        return (keys, walk.conclude(summary, .done))
    }

    /// The plans, and nothing else.
    private func show(
        _ keys: KeySpool, in store: SessionStore, _ server: ChangeServer, _ clock: ServerClock, _ status: ExitStatus
    ) throws -> ExitStatus {
        let change = SessionChange(filter: try filter, sparesActive: !selection.isNamed, planning: planning)
        let groups = GroupFetch(
            of: store, on: try store.changeConnection(), server, needs: change.filter.needs, keepsAll: !options.noUndo)
        var writer = PlanWriter(form, output, context)
        var left = options.limit ?? .max
        try keys.forEach(Self.sessionsAtOnce) { some in
            var rest = some.prefix(left)
            while !rest.isEmpty {
                let found = try groups.groups(at: Array(rest))
                for case let group? in found { writer.write(group, Self.plan(change, group, clock.now)) }
                rest = rest.dropFirst(max(found.count, 1))
            }
            left -= min(left, some.count)
            return left > 0 && context.output.wantsMore && !context.isInterrupted()
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
