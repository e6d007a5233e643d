import Redis
import Sessions

/// Writes sessions to the target of a migration, reads them back, and, where they are to move, takes them away from the source.
struct MigrationWriter {
    private var manner: MigrationDecision.Manner
    private let recorder: StateRecorder
    private let journal: MigrationJournal?
    private let connection: RedisConnection
    private let sourceConnection: RedisConnection
    private var execution: PlanExecution
    private var confirmation: MigrationConfirmation

    init(
        _ manner: MigrationBatch.Manner, from source: MigrationBatch.Side, to target: MigrationBatch.Side,
        journal: MigrationJournal?
    ) throws(StorageError) {
        self.journal = journal
        connection = try target.store.changeConnection()
        sourceConnection = try source.store.changeConnection()
        recorder = StateRecorder(target.store, on: connection, target.server)
        execution = PlanExecution(on: connection, target.server)
        let removal = SourceRemoval(
            readBack: ReadBack(recorder: recorder), execution: PlanExecution(on: sourceConnection, source.server))
        confirmation = MigrationConfirmation(manner: manner, journal: journal, removal: removal)
        // Only then can one session of the source take the place of another.
        if manner.conversion != nil, manner.conflict.mayOverwrite { try journal?.keepPlaces() }
        self.manner = MigrationDecision.Manner(
            batch: manner, usesRestore: target.server.takesAbsoluteLives, keepsLife: target.server.keepsLife,
            interval: target.store.managerInterval)
    }

    /// Connections that were lost are made anew.
    func reopen() throws(RedisError) {
        if !connection.isOpen { try connection.reopen() }
        if !sourceConnection.isOpen { try sourceConnection.reopen() }
    }

    var sourceEndpoint: RedisEndpoint { sourceConnection.endpoint }

    /// Whether the source has each of these keys.
    func isAtSource(_ keys: [[UInt8]]) throws(RedisError) -> [Bool] {
        var batch = CommandBatch()
        var replies = ReplyBatch()
        for key in keys { batch.append([Array("EXISTS".utf8), key]) }
        guard !keys.isEmpty else { return [] }
        try sourceConnection.send(batch, as: "EXISTS")
        try sourceConnection.receive(batch.count, into: &replies)
        var isThere: [Bool] = []
        for index in keys.indices {
            guard index < replies.count, let count = replies[index].integer else {
                throw sourceConnection.failure(in: replies, at: index)
                    ?? sourceConnection.unexpectedAnswer(to: "EXISTS")
            }
            isThere.append(count > 0)
        }
        return isThere
    }

    /// Writes what was read, reads it back, and moves what is to move; one outcome for each.
    ///
    /// - Parameters:
    ///   - times: when the sessions began to be read.
    ///   - now: tells the time once more when they are written.
    mutating func migrate(
        _ sessions: [MigratingSession], _ times: MigrationBatch.Times, now: () -> MigrationBatch.Times
    ) throws(StorageError) -> [MigratedSession] {
        guard !sessions.isEmpty else { return [] }
        let lives = SharedLives(of: sessions)
        for session in sessions { session.share(lives) }
        var outcomes: [MigrationOutcome?] = []
        var writing: [(place: Int, plan: ChangePlan)] = []
        for (place, decision) in try decisions(sessions, times).enumerated() {
            switch decision {
            case .outcome(let outcome): outcomes.append(outcome)
            case .write(let plan):
                outcomes.append(nil)
                writing.append((place, plan))
            }
        }
        try confirmation.noteEnded(sessions)
        try confirmation.noteSeen(sessions)
        try confirmation.requireRights(for: sessions)
        for (one, problem) in zip(writing, try issueTokens(writing.map { sessions[$0.place] })) {
            outcomes[one.place] = problem.map { .refused($0) }
        }
        writing.removeAll { outcomes[$0.place] != nil }
        try journal?.begin(writing.map { sessions[$0.place].entry })
        try journal?.take(writing.map { (sessions[$0.place].wanted[0].key, sessions[$0.place].group.record.key) })
        let written = try write(writing.map(\.plan)) { [confirmation] answers in
            confirmation.noteAnswered(zip(writing, answers).map { (sessions[$0.place], $1) })
        }
        for (one, outcome) in zip(writing, written) {
            outcomes[one.place] = outcome
            if outcome == .migrated { sessions[one.place].noteWritten() }
        }
        try confirmation.run(sessions, &outcomes, now)
        return zip(sessions, outcomes).map { MigratedSession($0, $1 ?? .changed) }
    }

