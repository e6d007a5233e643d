package import Redis
package import Sessions

/// Runs plans, many in one round trip: by a script each, or, where the user may run none, by WATCH and MULTI.
package struct PlanExecution {
    let connection: RedisConnection
    private var scripts: PlanScripts

    /// Whether keys lie in the slots of a Redis Cluster: a script may write those of one slot alone.
    let isInCluster: Bool
    /// Whether the server tells when keys end.
    private let tellsExpiry: Bool

    package init(on connection: RedisConnection, isInCluster: Bool = false, tellsExpiry: Bool = true) {
        self.connection = connection
        self.isInCluster = isInCluster
        self.tellsExpiry = tellsExpiry
        scripts = PlanScripts(connection: connection, tellsExpiry: tellsExpiry)
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
        for (script, plan) in prepare(plans).scripts { try scripts.load(script, for: plan) }
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
        let batch = scripts.commands(of: calls, byText: scripts.way == .text)
        return Prepared(calls: calls, batch: batch, scripts: scripts.missing(for: calls))
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
        for (script, plan) in prepared.scripts { try scripts.load(script, for: plan) }
        switch scripts.way {
        case .digest: return Sent(calls: calls, failure: write(prepared.batch))
        // They may have been prepared before it was known that they cannot be sent by digest.
        case .text: return Sent(calls: calls, failure: write(scripts.commands(of: calls, byText: true)))
        case .transaction:
            return Sent(calls: calls, results: oneByOne(calls, note) { $0.transaction(of: $1.plan).run() })
        }
    }

    private func transaction(of plan: ChangePlan) -> PlanTransaction {
        PlanTransaction(connection: connection, plan: plan, tellsExpiry: tellsExpiry)
    }

    /// What takes some round trips for each plan is told of when it is done: who waits for the next one hears nothing.
    private mutating func oneByOne(
        _ calls: [PlanCall], _ note: Noting?, _ body: (inout PlanExecution, PlanCall) -> PlanResult
    ) -> [PlanResult] {
        var results: [PlanResult] = []
        for call in calls {
            results.append(body(&self, call))
            note?(results)
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
            scripts.forgetLoaded()
            let failure = write(scripts.commands(of: again, byText: true))
            let found = receive(again, failure, noting: Self.noting(note, results, at: forgotten))
            for (index, result) in zip(forgotten, found) { results[index] = result }
        }
        runDenied(sent.calls, &results, note)
        return results
    }

    /// Tells of plans that are run once more among all others, which have these results.
    private static func noting(_ note: Noting?, _ results: [PlanResult], at places: [Int]) -> Noting? {
        note.map { note in
            { found in
                var all = results
                for (place, result) in zip(places, found) { all[place] = result }
                note(all)
            }
        }
    }

    /// What this user may not run in one way is run in another: nothing of it was done.
    private mutating func runDenied(_ calls: [PlanCall], _ results: inout [PlanResult], _ note: Noting?) {
        while scripts.way != .transaction, case let denied = calls.indices.filter({ results[$0].isDeniedScript }),
            !denied.isEmpty
        {
            scripts.giveUpWay()
            let again = denied.map { calls[$0] }
            let tell = Self.noting(note, results, at: denied)
            let found =
                scripts.way == .text
                ? receive(again, write(scripts.commands(of: again, byText: true)), noting: tell)
                : oneByOne(again, tell) { $0.transaction(of: $1.plan).run() }
            for (index, result) in zip(denied, found) { results[index] = result }
        }
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
