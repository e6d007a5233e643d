import Redis
package import Sessions

/// Revokes tokens, users and families, a batch at a time: what is there is read and planned, kept for `undo`, and the plans are run;
/// what others changed meanwhile is read and planned again.
package struct RevocationBatch {
    private let reader: RevocationReader
    private let recorder: StateRecorder
    private let connection: RedisConnection
    private var execution: PlanExecution
    private let keep: ChangeBatch.Keeping?

    /// How often something is read again that somebody else is changing.
    private static let attempts = 5

    /// What became of one revocation, and what is to be said of it.
    package typealias Revoked = (session: ChangedSession, notes: [String])

    /// - Parameter keep: keeps what is about to be changed; nil where nothing is kept.
    package init(
        of store: SessionStore, _ server: ChangeServer, keep: ChangeBatch.Keeping?
    ) throws(StorageError) {
        connection = try store.changeConnection()
        recorder = StateRecorder(store, on: connection, server)
        reader = RevocationReader(of: store, on: connection, server, recorder)
        execution = PlanExecution(on: connection, isInCluster: server.isCluster)
        self.keep = keep
    }

    /// What would be done, one decision for each.
    package func decisions(
        on revocations: [TokenRevocation], _ context: ChangeContext
    ) throws(StorageError) -> [RevocationDecision] {
        try reader.decisions(on: revocations, context)
    }

    /// Revokes; one outcome for each, in their order.
    ///
    /// - Parameter clock: what plans have to know, at the time at which it is asked.
    /// - Throws: what comes while nothing of a round was sent.
    package mutating func run(
        _ revocations: [TokenRevocation], _ clock: () -> ChangeContext
    ) throws(StorageError) -> [Revoked] {
        var round = Round(revocations)
        try once(revocations, &round, clock)
        while !round.open.isEmpty {
            do throws(StorageError) {
                try once(revocations, &round, clock)
            } catch {
                // What was done before is told all the same.
                return round.results(without: error)
            }
        }
        return round.results()
    }

    /// Reads and plans those that are open, and runs their plans.
    private mutating func once(
        _ revocations: [TokenRevocation], _ round: inout Round, _ clock: () -> ChangeContext
    ) throws(StorageError) {
        let places = round.open
        let decisions = try reader.decisions(on: places.map { revocations[$0] }, clock())
        let planned = round.sort(decisions, at: places)
        let kept = keep == nil ? [] : try recorder.kept(planned.map(\.change))
        if let keep, !kept.isEmpty { try keep(kept) }
        let plans = planned.map(\.change.plan)
        var answers = try redis { () throws(RedisError) in try execution.run(plans) }
        execution.findOut(&answers) { plans }
        let goesOn = connection.isOpen || !answers.contains { $0.isLost } && execution.reopens()
        for (one, answer) in zip(planned, answers) {
            round.take(answer, of: one, mayBeTriedAgain: goesOn, most: Self.attempts)
        }
    }
}

/// What a batch has come to so far.
private struct Round {
    /// A plan that is sent, and the place of its revocation.
    typealias Planned = (place: Int, change: PlannedChange, notes: [String])

    private let revocations: [TokenRevocation]
    private var found: [RevocationBatch.Revoked?]
    private var tries: [Int]
    /// The places of those that are to be read.
    private(set) var open: [Int]

    init(_ revocations: [TokenRevocation]) {
        self.revocations = revocations
        found = revocations.map { _ in nil }
        tries = revocations.map { _ in 0 }
        open = Array(revocations.indices)
    }

    /// One outcome for each.
    ///
    /// - Parameter error: why those that have none were not reached.
    func results(without error: StorageError? = nil) -> [RevocationBatch.Revoked] {
        zip(found, revocations).map { found, revocation in
            if let found { return found }
            let stand = revocation.stand(at: revocation.sessionKeys.first ?? revocation.otherKeys.first?.key ?? [])
            let reason = error.map { ": \($0)" } ?? ""
            return (
                ChangedSession(
                    plan: nil, key: stand.key, id: stand.id, format: stand.format, principal: stand.principal,
                    outcome: .failed("it was not reached" + reason)), []
            )
        }
    }

    /// Notes what became of those that have no plan; returns the others. Of two that write the same key the second waits for the first; sets
    /// that many share are none of these.
    mutating func sort(_ decisions: [RevocationDecision], at places: [Int]) -> [Planned] {
        var planned: [Planned] = []
        var written: Set<[UInt8]> = []
        open = []
        for (place, decision) in zip(places, decisions) {
            let before = found[place]?.session
            switch decision {
            case .gone(let key): found[place] = (Self.gone(before, key), [])
            case .refused(let group, let reason): found[place] = (ChangedSession(group, .refused(reason)), [])
            case .planned(let change, let notes) where change.plan.commands.isEmpty:
                found[place] = (ChangedSession(change.group, .unneeded), notes)
            case .planned(let change, let notes):
                let keys = change.plan.commands.filter(\.isEssential).map(\.key)
                if written.isDisjoint(with: keys) {
                    planned.append((place, change, notes))
                } else {
                    open.append(place)
                }
                written.formUnion(keys)
            }
        }
        return planned
    }

    /// What is there no more needs not be revoked.
    private static func gone(_ before: ChangedSession?, _ key: [UInt8]) -> ChangedSession {
        var gone = ChangedSession.gone(before, key)
        if case .gone = gone.outcome { gone.outcome = .unneeded }
        return gone
    }

    /// Notes what became of a plan; one that somebody came before is read again.
    mutating func take(_ answer: PlanResult, of one: Planned, mayBeTriedAgain: Bool, most: Int) {
        let outcome = ChangeOutcome(of: one.change.plan, answer)
        found[one.place] = (one.change.with(outcome), one.notes)
        tries[one.place] += 1
        guard mayBeTriedAgain, tries[one.place] < most else { return }
        switch outcome {
        case .usedSince, .changed, .gone, .inUse: open.append(one.place)
        default: if answer.wasNotSent { open.append(one.place) }
        }
    }
}
