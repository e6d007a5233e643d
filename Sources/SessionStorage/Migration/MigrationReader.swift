import Redis
import Sessions

/// Reads sessions at the source of a migration, and makes of each what it is to be at the target. Writes nothing.
struct MigrationReader {
    /// What the reading of one session came to.
    enum Reading {
        case decided(MigratedSession)
        case migrating(MigratingSession)
    }

    private let manner: MigrationBatch.Manner
    private let groups: GroupFetch
    private let recorder: StateRecorder
    private let connection: RedisConnection
    /// Whether the server says to the millisecond when a key expires.
    private let tellsExpiry: Bool
    private let managerInterval: Int64?

    init(_ manner: MigrationBatch.Manner, _ source: MigrationBatch.Side) throws(StorageError) {
        self.manner = manner
        connection = try source.store.sideConnection()
        tellsExpiry = source.server.tellsExpiry
        managerInterval = source.store.managerInterval
        var needs = manner.filter.needs
        needs.formUnion(SessionNeeds([.attributes]))
        groups = GroupFetch(of: source.store, on: connection, source.server, needs: needs)
        recorder = StateRecorder(source.store, on: connection, source.server)
    }

    func reopen() throws(RedisError) { if !connection.isOpen { try connection.reopen() } }

    /// The sessions at the first of `keys`, as many as may be held at once.
    func read(_ keys: [[UInt8]], now: Int64) throws(StorageError) -> [Reading] {
        let found = try groups.groups(at: keys)
        var states = try recorder.states(of: found.compactMap { $0 })[...]
        return zip(keys, found).map { key, group in
            guard let group, let states = states.popFirst() else { return .decided(MigratedSession(gone: key, .gone)) }
            return reading(group, states, now)
        }
    }

    private func reading(_ group: SessionGroup, _ states: [KeyState], _ now: Int64) -> Reading {
        let session = exact(group, states, now)
        // It was found by the filter, and somebody has changed it since.
        guard manner.filter.matches(session, now: now) else { return .decided(MigratedSession(group, .gone)) }
        guard group.record.isWhole else {
            return .decided(MigratedSession(group, .refused("it is too large to be read")))
        }
        // It was there a moment ago, and nobody has said when it would have ended: it is read again.
        guard states.first?.key == group.record.key else { return .decided(MigratedSession(group, .changed)) }
        if let end = session.expiresAt(now: now), end <= now { return .decided(MigratedSession(group, .ended)) }
        guard let conversion = manner.conversion else {
            return .migrating(
                MigratingSession(group: group, source: states, wanted: states, lastAccessedAt: session.lastAccessedAt))
        }
        do throws(ConversionRefusal) {
            let converted = try conversion.converted(session, now: now)
            if let end = converted.session.end, end <= now { return .decided(MigratedSession(group, .ended)) }
            return .migrating(
                MigratingSession(
                    group: group, source: states, wanted: converted.keys.map { KeyState($0) }, losses: converted.losses,
                    lastAccessedAt: converted.session.lastAccessedAt, converted: converted.session))
        } catch {
            return .decided(MigratedSession(group, .refused(error.description)))
        }
    }

    /// A session whose last use is told by the life of its key, told to the millisecond: each look at it gives the same.
    private func exact(_ group: SessionGroup, _ states: [KeyState], _ now: Int64) -> Session {
        guard tellsExpiry, group.session.endsWithItsKey, let end = states.first?.expiresAt else { return group.session }
        var record = group.record
        record.timeToLive = .milliseconds(max(0, end.subtractingReportingOverflow(now).partialValue))
        record.managerInterval = managerInterval
        guard var session = SessionFormats.session(from: record, now: now) else { return group.session }
        session.variant = group.session.variant
        return session
    }
}
