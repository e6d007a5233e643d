import Redis
package import Sessions

/// Changes a batch of sessions: reads them, plans, keeps what they were, and runs the plans; what others changed meanwhile is read and
/// planned again.
package struct ChangeBatch {
    private let change: SessionChange
    private let groups: GroupFetch
    private var execution: PlanExecution
    private let connection: RedisConnection
    /// On which sessions are read while others are changed.
    private let reading: RedisConnection
    /// Keeps what is about to be changed, before anything is sent.
    private let keep: ([PlannedChange]) throws(StorageError) -> Void

    /// How often a session is read again that somebody else is changing.
    private static let attempts = 5

    package init(
        _ change: SessionChange, of store: SessionStore,
        keep: @escaping ([PlannedChange]) throws(StorageError) -> Void
    ) throws(StorageError) {
        self.change = change
        self.keep = keep
        connection = try store.changeConnection()
        reading = try store.sideConnection()
        groups = GroupFetch(of: store, on: reading, needs: change.filter.needs)
        execution = PlanExecution(on: connection)
    }

    /// Changes the sessions at `keys`; one outcome for each, in their order.
    ///
    /// - Throws: only while nothing was sent. What comes later is the outcome of those that it befell.
    package mutating func run(_ keys: [[UInt8]], _ context: ChangeContext) throws(StorageError) -> [ChangedSession] {
        finish(try send(try prepare(keys, context)))
    }

    /// Sessions that were read and kept, with their plans.
    package struct Prepared {
        fileprivate let keys: [[UInt8]]
        fileprivate let context: ChangeContext
        fileprivate var results: [ChangedSession?]
        fileprivate var planned: [Planned]
    }

    /// Sessions whose plans are on their way.
    package struct Sent {
        fileprivate var prepared: Prepared
        fileprivate let plans: PlanExecution.Sent?
    }

    /// Reads the sessions at `keys`, plans, and keeps what they are. May be done while others are on their way.
    package func prepare(_ keys: [[UInt8]], _ context: ChangeContext) throws(StorageError) -> Prepared {
        var prepared = Prepared(keys: keys, context: context, results: keys.map { _ in nil }, planned: [])
        prepared.planned = try plan(Array(keys.indices), keys, context, &prepared.results)
        try keep(prepared.planned.map { $0.change })
        return prepared
    }

    /// Sends the plans; the ones sent before must be finished.
    package mutating func send(_ prepared: Prepared) throws(StorageError) -> Sent {
        do throws(RedisError) {
            return Sent(prepared: prepared, plans: try execution.send(prepared.planned.map { $0.change.plan }))
        } catch {
            // Nothing was sent: on a connection that is made anew it is tried once more.
            guard !connection.isOpen, reopens(after: [.unknown(error)]) else { throw .redis(error) }
            return Sent(prepared: prepared, plans: nil)
        }
    }

    /// Takes the results, and tries again what somebody has changed meanwhile.
    package mutating func finish(_ sent: Sent) -> [ChangedSession] {
        let prepared = sent.prepared
        var results = prepared.results
        var open = prepared.planned.map { $0.place }
        if let plans = sent.plans {
            let answers = execution.results(of: plans)
            open = take(answers, of: prepared.planned, &results, isLast: false)
        }
        var failure: StorageError?
        for attempt in 2...Self.attempts where !open.isEmpty && failure == nil {
            do throws(StorageError) {
                open = try once(open, prepared, &results, isLast: attempt == Self.attempts)
            } catch {
                failure = error
            }
        }
        return zip(prepared.keys, results).map { key, result in
            let outcome = failure.map { ChangeOutcome.failed("it was not reached: \($0)") } ?? .gone
            return result ?? ChangedSession(plan: nil, key: key, id: key, principal: nil, outcome: outcome)
        }
    }

    /// Tries those at `places` once more; returns which are to be tried again.
    private mutating func once(
        _ places: [Int], _ prepared: Prepared, _ results: inout [ChangedSession?], isLast: Bool
    ) throws(StorageError) -> [Int] {
        let planned = try plan(places, prepared.keys, prepared.context, &results)
        try keep(planned.map { $0.change })
        let plans = planned.map { $0.change.plan }
        let answers = try redis { () throws(RedisError) in try execution.run(plans) }
        return take(answers, of: planned, &results, isLast: isLast)
    }

    /// Notes what became of plans; returns the places of those that are to be tried again.
    private func take(
        _ answers: [PlanResult], of planned: [Planned], _ results: inout [ChangedSession?], isLast: Bool
    ) -> [Int] {
        let plans = planned.map { $0.change.plan }
        notice(plans, answers)
        let canGoOn = connection.isOpen && reading.isOpen || reopens(after: answers)
        var again: [Int] = []
        for (one, answer) in zip(planned, answers) {
            let outcome = outcome(of: one.change.plan, answer)
            results[one.place] = one.change.with(outcome)
            if !isLast, canGoOn, isToBeTriedAgain(outcome) { again.append(one.place) }
        }
        return again
    }

    fileprivate typealias Planned = (place: Int, change: PlannedChange)

    private func plan(
        _ places: [Int], _ keys: [[UInt8]], _ context: ChangeContext, _ results: inout [ChangedSession?]
    ) throws(StorageError) -> [Planned] {
        var planned: [Planned] = []
        let found = try read(places.map { keys[$0] })
        for (place, group) in zip(places, found) {
            guard let group else {
                results[place] = Self.gone(results[place], keys[place])
                continue
            }
            do throws(ChangeRefusal) {
                guard let plan = try change.plan(for: group, context) else {
                    let before = results[place]?.outcome
                    // It was read again because somebody used or changed it, and so it is out.
                    results[place] = ChangedSession(group, before ?? .changed)
                    continue
                }
                guard !plan.commands.isEmpty else {
                    results[place] = results[place]?.madeAfterAll ?? ChangedSession(group, .unneeded)
                    continue
                }
                planned.append((place, PlannedChange(plan: plan, group: group)))
            } catch {
                results[place] = ChangedSession(group, .refused(error.description))
            }
        }
        return planned
    }

    /// A connection that was lost is made anew once: to read again changes nothing.
    private func read(_ keys: [[UInt8]]) throws(StorageError) -> [SessionGroup?] {
        do throws(StorageError) {
            return try groups.groups(at: keys)
        } catch {
            guard case .redis(let lost) = error, !reading.isOpen, reopens(after: [.unknown(lost)]) else { throw error }
            return try groups.groups(at: keys)
        }
    }

    /// What is gone may be so by the plan whose answer was lost.
    private static func gone(_ before: ChangedSession?, _ key: [UInt8]) -> ChangedSession {
        if let made = before?.madeAfterAll { return made }
        return ChangedSession(
            plan: nil, key: key, id: before?.id ?? key, principal: before?.principal, outcome: .gone)
    }

    /// Whether there is a connection again after one was lost; not where somebody wants to stop at once.
    private func reopens(after answers: [PlanResult]) -> Bool {
        for case .unknown(let error) in answers where error.kind == .interrupted { return false }
        do throws(RedisError) {
            for lost in [connection, reading] where !lost.isOpen { try lost.reopen() }
            return true
        } catch {
            return false
        }
    }

    private func isToBeTriedAgain(_ outcome: ChangeOutcome) -> Bool {
        switch outcome {
        case .usedSince: !change.sparesActive
        // What is read now tells whether it was done: nothing is done twice, as conditions say what it was before.
        case .changed, .inUse, .unknown: true
        default: false
        }
    }

    /// Expired keys are noticed by those who look: a look is what makes the server tell the application. The server finds them
    /// itself, only later, where this fails.
    private func notice(_ plans: [ChangePlan], _ answers: [PlanResult]) {
        var batch = CommandBatch()
        for (plan, answer) in zip(plans, answers) {
            guard case .done = answer else { continue }
            for command in plan.afterwards { batch.append(command.words) }
        }
        guard batch.count > 0 else { return }
        // They live for a millisecond.
        Pause.milliseconds(3)
        var replies = ReplyBatch()
        do throws(RedisError) {
            try connection.send(batch, as: "EXISTS")
            try connection.receive(batch.count, into: &replies)
        } catch {
            return
        }
    }

    private func outcome(of plan: ChangePlan, _ result: PlanResult) -> ChangeOutcome {
        switch result {
        case .done(let failures):
            if let essential = failures.first(where: { $0.command.isEssential }) {
                return .failed("\(essential.command.name): \(essential.message)")
            }
            return plan.doubt.map { .uncertain($0, failures) } ?? .done(failures)
        case .unmet(let condition):
            switch condition.otherwise {
            case .usedSince: return .usedSince
            case .changed: return .changed
            case .gone: return .gone
            case .inUse: return .inUse
            }
        case .refused(let error): return .failed("\(error.command): \(error.message)")
        case .unknown(let error): return .unknown("\(error.command): \(error.message)")
        }
    }
}

/// A plan with the session that it is for.
package struct PlannedChange {
    /// The plan.
    package let plan: ChangePlan
    /// What was read.
    package let group: SessionGroup

    package init(plan: ChangePlan, group: SessionGroup) {
        self.plan = plan
        self.group = group
    }

    fileprivate func with(_ outcome: ChangeOutcome) -> ChangedSession {
        ChangedSession(
            plan: plan, key: plan.key, id: plan.id, principal: group.session.principal, outcome: outcome)
    }
}

extension ChangedSession {
    /// The same as done, where the answer to its plan was lost and what was read since shows that it was run.
    fileprivate var madeAfterAll: ChangedSession? {
        guard case .unknown = outcome, let plan else { return nil }
        var made = self
        made.outcome = plan.doubt.map { .uncertain($0, []) } ?? .done([])
        return made
    }

    fileprivate init(_ group: SessionGroup, _ outcome: ChangeOutcome) {
        self.init(
            plan: nil, key: group.record.key, id: group.session.id, principal: group.session.principal,
            outcome: outcome)
    }
}
