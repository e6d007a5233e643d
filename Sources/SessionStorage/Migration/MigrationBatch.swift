import Redis
package import Sessions

/// Migrates sessions, a batch at a time: they are read at the source, written to the target, read back, and, where they are to move, taken
/// away from the source.
package struct MigrationBatch {
    /// How it is done.
    package struct Manner: Sendable {
        /// What sessions become; nil where they keep their keys and layout.
        package var conversion: SessionConversion?
        /// What is done where another session has the id at the target.
        package var conflict: ConflictPolicy
        /// Whether they go from the source.
        package var movesAway: Bool
        /// Whether what was written is read back; what moves is so in any case.
        package var readsBack: Bool
        /// Which are meant, as far as a filter says so.
        package var filter: SessionFilter

        package init(
            conversion: SessionConversion?, conflict: ConflictPolicy = .fail, movesAway: Bool = false,
            readsBack: Bool = true, filter: SessionFilter
        ) {
            self.conversion = conversion
            self.conflict = conflict
            self.movesAway = movesAway
            self.readsBack = readsBack
            self.filter = filter
        }
    }

    /// The two servers' times, in milliseconds since 1970.
    package struct Times: Sendable {
        let source: Int64
        let target: Int64

        package init(source: Int64, target: Int64) {
            self.source = source
            self.target = target
        }
    }

    /// A store with what a migration has to know of its server.
    package struct Side {
        let store: SessionStore
        let server: ChangeServer

        package init(_ store: SessionStore, _ server: ChangeServer) {
            self.store = store
            self.server = server
        }
    }

    private let manner: Manner
    private let reader: MigrationReader
    private let recorder: StateRecorder
    private let readBack: ReadBack
    private let journal: MigrationJournal?
    private let connection: RedisConnection
    private let sourceConnection: RedisConnection
    private var execution: PlanExecution
    private var removal: SourceRemoval
    /// RESTORE is tried until the target refuses it.
    private var usesRestore: Bool
    /// Whether the target's SET knows KEEPTTL.
    private let keepsLife: Bool

    /// How often a session is taken again that somebody else is changing, or a connection was lost at.
    private static let attempts = 5

    package init(
        _ manner: Manner, from source: Side, to target: Side, journal: MigrationJournal?
    ) throws(StorageError) {
        self.manner = manner
        self.journal = journal
        reader = try MigrationReader(manner, source)
        connection = try target.store.changeConnection()
        sourceConnection = try source.store.changeConnection()
        recorder = StateRecorder(target.store, on: connection, target.server)
        readBack = ReadBack(recorder: recorder)
        execution = PlanExecution(on: connection, isInCluster: target.server.isCluster)
        removal = SourceRemoval(
            readBack: readBack,
            execution: PlanExecution(
                on: sourceConnection, isInCluster: source.server.isCluster, requiresAll: true))
        usesRestore = target.server.takesAbsoluteLives
        keepsLife = target.server.keepsLife
    }

    /// Migrates the sessions at `keys` of the source; one outcome for each, in their order.
    package mutating func run(_ keys: [[UInt8]], at now: () -> Times) -> [MigratedSession] {
        var results: [MigratedSession?] = keys.map { _ in nil }
        var open = Array(keys.indices)
        var failure: StorageError?
        for attempt in 1...Self.attempts where !open.isEmpty {
            do throws(StorageError) {
                failure = nil
                try once(&open, keys, now, &results)
            } catch {
                failure = error
                if !reopens(after: error) { break }
            }
            if attempt > 1, !open.isEmpty { Pause.milliseconds(5) }
        }
        for place in open where results[place] == nil || failure != nil {
            let outcome = failure.map { MigrationOutcome.failed("it was not reached: \($0.reason)") } ?? .changed
            results[place] = MigratedSession(gone: keys[place], failure == nil ? .changed : outcome)
        }
        return zip(keys, results).map { key, result in result ?? MigratedSession(gone: key, .gone) }
    }

    /// What would be written, and nothing else.
    package enum Rehearsed {
        case write(SessionGroup, ChangePlan, losses: [ConversionLoss])
        case left(MigratedSession)
    }

    /// What would be done with the sessions at the first of `keys`, as many as may be held at once; writes nothing.
    package func rehearse(_ keys: [[UInt8]], at now: () -> Times) throws(StorageError) -> [Rehearsed] {
        let times = now()
        let readings = try reader.read(keys, now: times.source)
        var sessions: [MigratingSession] = []
        for case .migrating(let session) in readings { sessions.append(session) }
        let known = try entries(sessions)
        var current = try recorder.current(of: sessions.flatMap(\.wanted))[...]
        return readings.map { reading in
            switch reading {
            case .decided(let session): return .left(session)
            case .migrating(let session):
                let states = Array(current.prefix(session.wanted.count))
                current = current.dropFirst(states.count)
                switch decision(session, states, known[session.group.record.key], times) {
                case .outcome(let outcome, let session): return .left(MigratedSession(session, outcome))
                case .write(let session, let plan): return .write(session.group, plan, losses: session.losses)
                }
            }
        }
    }

    /// Connections that were lost are made anew, but not where somebody wants to stop at once.
    private func reopens(after error: StorageError) -> Bool {
        if case .redis(let lost) = error, lost.kind == .interrupted { return false }
        do throws(RedisError) {
            if !connection.isOpen { try connection.reopen() }
            if !sourceConnection.isOpen { try sourceConnection.reopen() }
            try reader.reopen()
            if case .redis = error { return true }
            return false
        } catch {
            return false
        }
    }

    /// Tries those that are open, as many at once as may be held; leaves open what is to be tried again.
    private mutating func once(
        _ open: inout [Int], _ keys: [[UInt8]], _ now: () -> Times, _ results: inout [MigratedSession?]
    ) throws(StorageError) {
        var rest = open[...]
        while !rest.isEmpty {
            let times = now()
            let readings = try reader.read(rest.map { keys[$0] }, now: times.source)
            let places = Array(rest.prefix(readings.count))
            rest = rest.dropFirst(max(readings.count, 1))
            var sessions: [(place: Int, session: MigratingSession)] = []
            for (place, reading) in zip(places, readings) {
                switch reading {
                case .decided(let result): results[place] = result
                case .migrating(let session): sessions.append((place, session))
                }
            }
            for (place, result) in zip(sessions.map(\.place), try migrate(sessions.map(\.session), times)) {
                results[place] = result
            }
            let again = Set(places.filter { results[$0]?.outcome.isToBeTriedAgain ?? false })
            open.removeAll { places.contains($0) && !again.contains($0) }
        }
    }

    // MARK: The target

    private mutating func migrate(
        _ sessions: [MigratingSession], _ times: Times
    ) throws(StorageError) -> [MigratedSession] {
        guard !sessions.isEmpty else { return [] }
        let known = try entries(sessions)
        let lives = SharedLives(of: sessions)
        var sessions = sessions.map { $0.sharing(lives) }
        var current = try recorder.current(of: sessions.flatMap(\.wanted))[...]
        var outcomes: [MigrationOutcome?] = []
        var writing: [(place: Int, plan: ChangePlan)] = []
        for (place, session) in sessions.enumerated() {
            let states = Array(current.prefix(session.wanted.count))
            current = current.dropFirst(session.wanted.count)
            switch decision(session, states, known[session.group.record.key], times) {
            case .outcome(let outcome, let session):
                outcomes.append(outcome)
                sessions[place] = session
            case .write(let session, let plan):
                outcomes.append(nil)
                sessions[place] = session
                writing.append((place, plan))
            }
        }
        try journal?.begin(writing.map { sessions[$0.place].entry })
        for (one, outcome) in zip(writing, try write(writing.map(\.plan))) { outcomes[one.place] = outcome }
        try confirm(sessions, &outcomes, times)
        return zip(sessions, outcomes).map { MigratedSession($0, $1 ?? .changed) }
    }

    private func entries(_ sessions: [MigratingSession]) throws(StorageError) -> [[UInt8]: MigrationJournal.Entry] {
        try journal?.entries(of: sessions.map { $0.group.record.key }) ?? [:]
    }

    private enum Decision {
        case outcome(MigrationOutcome, MigratingSession)
        case write(MigratingSession, ChangePlan)
    }

    private func decision(
        _ session: MigratingSession, _ current: [CurrentState], _ entry: MigrationJournal.Entry?, _ times: Times
    ) -> Decision {
        var session = session
        let own = current[0]
        let isOurs = own.fingerprint.map { entry?.wrote($0) ?? false } ?? false
        if let source = entry?.done?.source, source.isSame(as: session.fingerprint) {
            // It was migrated, and whatever became of it at the target since is the application's.
            return .outcome(.unneeded, session)
        }
        if own.isThere, !isOurs {
            if own.content == session.wanted[0].content || own.content.map({ session.isSame($0) }) ?? false {
                session.keepLonger(own.expiresAt)
            } else if let outcome = conflict(session, own, wasOurs: entry != nil, times) {
                return .outcome(outcome, session)
            }
        }
        let writing = TargetWriting(
            wanted: session.wanted, current: current, now: times.target, usesRestore: usesRestore, keepsLife: keepsLife)
        if let obstacle = writing.obstacle { return .outcome(.conflict(obstacle), session) }
        if writing.isUnneeded { return .outcome(.unneeded, session) }
        let plan = writing.plan(
            id: session.group.session.id, format: session.group.session.format, variant: session.group.session.variant)
        return .write(session, plan)
    }

    /// What another session at the target comes to; nil where it is to be written over.
    private func conflict(
        _ session: MigratingSession, _ own: CurrentState, wasOurs: Bool, _ times: Times
    ) -> MigrationOutcome? {
        let key = EscapedName.text(of: session.wanted[0].key)
        let what =
            wasOurs
            ? "the session at '\(key)' of the target was changed there since it was migrated"
            : "another session is at '\(key)' of the target"
        switch manner.conflict {
        case .overwrite: return nil
        case .skip: return .skipped(what)
        case .fail: return .conflict("\(what): --on-conflict says what is to be done")
        case .newer:
            guard let there = own.lastAccess(at: session.wanted[0].key, now: times.target),
                let here = session.lastAccessedAt
            else { return .conflict("\(what), and nothing tells which was used last") }
            return here > there ? nil : .skipped("\(what), and was used later")
        }
    }

    /// Writes; a second time by content where RESTORE is refused.
    private mutating func write(_ plans: [ChangePlan]) throws(StorageError) -> [MigrationOutcome?] {
        let answers = try execution.answers(to: plans)
        if usesRestore, zip(plans, answers).contains(where: { $0.restores && $1.isRefusalToRestore }) {
            usesRestore = false
        }
        return zip(plans, answers).map { plan, answer in
            switch answer {
            case .done(let failures):
                if plan.restores, answer.isRefusalToRestore { return .changed }
                return failures.first.map { .failed("\($0.command.name): \($0.message)") } ?? .migrated
            case .unmet: return .changed
            case .refused(let error):
                if plan.restores, answer.isRefusalToRestore { return .changed }
                return .failed("\(error.command): \(error.message)")
            case .unknown(let error): return .unknown("\(error.command): \(error.message)")
            }
        }
    }

    /// Reads back what is at the target, moves what is to move, and notes what is done.
    private mutating func confirm(
        _ sessions: [MigratingSession], _ outcomes: inout [MigrationOutcome?], _ times: Times
    ) throws(StorageError) {
        let places = sessions.indices.filter {
            outcomes[$0] == .migrated || outcomes[$0] == .unneeded && manner.movesAway
        }
        let there = places.map { sessions[$0] }
        if manner.movesAway {
            for (place, outcome) in zip(places, try removal.run(there.map(\.moving), now: times.source)) {
                outcomes[place] = outcome
            }
        } else if manner.readsBack {
            for (place, difference) in zip(places, try readBack.differences(of: there.map(\.wanted))) {
                if let difference { outcomes[place] = .failed("read back: \(difference)") }
            }
        }
        let done = sessions.indices.filter { [.migrated, .moved, .unneeded].contains(outcomes[$0]) }
        try journal?.finish(done.map { sessions[$0].entry })
    }
}

