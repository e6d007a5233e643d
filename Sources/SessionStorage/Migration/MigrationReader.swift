import Redis
import Sessions

/// Reads sessions at the source of a migration, and makes of each what it is to be at the target. Writes nothing.
struct MigrationReader {
    /// What the reading of one session came to.
    enum Reading {
        case decided(MigratedSession)
        case migrating(MigratingSession)

        /// The key of the session at the source.
        var key: [UInt8] {
            switch self {
            case .decided(let session): session.key
            case .migrating(let session): session.key
            }
        }

        /// Whether it is there, also where it cannot be migrated; what is left of one, or the placeholder of its id, is none.
        var isAtSource: Bool {
            switch self {
            case .decided(let session): ![.gone, .ended].contains(session.outcome) && session.isSession
            case .migrating(let session): !session.group.isNone
            }
        }

        /// The session that is to be written, if any.
        var migrating: MigratingSession? {
            if case .migrating(let session) = self { session } else { nil }
        }
    }

    /// Sessions that are to be read, and who tells the time.
    typealias Wanted = (keys: [[UInt8]], now: () -> MigrationBatch.Times)

    /// What was read of sessions, or why it was not.
    struct Batch {
        let keys: [[UInt8]]
        let readings: Result<[Reading], StorageError>
        /// When they began to be read.
        let times: MigrationBatch.Times

        func prefix(_ count: Int) -> Batch {
            Batch(keys: Array(keys.prefix(count)), readings: readings.map { Array($0.prefix(count)) }, times: times)
        }

        func dropFirst(_ count: Int) -> Batch {
            Batch(
                keys: Array(keys.dropFirst(count)), readings: readings.map { Array($0.dropFirst(count)) }, times: times)
        }
    }

    private let manner: MigrationBatch.Manner
    private let groups: GroupFetch
    /// The same sessions without the keys beside them.
    private let alone: SessionFetch
    private let store: SessionStore
    private let recorder: StateRecorder
    private let connection: RedisConnection
    /// Whether the server says to the millisecond when a key expires.
    private let tellsExpiry: Bool

    init(_ manner: MigrationBatch.Manner, _ source: MigrationBatch.Side) throws(StorageError) {
        self.manner = manner
        connection = try source.store.sideConnection()
        tellsExpiry = source.server.tellsExpiry
        var needs = manner.filter.needs
        needs.formUnion(SessionNeeds([.attributes]))
        if manner.makesSessionsOfTokens { needs.formUnion(SessionNeeds([.neighbours], attributes: .none)) }
        store = source.store
        var own = needs
        own.formUnion(SessionNeeds([.variant, .principal], attributes: .none))
        alone = SessionFetch(needs: own)
        groups = GroupFetch(of: source.store, on: connection, source.server, needs: needs)
        recorder = StateRecorder(source.store, on: connection, source.server)
    }

    /// Reads the first of these sessions, as many as may be held at once; what is left of them where that could be done.
    func read(_ wanted: Wanted) -> (batch: Batch, rest: Wanted?) {
        let times = wanted.now()
        do throws(StorageError) {
            let readings = try read(wanted.keys, now: times.source)
            let count = max(readings.count, 1)
            let rest = Array(wanted.keys.dropFirst(count))
            let batch = Batch(keys: Array(wanted.keys.prefix(count)), readings: .success(readings), times: times)
            return (batch, rest.isEmpty ? nil : (rest, wanted.now))
        } catch {
            return (Batch(keys: wanted.keys, readings: .failure(error), times: times), nil)
        }
    }

    /// The sessions at the first of `keys`, as many as may be held at once. A connection that was lost is made anew.
    func read(_ keys: [[UInt8]], now: Int64) throws(StorageError) -> [Reading] {
        try redis { () throws(RedisError) in if !connection.isOpen { try connection.reopen() } }
        let found = try found(at: keys)
        var states = try recorder.states(of: found.compactMap { $0?.readable })[...]
        return zip(keys, found).map { key, one in
            if case .denied(let group, let denied)? = one { return refusal(of: group, denied, now) }
            guard let group = one?.readable, let states = states.popFirst() else {
                return .decided(MigratedSession(gone: key, .gone))
            }
            return reading(group, states, now)
        }
    }

    /// A session with the keys beside it, or one with keys that this user may not read.
    private enum Found {
        case group(SessionGroup)
        case denied(SessionGroup, [[UInt8]])

        var readable: SessionGroup? { if case .group(let group) = self { group } else { nil } }
    }

