import Redis
import SessionStorage
import Terminal

extension CommandContext {
    /// The store that `options` name; in the shell and without options of its own, a command uses the shell's.
    func openStore(_ options: ConnectionOptions) throws -> SessionStore {
        guard let shell else { return try openStore(try options.plan(in: self)) }
        return options.isEmpty ? try shell.store(for: self) : try openStore(options.plan(over: shell.plan, in: self))
    }

    /// The store in which a command changes sessions; refused, before anything is asked of it, where its profile says so.
    func openStore(_ options: ConnectionOptions, toChange permission: WritePermission) throws -> SessionStore {
        guard let shell else { return try openStore(try options.plan(in: self, toChange: permission)) }
        var permission = permission
        // What was switched on is the shell's own store.
        if shell.writes, !options.namesStore { permission.isMeant = true }
        if !options.isEmpty { return try openStore(options.plan(over: shell.plan, in: self, toChange: permission)) }
        try shell.plan.protection?.check(permission, in: self)
        return try shell.store(for: self)
    }

    /// A store of its own.
    func openStore(_ unopened: ConnectionPlan) throws -> SessionStore {
        // The connections hold the file open.
        let plan = try opened(unopened)
        func connecting(_ interruption: @escaping () -> Bool) -> () throws(RedisError) -> RedisConnection {
            { () throws(RedisError) in
                try RedisConnection.connect(
                    to: plan.endpoint, credentials: plan.credentials, timeouts: plan.timeouts,
                    interruption: interruption)
            }
        }
        let store = try SessionStore(
            connect: connecting(isInterrupted), connectForChanges: connecting(isStopped), now: clock)
        store.managerInterval = plan.managerInterval
        store.jwtKeys = plan.jwtKeys
        store.namespaces = plan.namespaces
        store.isIncomplete = plan.opened?.isIncomplete ?? false
        return store
    }

    /// The same plan, with a file that is open.
    func opened(_ plan: ConnectionPlan) throws -> ConnectionPlan {
        guard let file = plan.file else { return plan }
        var opened = plan
        let content = try plan.opened ?? OpenedFile(file, in: self)
        opened.opened = content
        opened.endpoint = content.endpoint(database: plan.endpoint.database)
        opened.timeouts = OpenedFile.timeouts
        return opened
    }

    /// The progress of a scan, on the error stream; nothing when quiet.
    func progress(_ label: String, unit: String, quiet: Bool) -> ProgressLine {
        let mode: ProgressLine.Mode = quiet ? .silent : messageColumns.map { .terminal(columns: $0) } ?? .log
        return ProgressLine(label: label, unit: unit, mode: mode, sink: errors, now: monotonicClock)
    }

    /// The lookup with the user's namespaces in front of the usual one.
    func lookup(_ options: ConnectionOptions, in store: SessionStore) -> SessionLookup {
        SessionLookup(
            store: store,
            namespaces: options.namespaces + (shell?.namespaces ?? []) + store.namespaces
                + SessionLookup.defaultNamespaces)
    }
}