extension MigrationOutcome {
    /// Whether it is read once more what became of it.
    fileprivate var isToBeTriedAgain: Bool {
        switch self {
        case .changed, .unknown: true
        default: false
        }
    }
}

extension CurrentState {
    /// Nil where no key is there, or one of another type.
    fileprivate var fingerprint: KeyFingerprint? {
        guard isThere, let content else { return nil }
        return KeyFingerprint(content, expiresAt: expiresAt)
    }

    /// When the session that the key holds was last used.
    fileprivate func lastAccess(at key: [UInt8], now: Int64) -> Int64? {
        let life = expiresAt.map { TimeToLive.milliseconds(max(0, $0.subtractingReportingOverflow(now).partialValue)) }
        let stored: StoredRecord.Content
        switch content {
        case .string(let bytes)?: stored = .string(bytes)
        case .hash(let fields)?: stored = .hash(fields)
        default: return nil
        }
        let record = StoredRecord(key: key, content: stored, timeToLive: life ?? .none)
        return SessionFormats.session(from: record, now: now)?.lastAccessedAt
    }
}

extension ChangePlan {
    fileprivate var restores: Bool { commands.contains { $0.name == "RESTORE" } }
}

extension PlanResult {
    /// Whether RESTORE was refused, for its options, its version, or by the user's rights.
    fileprivate var isRefusalToRestore: Bool {
        switch self {
        case .done(let failures): failures.first?.command.name == "RESTORE"
        case .refused(let error): error.isARefusal
        case .unmet, .unknown: false
        }
    }
}
