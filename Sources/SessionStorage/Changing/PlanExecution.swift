package import Redis
package import Sessions

/// Runs plans, many in one round trip: by a script each, or, where the user may run none, by WATCH and MULTI.
package struct PlanExecution {
    /// How a plan is made one step of the server.
    private enum Way {
        /// By the digests of scripts that were loaded.
        case digest
        /// By their texts: whoever may not load one may still be allowed to run it.
        case text
        case transaction
    }

    let connection: RedisConnection
    private var way = Way.digest
    /// The scripts of all shapes so far.
    private var scripts: [[UInt8]: PlanScript] = [:]
    /// Those that the server has, where it may be given any, and whose commands this user may run, in scripts or without.
    private var loaded: Set<[UInt8]> = []

    /// Whether keys lie in the slots of a Redis Cluster: a script may write those of one slot alone.
    let isInCluster: Bool
    /// Whether the server tells when keys end.
    private let tellsExpiry: Bool

    package init(on connection: RedisConnection, isInCluster: Bool = false, tellsExpiry: Bool = true) {
        self.connection = connection
        self.isInCluster = isInCluster
        self.tellsExpiry = tellsExpiry
    }

    /// The way of a server that was asked.
    init(on connection: RedisConnection, _ server: ChangeServer) {
        self.init(on: connection, isInCluster: server.isCluster, tellsExpiry: server.tellsExpiry)
    }

    /// Runs `plans` in their order; a result for each.
    ///
    /// - Throws: only what comes before anything was sent.
    package mutating func run(_ plans: [ChangePlan]) throws(RedisError) -> [PlanResult] {
        try run(plans, noting: nil)
    }

    /// Takes the results of the first plans, when the next one is not there at once.
    typealias Noting = ([PlanResult]) -> Void

    /// The same; what is known so far is told while it is waited for more, so that whoever is killed then has it noted.
    mutating func run(_ plans: [ChangePlan], noting note: Noting?) throws(RedisError) -> [PlanResult] {
        results(of: try send(prepare(plans), noting: note), noting: note)
    }

    /// Loads the scripts of `plans`, and looks whether the user may run what is in them; runs none.
    mutating func requireRights(for plans: [ChangePlan]) throws(RedisError) {
        for (script, plan) in prepare(plans).scripts { try load(script, for: plan) }
    }

    /// Plans in the form of the wire.
    package struct Prepared: ~Copyable {
        fileprivate let calls: [PlanCall]
        fileprivate let batch: CommandBatch
        /// Scripts that the server has not been given yet, each with a plan that it is for.
        fileprivate let scripts: [(script: PlanScript, plan: ChangePlan)]
    }

    /// Plans that are on their way, or, without scripts, done.
    package struct Sent {
        fileprivate let calls: [PlanCall]
        /// Why they could not all be sent.
        fileprivate var failure: RedisError?
        fileprivate var results: [PlanResult]?
    }

    /// Puts plans into commands; sends nothing.
    package mutating func prepare(_ plans: [ChangePlan]) -> Prepared {
        let calls = plans.map { PlanCall($0) }
        var new: [(script: PlanScript, plan: ChangePlan)] = []
        for call in calls {
            let script = script(for: call)
            guard !loaded.contains(script.digest) else { continue }
            if !new.contains(where: { $0.script.digest == script.digest }) { new.append((script, call.plan)) }
        }
        return Prepared(calls: calls, batch: commands(of: calls, byText: way == .text), scripts: new)
    }

    /// Sends plans; others may be read and prepared while the server is at them, but none sent before their results are taken.
    ///
    /// - Throws: only what comes before anything was sent.
    package mutating func send(_ prepared: borrowing Prepared) throws(RedisError) -> Sent {
        try send(prepared, noting: nil)
    }

    private mutating func send(_ prepared: borrowing Prepared, noting note: Noting?) throws(RedisError) -> Sent {
        let calls = prepared.calls
        guard !calls.isEmpty else { return Sent(calls: [], results: []) }
        if isInCluster, calls.contains(where: { $0.plan.partsBySlot.count > 1 }) {
            return Sent(calls: calls, results: oneByOne(calls, note) { $0.run($1.plan) { $0.runPart($1) } })
        }
        for (script, plan) in prepared.scripts { try load(script, for: plan) }
        switch way {
        case .digest: return Sent(calls: calls, failure: write(prepared.batch))
        // They may have been prepared before it was known that they cannot be sent by digest.
        case .text: return Sent(calls: calls, failure: write(commands(of: calls, byText: true)))
        case .transaction:
            return Sent(calls: calls, results: oneByOne(calls, note) { $0.transaction(of: $1.plan).run() })
        }
    }

    private func transaction(of plan: ChangePlan) -> PlanTransaction {
        PlanTransaction(connection: connection, plan: plan, tellsExpiry: tellsExpiry)
    }

    /// What takes some round trips for each plan is told of from time to time.
    private mutating func oneByOne(
        _ calls: [PlanCall], _ note: Noting?, _ body: (inout PlanExecution, PlanCall) -> PlanResult
    ) -> [PlanResult] {
        var results: [PlanResult] = []
        var noted = ContinuousClock.now
        for call in calls {
            results.append(body(&self, call))
            guard let note, ContinuousClock.now - noted > .milliseconds(10) else { continue }
            note(results)
            noted = .now
        }
        return results
    }

    /// What became of them, one for each.
    package mutating func results(of sent: Sent) -> [PlanResult] { results(of: sent, noting: nil) }

    private mutating func results(of sent: Sent, noting note: Noting?) -> [PlanResult] {
        if let results = sent.results { return results }
        var results = receive(sent.calls, sent.failure, noting: note)
        // A server that was restarted, or told to, has forgotten its scripts.
        let forgotten = sent.calls.indices.filter { results[$0].isForgottenScript }
        if !forgotten.isEmpty {
            let again = forgotten.map { sent.calls[$0] }
            loaded.removeAll()
            let failure = write(commands(of: again, byText: true))
            for (index, result) in zip(forgotten, receive(again, failure)) { results[index] = result }
        }
        runDenied(sent.calls, &results)
        return results
    }

    /// What this user may not run in one way is run in another: nothing of it was done.
    private mutating func runDenied(_ calls: [PlanCall], _ results: inout [PlanResult]) {
        while way != .transaction, case let denied = calls.indices.filter({ results[$0].isDeniedScript }),
            !denied.isEmpty
        {
            way = way == .digest ? .text : .transaction
            let again = denied.map { calls[$0] }
            let found =
                way == .text
                ? receive(again, write(commands(of: again, byText: true)))
                : again.map { transaction(of: $0.plan).run() }
            for (index, result) in zip(denied, found) { results[index] = result }
        }
    }

    private mutating func script(for call: PlanCall) -> PlanScript {
        let shape = call.shape
        if let known = scripts[shape] { return known }
        let script = PlanScript(for: call, tellsExpiry: tellsExpiry)
        scripts[shape] = script
        return script
    }

    private mutating func load(_ script: PlanScript, for plan: ChangePlan) throws(RedisError) {
        if way == .digest {
            do throws(RedisError) {
                try connection.call([Array("SCRIPT".utf8), Array("LOAD".utf8), script.text])
            } catch {
                guard error.isARefusal else { throw error }
                way = try mayRunScripts() ? .text : .transaction
            }
        }
        // Who may run neither a text nor what was loaded runs no scripts.
        if way != .transaction, try !ScriptRights(connection: connection, tellsExpiry: tellsExpiry).require(for: plan) {
            way = try mayRunLoadedScripts() ? way : .transaction
        }
        if way == .transaction {
            try TransactionRights(connection: connection, tellsExpiry: tellsExpiry).require(for: plan)
        }
        // Only now: who tries again after a refusal is refused again.
        loaded.insert(script.digest)
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

    private func mayRunLoadedScripts() throws(RedisError) -> Bool {
        do throws(RedisError) {
            // Nobody has loaded such a script: who may run any is told so.
            try connection.call("EVALSHA", String(repeating: "0", count: 40), "0")
            return true
        } catch {
            guard error.isARefusal else { throw error }
            return error.kind != .permission
        }
    }

    private mutating func commands(of calls: [PlanCall], byText: Bool) -> CommandBatch {
        var batch = CommandBatch()
        for call in calls { call.append(script(for: call), byText: byText, to: &batch) }
        return batch
    }

    /// Nil where all was sent.
    private func write(_ batch: borrowing CommandBatch) -> RedisError? {
        do throws(RedisError) {
            try connection.send(batch, as: "EVALSHA")
            return nil
        } catch {
            return error
        }
    }

    /// Of what was sent, and not answered, nobody knows how far it came.
    private func receive(_ calls: [PlanCall], _ failure: RedisError?, noting note: Noting? = nil) -> [PlanResult] {
        if let failure { return calls.map { _ in .unknown(failure) } }
        var replies = ReplyBatch()
        var results: [PlanResult] = []
        let tell = note.map { note in { if !results.isEmpty { note(results) } } }
        do throws(RedisError) {
            for call in calls {
                try connection.receive(1, into: &replies, whenSilent: tell)
                results.append(result(of: call, in: replies))
            }
        } catch {
            results += calls[results.count...].map { _ in .unknown(error) }
        }
        return results
    }

    private func result(of call: PlanCall, in replies: borrowing ReplyBatch) -> PlanResult {
        if let error = connection.failure(in: replies, at: 0, of: "EVALSHA") { return .refused(error) }
        return call.result(replies.reply(at: 0)) ?? .unknown(connection.unexpectedAnswer(to: "EVALSHA"))
    }
}

extension PlanResult {
    fileprivate var isForgottenScript: Bool {
        guard case .refused(let error) = self else { return false }
        return error.kind == .server(code: "NOSCRIPT")
    }

    /// Whether the user may not run a script in this way, or at all; not where it is about a key.
    fileprivate var isDeniedScript: Bool {
        guard case .refused(let error) = self, error.kind == .permission else { return false }
        return error.isAboutScripts
    }
}

extension RedisError {
    /// Whether the user may not run a command, at whatever key.
    var deniesCommands: Bool { kind == .permission && !isAboutTheKeyOnly }

    /// Whether what is refused is to run a script in one of the ways; Redis before 7 quotes commands that it does not know with backticks.
    var isAboutScripts: Bool { ["'eval", "`eval"].contains { message.lowercased().contains($0) } }
}