    private func found(at keys: [[UInt8]]) throws(StorageError) -> [Found?] {
        do throws(StorageError) {
            return try groups.groups(at: keys).map { $0.map { .group($0) } }
        } catch {
            guard case .redis(let refusal) = error, refusal.isAboutTheKeyOnly else { throw error }
            return try foundAlone(at: keys)
        }
    }

    /// The same where the user may not look at some key beside them: where sessions are made of tokens none of those is needed, and their
    /// findings say which.
    private func foundAlone(at keys: [[UInt8]]) throws(StorageError) -> [Found?] {
        var found: [Found?] = []
        var others: [(place: Int, group: SessionGroup)] = []
        try alone.run(at: keys, in: store, on: connection) { (one: SessionFetch.Found?) throws(StorageError) in
            let group = one.map { SessionGroup(session: $0.session, record: $0.record, others: []) }
            if let group, !isReadAlone(group.session) { others.append((found.count, group)) }
            found.append(group.map { .group($0) })
            return true
        }
        let denied = try DeniedKeys(connection: connection).among(
            others.map { SessionFormats.keyGroup(of: $0.group.session).map(\.key) })
        for (one, denied) in zip(others, denied) where !denied.isEmpty { found[one.place] = .denied(one.group, denied) }
        let open = zip(others, denied).filter { $1.isEmpty }.map { $0.0.place }
        let some = open.isEmpty ? [] : try groups.groups(at: open.map { keys[$0] })
        for (place, group) in zip(open, some) { found[place] = group.map { .group($0) } }
        return some.count < open.count ? Array(found.prefix(open[some.count])) : found
    }

    /// What moves away takes the keys beside it along, unless it is refused.
    private func isReadAlone(_ session: Session) -> Bool {
        manner.makesSessionsOfTokens && session.jwt != nil && (!manner.movesAway || session.tokenObjections != nil)
    }

    /// A session that cannot be read with all that belongs to it.
    private func refusal(of group: SessionGroup, _ denied: [[UInt8]], _ now: Int64) -> Reading {
        if let end = group.session.expiresAt(now: now), end <= now { return .decided(MigratedSession(group, .ended)) }
        let templates = group.session.jwt.map { _ in store.jwtKeys }
        return .decided(MigratedSession(group, .refused(DeniedKeys.refusal(denied, at: "source", templates))))
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
        let end = session.expiresAt(now: now)
        if let end, end <= now { return .decided(MigratedSession(group, .ended)) }
        if group.isRemnant { return .decided(MigratedSession(group, .refused(Self.remnant))) }
        guard let conversion = manner.conversion else {
            return placed(
                MigratingSession(
                    group: group, source: states, wanted: states,
                    lastAccessedAt: session.hidesLastAccess ? nil : session.lastAccessedAt), end: end)
        }
        // The tokens that others have become here already.
        if conversion.isToTokens, manner.isInOneDatabase, session.format == JWTFormat.name {
            return .decided(MigratedSession(group, .unneeded))
        }
        if let refusal = manner.refusalOfToken(session) ?? session.tokenObjections?.reason {
            return .decided(MigratedSession(group, .refused(refusal)))
        }
        do throws(ConversionRefusal) {
            let converted = try conversion.converted(session, now: now)
            try conversion.requireLife(of: converted, now: now)
            return placed(
                MigratingSession(
                    group: group, source: states, wanted: converted.keys.map { KeyState($0) }, losses: converted.losses,
                    lastAccessedAt: session.hidesLastAccess ? nil : converted.session.lastAccessedAt,
                    converted: converted), end: end)
        } catch {
            return .decided(MigratedSession(group, .refused(error.description), losses: error.losses))
        }
    }

    private static let remnant =
        "it does not say when it was created: a request has written it behind the end of the session, or its removal, and the application "
        + "cannot read it (session-formats, ch. 6.6 and 10); it is left, and ends by itself"

    /// In one database a session that would take its own place is no migration's: what moves would be taken away with what it was.
    private func placed(_ session: MigratingSession, end: Int64?) -> Reading {
        session.end = end
        guard manner.isInOneDatabase, session.takesItsOwnPlace else { return .migrating(session) }
        if session.hasTheLayout { return .decided(MigratedSession(session, .unneeded)) }
        let reason = "in this database it would take its own place: give another namespace, key prefix or database"
        return .decided(MigratedSession(session, .refused(reason)))
    }

    /// A session whose last use is told by the life of its key, told to the millisecond: each look at it gives the same.
    private func exact(_ group: SessionGroup, _ states: [KeyState], _ now: Int64) -> Session {
        guard tellsExpiry, group.session.endsWithItsKey, let end = states.first?.expiresAt else { return group.session }
        var session = group.session
        session.take(endOfKey: end, now: now)
        return session
    }
}
