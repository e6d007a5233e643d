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
        guard !plans.isEmpty else { return [] }
        if way == .script { try load() }
        guard way == .script else { return runInTransactions(plans) }
        var results = send(plans, byText: false)
        // A server that was restarted, or told to, has forgotten the script.
        let forgotten = plans.indices.filter { results[$0].isForgottenScript }
        guard !forgotten.isEmpty else { return results }
        for (index, result) in zip(forgotten, send(forgotten.map { plans[$0] }, byText: true)) {
            results[index] = result
        }
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

    private func send(_ plans: [ChangePlan], byText: Bool) -> [PlanResult] {
        var batch = CommandBatch()
        for plan in plans { PlanScript.append(plan, byText: byText, to: &batch) }
        var replies = ReplyBatch()
        var results: [PlanResult] = []
        do throws(RedisError) {
            try connection.send(batch, as: "EVALSHA")
            for plan in plans {
                try connection.receive(1, into: &replies)
                results.append(result(of: plan, in: replies))
            }
        } catch {
            // Of what was sent nobody knows how far it came.
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
