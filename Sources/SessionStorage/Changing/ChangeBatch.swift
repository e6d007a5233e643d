import Redis
package import Sessions

/// Changes sessions, a batch at a time: they are read and planned, what they were is kept, and the plans are run; what others
/// changed meanwhile is read and planned again.
package struct ChangeBatch {
    private let change: SessionChange
    private let reading: ReadAhead<ChangeReader.Wanted, ChangeReader.Batch>
    private var execution: PlanExecution
    private let connection: RedisConnection
    private let keep: Keeping?

    /// Keeps what is about to be changed, before anything is sent.
    package typealias Keeping = ([KeptSession]) throws(StorageError) -> Void

    /// How often a session is read again that somebody else is changing.
    private static let attempts = 5

    /// - Parameter keep: nil where nothing is kept, so that sessions are read no further than plans need it.
    package init(
        _ change: SessionChange, of store: SessionStore, _ server: ChangeServer, keep: Keeping?
    ) throws(StorageError) {
        self.change = change
        self.keep = keep
        connection = try store.changeConnection()
        let reader = try ChangeReader(change, of: store, server, keepsAll: keep != nil)
        reading = ReadAhead { reader.read($0) }
        execution = PlanExecution(on: connection, server)
    }

    /// Changes these sessions; one outcome for each, in their order.
    ///
    /// - Throws: what comes while nothing of a batch was sent. What comes later is the outcome of those that it befell.
    package mutating func run(
        _ found: [FoundSession], _ context: ChangeContext
    ) throws(StorageError) -> [ChangedSession] {
        var changed: [ChangedSession] = []
        var rest = found[...]
        while !rest.isEmpty {
            let batch = try reading.read((Array(rest), context)).get()
            changed += finish(try send(try prepare(batch)))
            rest = rest.dropFirst(max(batch.count, 1))
        }
        return changed
    }

    /// Changes no more than `limit` of these sessions; one outcome for each of the first that were looked at.
    package mutating func run(
        _ found: [FoundSession], upTo limit: Int, _ context: ChangeContext
    ) throws(StorageError) -> [ChangedSession] {
        finish(try send(try prepare(try reading.read((found, context)).get().prefix(plans: limit))))
    }

    /// Begins to read these sessions, while others are prepared, sent and finished.
    package func beginToRead(_ found: [FoundSession], _ context: ChangeContext) { reading.begin((found, context)) }

    /// What was begun first to be read and has not been taken, when it is done.
    package func takeRead() throws(StorageError) -> PlannedBatch { try reading.take().get() }

    /// Ends the reading; what was begun and not taken is given up.
    package func endReading() { reading.end() }

    /// Sessions whose plans are ready to be sent.
    package struct Prepared: ~Copyable {
        fileprivate let batch: PlannedBatch
        fileprivate let commands: PlanExecution.Prepared
    }

    /// Keeps what the sessions are, and puts their plans into commands. May be done while others are on their way.
    package mutating func prepare(_ batch: PlannedBatch) throws(StorageError) -> Prepared {
        try keep(batch)
        return Prepared(batch: batch, commands: execution.prepare(batch.plans))
    }

    private func keep(_ batch: PlannedBatch) throws(StorageError) {
        if let keep, !batch.kept.isEmpty { try keep(batch.kept) }
    }

    /// Sessions whose plans are on their way.
    package struct Sent {
        fileprivate let batch: PlannedBatch
        fileprivate let plans: PlanExecution.Sent?

        /// How many sessions they are, with those that nothing is sent of.
        package var count: Int { batch.count }
    }

    /// Sends the plans of sessions that are kept; the ones sent before must be finished.
    package mutating func send(_ prepared: borrowing Prepared) throws(StorageError) -> Sent {
        let batch = prepared.batch
        do throws(RedisError) {
            return Sent(batch: batch, plans: try execution.send(prepared.commands))
        } catch {
            // Nothing was sent: on a connection that is made anew it is tried once more.
            guard !connection.isOpen, execution.reopens() else { throw .redis(error) }
            return Sent(batch: batch, plans: nil)
        }
    }

    /// Takes the results, and tries again what somebody has changed meanwhile.
    package mutating func finish(_ sent: Sent) -> [ChangedSession] {
        let batch = sent.batch
        var results: [ChangedSession?] = batch.found.map { _ in nil }
        let planned = note(batch, at: Array(batch.found.indices), &results)
        var open = planned.map { $0.place }
        if let plans = sent.plans {
            open = take(execution.results(of: plans), of: batch, planned, &results, isLast: false)
        }
        var failure: StorageError?
        for attempt in 2...Self.attempts where !open.isEmpty && failure == nil {
            do throws(StorageError) {
                open = try once(open, batch, &results, isLast: attempt == Self.attempts)
            } catch {
                failure = error
            }
        }
        return zip(batch.found.map(\.key), results).map { key, result in
            let outcome = failure.map { ChangeOutcome.failed("it was not reached: \($0)") } ?? .gone
            return result ?? ChangedSession(plan: nil, key: key, id: key, format: nil, principal: nil, outcome: outcome)
        }
    }

    /// Tries those at `places` once more; returns which are to be tried again.
    private mutating func once(
        _ places: [Int], _ before: PlannedBatch, _ results: inout [ChangedSession?], isLast: Bool
    ) throws(StorageError) -> [Int] {
        var again: [Int] = []
        var rest = places[...]
        while !rest.isEmpty {
            let batch = try reading.read((rest.map { before.found[$0] }, before.context)).get()
            try keep(batch)
            let planned = note(batch, at: Array(rest.prefix(batch.count)), &results)
            let answers = try redis { () throws(RedisError) in try execution.run(batch.plans) }
            again += take(answers, of: batch, planned, &results, isLast: isLast)
            rest = rest.dropFirst(max(batch.count, 1))
        }
        return again
    }

    private typealias Planned = (place: Int, change: PlannedChange)

    /// Notes what became of those that have no plan; returns the others.
    private func note(_ batch: PlannedBatch, at places: [Int], _ results: inout [ChangedSession?]) -> [Planned] {
        var planned: [Planned] = []
        for ((place, found), reading) in zip(zip(places, batch.found), batch.readings) {
            let before = results[place]
            switch reading {
            case .gone: results[place] = .gone(before, found.key)
            case .unwanted(let group):
                results[place] = before?.decided ?? ChangedSession(group, change.outcome(ofUnwanted: group, found))
            case .unneeded(let group): results[place] = ChangedSession(group, .unneeded)
            case .refused(let group, let reason): results[place] = ChangedSession(group, .refused(reason))
            case .planned(let change): planned.append((place, change))
            }
        }
        return planned
    }

    /// Notes what became of plans; returns the places of those that are to be tried again.
    private mutating func take(
        _ received: [PlanResult], of batch: PlannedBatch, _ planned: [Planned], _ results: inout [ChangedSession?],
        isLast: Bool
    ) -> [Int] {
        var answers = received
        execution.findOut(&answers) { batch.plans }
        notice(planned.map { $0.change.plan }, answers)
        let canGoOn = connection.isOpen || !answers.contains { $0.isLost } && execution.reopens()
        var again: [Int] = []
        for (one, answer) in zip(planned, answers) {
            let outcome = ChangeOutcome(of: one.change.plan, answer)
            results[one.place] = one.change.with(outcome)
            if !isLast, canGoOn, answer.wasNotSent || isToBeTriedAgain(outcome) { again.append(one.place) }
        }
        return again
    }

    private func isToBeTriedAgain(_ outcome: ChangeOutcome) -> Bool {
        switch outcome {
        case .usedSince: !change.sparesActive
        case .changed, .inUse: true
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
        Pause.milliseconds(UInt32(ChangePlan.lastLife) + 2)
        var replies = ReplyBatch()
        do throws(RedisError) {
            try connection.send(batch, as: "EXISTS")
            try connection.receive(batch.count, into: &replies)
        } catch {
            return
        }
    }
}
