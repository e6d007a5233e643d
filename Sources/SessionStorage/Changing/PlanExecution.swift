package import Redis
package import Sessions

/// Runs plans, many in one round trip: by a script each, or, where the user may run none, by WATCH and MULTI.
package struct PlanExecution {
    /// How a plan is made one step of the server.
    enum Way {
        case script, transaction
    }

    private let connection: RedisConnection
    private var way = Way.script
    private var isLoaded = false

    package init(on connection: RedisConnection) {
        self.connection = connection
    }

    /// Runs `plans` in their order; a result for each.
    ///
    /// - Throws: only what comes before anything was sent.
    package mutating func run(_ plans: [ChangePlan]) throws(RedisError) -> [PlanResult] {
        results(of: try send(plans))
    }

    /// Plans that are on their way, or, without scripts, done.
    struct Sent {
        let plans: [ChangePlan]
        /// Why they could not all be sent.
        fileprivate var failure: RedisError?
        fileprivate var results: [PlanResult]?
    }

    /// Sends plans; others may be read and prepared while the server is at them, but none sent before their results are taken.
    ///
    /// - Throws: only what comes before anything was sent.
    mutating func send(_ plans: [ChangePlan]) throws(RedisError) -> Sent {
        guard !plans.isEmpty else { return Sent(plans: [], results: []) }
        if way == .script { try load() }
        guard way == .script else { return Sent(plans: plans, results: runInTransactions(plans)) }
        return Sent(plans: plans, failure: write(plans, byText: false))
    }

    /// What became of them, one for each.
    mutating func results(of sent: Sent) -> [PlanResult] {
        if let results = sent.results { return results }
        var results = receive(sent.plans, sent.failure)
        // A server that was restarted, or told to, has forgotten the script.
        let forgotten = sent.plans.indices.filter { results[$0].isForgottenScript }
        guard !forgotten.isEmpty else { return results }
        let again = forgotten.map { sent.plans[$0] }
        for (index, result) in zip(forgotten, receive(again, write(again, byText: true))) { results[index] = result }
        return results
    }

    private mutating func load() throws(RedisError) {
        guard !isLoaded else { return }
        do throws(RedisError) {
            try connection.call("SCRIPT", "LOAD", PlanScript.text)
        } catch {
            guard error.isARefusal else { throw error }
            // Who may not load one may still be allowed to run it by its text.
            way = try mayRunScripts() ? .script : .transaction
        }
        isLoaded = true
    }

    private func mayRunScripts() throws(RedisError) -> Bool {
        do throws(RedisError) {
            try connection.call("EVAL", "return 1", "0")
            return true
        } catch {
            guard error.isARefusal else { throw error }
            return false
        }
    }

    /// Nil where all was sent.
    private func write(_ plans: [ChangePlan], byText: Bool) -> RedisError? {
        var batch = CommandBatch()
        for plan in plans { PlanScript.append(plan, byText: byText, to: &batch) }
        do throws(RedisError) {
            try connection.send(batch, as: "EVALSHA")
            return nil
        } catch {
            return error
        }
    }

    /// Of what was sent, and not answered, nobody knows how far it came.
    private func receive(_ plans: [ChangePlan], _ failure: RedisError?) -> [PlanResult] {
        if let failure { return plans.map { _ in .unknown(failure) } }
        var replies = ReplyBatch()
        var results: [PlanResult] = []
        do throws(RedisError) {
            for plan in plans {
                try connection.receive(1, into: &replies)
                results.append(result(of: plan, in: replies))
            }
        } catch {
            results += plans[results.count...].map { _ in .unknown(error) }
        }
        return results
    }

    private func result(of plan: ChangePlan, in replies: borrowing ReplyBatch) -> PlanResult {
        if let error = connection.failure(in: replies, at: 0, of: "EVALSHA") { return .refused(error) }
        if let result = PlanScript.result(of: plan, replies.reply(at: 0)) { return result }
        return .unknown(connection.unexpectedAnswer(to: "EVALSHA"))
    }

    private func runInTransactions(_ plans: [ChangePlan]) -> [PlanResult] {
        plans.map { PlanTransaction(connection: connection, plan: $0).run() }
    }
}

extension PlanResult {
    fileprivate var isForgottenScript: Bool {
        guard case .refused(let error) = self else { return false }
        return error.kind == .server(code: "NOSCRIPT")
    }
}