    /// Makes the tokens of sessions before anything allows them: who is interrupted leaves some that nobody accepts.
    private func issueTokens(_ sessions: [MigratingSession]) throws(StorageError) -> [String?] {
        let claims = sessions.compactMap { $0.converted?.claims }
        guard let tokens = manner.batch.tokens, !claims.isEmpty else { return sessions.map { _ in nil } }
        return try tokens.issue(claims)
    }

    /// Takes sessions that are written over out of the sets of users whose they are no more: whoever looks there would find those that take
    /// their place.
    private func clearStrays(
        of sessions: [MigratingSession], _ decisions: inout [MigrationDecision]
    ) throws(StorageError) {
        let places = sessions.indices.filter { sessions[$0].overwrites && decisions[$0].plan != nil }
        guard !places.isEmpty else { return }
        let before = try recorder.successors(at: places.map { (sessions[$0].wanted[0].key, nil) })
        for place in places {
            let wanted = Set(sessions[place].wanted.map(\.key))
            guard var plan = decisions[place].plan, let group = before[sessions[place].wanted[0].key] else { continue }
            plan.commands += group.others.filter { !wanted.contains($0.key.key) }.compactMap(\.removal)
            decisions[place] = .write(plan)
        }
    }

    /// What is to be done with each session, after a look at the target.
    func decisions(
        _ sessions: [MigratingSession], _ times: MigrationBatch.Times
    ) throws(StorageError) -> [MigrationDecision] {
        let known = try journal?.entries(of: sessions.map { $0.group.record.key }) ?? [:]
        let (found, denied) = try look(at: sessions)
        var current = found[...]
        let sources = try journal?.sources(of: sessions.map { $0.wanted[0].key }) ?? []
        for (session, source) in zip(sessions, sources) { session.takenBy = source }
        var decisions: [MigrationDecision] = []
        for (session, denied) in zip(sessions, denied) {
            guard denied.isEmpty else {
                decisions.append(.outcome(.denied(DeniedKeys.refusal(denied, at: "target"))))
                continue
            }
            let states = Array(current.prefix(session.wanted.count))
            let others = Array(current.dropFirst(states.count).prefix(session.absent.count))
            current = current.dropFirst(states.count + others.count)
            let entry = known[session.group.record.key]
            let related = try relatedEntries(of: session, states.first)
            decisions.append(
                TargetComparison(session, states, others, entry, related, at: times.target, in: manner).decision)
        }
        try clearStrays(of: sessions, &decisions)
        return decisions
    }

    /// What other jobs know of a session. They are asked only of one that is not at the target, so that all others take no longer.
    private func relatedEntries(
        of session: MigratingSession, _ own: CurrentState?
    ) throws(StorageError) -> MigrationJournal.RelatedEntries {
        guard let journal, manner.leavesEnded, !(own?.isThere ?? false) else {
            return MigrationJournal.RelatedEntries()
        }
        return try journal.relatedEntries(of: session.group.record.key, at: session.wanted[0].key)
    }

    /// What is at the keys of all sessions that this user may look at, and for each session the keys that it may not.
    private func look(
        at sessions: [MigratingSession]
    ) throws(StorageError) -> (current: [CurrentState], denied: [[[UInt8]]]) {
        do throws(StorageError) {
            let current = try recorder.current(of: sessions.flatMap { $0.wanted + $0.absent })
            return (current, sessions.map { _ in [] })
        } catch {
            guard case .redis(let refusal) = error, refusal.isAboutTheKeyOnly else { throw error }
            let denied = try DeniedKeys(connection: connection).among(
                sessions.map { ($0.wanted + $0.absent).map(\.key) })
            let others = zip(sessions, denied).filter { $1.isEmpty }.flatMap { $0.0.wanted + $0.0.absent }
            return (try recorder.current(of: others), denied)
        }
    }

    /// Writes; a second time by content where RESTORE is refused.
    private mutating func write(
        _ plans: [ChangePlan], noting note: @escaping PlanExecution.Noting
    ) throws(StorageError) -> [MigrationOutcome?] {
        let answers = try execution.answers(to: plans, noting: note)
        if manner.usesRestore, zip(plans, answers).contains(where: { $0.restores && $1.isRefusalToRestore }) {
            manner.usesRestore = false
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
}
