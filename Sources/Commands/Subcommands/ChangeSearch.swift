import SessionStorage
import Sessions
import Terminal

/// Finds the sessions that a change is about.
struct ChangeSearch {
    let bulk: BulkChange
    let store: SessionStore
    let server: ChangeServer
    let clock: ServerClock

    /// What is to be changed.
    struct Found {
        /// The keys of the sessions.
        let keys: KeySpool
        /// What the walk came to.
        var status = ExitStatus.done
        /// How many fit and were logged out before.
        var ended = 0
    }

    private var selection: ChangeSelection { bulk.selection }
    private var context: CommandContext { bulk.context }

    /// The keys of all that are meant.
    func run() throws -> Found {
        let excepted = try selection.exceptedKeys(in: store, context, bulk.connection, quiet: bulk.output.quiet)
        if let current = context.shell?.current, selection.names.isEmpty, selection.needsWalk, !selection.saysWhich {
            return Found(keys: try spool([current]))
        }
        guard selection.needsWalk else {
            let named = try selection.namedKeys(
                in: store, context, bulk.connection, now: bulk.now, quiet: bulk.output.quiet)
            return Found(keys: try spool(named.filter { !excepted.contains($0) }))
        }
        return try walk(but: excepted)
    }

    private func spool(_ keys: [[UInt8]] = []) throws -> KeySpool {
        let spool = KeySpool(folder: context.environment["TMPDIR"] ?? "/tmp")
        for key in keys { try spool.append(key) }
        return spool
    }

    private func walk(but excepted: Set<[UInt8]>) throws -> Found {
        var walk = SessionWalk(
            context: context, quiet: bulk.output.quiet, filter: try bulk.filter, needs: SessionNeeds([.end]),
            pattern: selection.pattern)
        walk.offset = store.clockOffset
        let (keys, loggedOut) = (try spool(), try spool())
        let summary = try walk.run(on: store) { session, _, _ throws(StorageError) in
            guard !excepted.contains(session.key) else { return true }
            // What was logged out and waits for its application is none of those that a limit is for.
            try (bulk.isLogout && SessionFormats.isLoggedOut(session) ? loggedOut : keys).append(session.found)
            return true
        }
        let ended = try leaveOut(loggedOut, but: keys)
        return Found(keys: keys, status: walk.conclude(summary, .done), ended: ended)
    }

    /// Leaves out sessions that are logged out already, but for those whose logout was not finished, which become `keys`.
    ///
    /// - Returns: how many are left out.
    private func leaveOut(_ loggedOut: KeySpool, but keys: KeySpool) throws -> Int {
        guard loggedOut.count > 0 else { return 0 }
        var ended = 0
        let change = SessionChange(filter: try bulk.filter, sparesActive: true, planning: bulk.planning)
        try bulk.groups(of: store, server, change).forEach(loggedOut) { group in
            switch change.decision(on: group, clock.now) {
            case .plan(let plan) where plan.commands.isEmpty: ended += 1
            case .plan, .refused, .left: try keys.append(group.session.found)
            // The filter does not want it any more.
            case nil: break
            }
            return bulk.goesOn
        }
        return ended
    }
}

extension Session {
    /// As a search finds it. Of many managers' sessions nothing but another life of the key tells that they were used.
    fileprivate var found: FoundSession {
        var found = FoundSession(key)
        found.createdAt = createdAt
        if !endsWithItsKey { found.lastAccess = lastAccessedAt }
        found.end = keyExpiresAt
        found.isEndless = timeToLive == .none
        return found
    }
}

extension SessionChange {
    /// What would be done to a group; nil where the filter does not want it any more.
    func decision(on group: SessionGroup, _ context: ChangeContext) -> ShownPlan.Decision? {
        do throws(ChangeRefusal) {
            return try plan(for: group, FoundSession(group.record.key), context).map { .plan($0) }
        } catch {
            return .refused(error.description)
        }
    }
}
