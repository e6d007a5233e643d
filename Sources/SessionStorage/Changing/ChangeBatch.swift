package import Redis
package import Sessions

/// Changes a batch of sessions: reads them, plans, keeps what they were, and runs the plans; what others changed meanwhile is read and
/// planned again.
package struct ChangeBatch {
    private let change: SessionChange
    private let groups: GroupFetch
    private var execution: PlanExecution
    private let connection: RedisConnection
    /// Keeps what is about to be changed, before anything is sent.
    private let keep: ([PlannedChange]) throws(StorageError) -> Void

    /// How often a session is read again that somebody else is changing.
    private static let attempts = 5

    package init(
        _ change: SessionChange, of store: SessionStore, on connection: RedisConnection,
        keep: @escaping ([PlannedChange]) throws(StorageError) -> Void
    ) {
        self.change = change
        self.connection = connection
        self.keep = keep
        groups = GroupFetch(of: store, on: connection, needs: change.filter.needs)
        execution = PlanExecution(on: connection)
    }

    /// Changes the sessions at `keys`; one outcome for each, in their order.
    ///
    /// - Throws: only while nothing was sent. What comes later is the outcome of those that it befell.
    package mutating func run(_ keys: [[UInt8]], _ context: ChangeContext) throws(StorageError) -> [ChangedSession] {
        var results: [ChangedSession?] = keys.map { _ in nil }
        var open = Array(keys.indices)
        var failure: StorageError?
        for attempt in 1...Self.attempts where !open.isEmpty {
            do throws(StorageError) {
                open = try once(open, keys, context, &results, isLast: attempt == Self.attempts)
            } catch {
                guard attempt > 1 else { throw error }
                failure = error
                break
            }
        }
        return zip(keys, results).map { key, result in
            let outcome = failure.map { ChangeOutcome.failed("it was not reached: \($0)") } ?? .gone
            return result ?? ChangedSession(plan: nil, key: key, id: key, principal: nil, outcome: outcome)
        }
    }

    /// Tries those at `places`; returns which are to be tried again.
    private mutating func once(
        _ places: [Int], _ keys: [[UInt8]], _ context: ChangeContext, _ results: inout [ChangedSession?],
        isLast: Bool
    ) throws(StorageError) -> [Int] {
        let planned = try plan(places, keys, context, &results)
        try keep(planned.map { $0.change })
        let plans = planned.map { $0.change.plan }
        let answers: [PlanResult]
        do throws(RedisError) {
            answers = try execution.run(plans)
        } catch {
            // Nothing was sent.
            guard !isLast, !connection.isOpen, reopens(after: [.unknown(error)]) else { throw .redis(error) }
            return planned.map { $0.place }
        }
        notice(plans, answers)
        let canGoOn = connection.isOpen || reopens(after: answers)
        var again: [Int] = []
        for (one, answer) in zip(planned, answers) {
            let outcome = outcome(of: one.change.plan, answer)
            results[one.place] = one.change.with(outcome)
            if !isLast, canGoOn, isToBeTriedAgain(outcome) { again.append(one.place) }
        }
        return again
    }

    private typealias Planned = (place: Int, change: PlannedChange)

    private func plan(
        _ places: [Int], _ keys: [[UInt8]], _ context: ChangeContext, _ results: inout [ChangedSession?]
    ) throws(StorageError) -> [Planned] {
        var planned: [Planned] = []
        let found = try groups.groups(at: places.map { keys[$0] })
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
            try connection.reopen()
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
