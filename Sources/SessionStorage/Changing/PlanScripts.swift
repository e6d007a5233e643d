import Redis
import Sessions

/// The scripts of plans on one connection: which the server has, and in which way its user may run them.
struct PlanScripts {
    /// How a plan is made one step of the server.
    enum Way {
        /// By the digests of scripts that were loaded.
        case digest
        /// By their texts: whoever may not load one may still be allowed to run it.
        case text
        case transaction
    }

    let connection: RedisConnection
    /// Whether the server tells when keys end.
    let tellsExpiry: Bool
    /// The best way that was not refused so far.
    private(set) var way = Way.digest
    /// Those of all shapes so far.
    private var known: [[UInt8]: PlanScript] = [:]
    /// Those that the server has, where it may be given any, and whose commands this user may run, in scripts or without.
    private var loaded: Set<[UInt8]> = []

    init(connection: RedisConnection, tellsExpiry: Bool) {
        self.connection = connection
        self.tellsExpiry = tellsExpiry
    }

    // MARK: Which the server has

    /// Scripts that the server has not been given yet, each with a plan that it is for.
    mutating func missing(for calls: [PlanCall]) -> [(script: PlanScript, plan: ChangePlan)] {
        var missing: [(script: PlanScript, plan: ChangePlan)] = []
        for call in calls {
            let script = script(for: call)
            guard !loaded.contains(script.digest) else { continue }
            if !missing.contains(where: { $0.script.digest == script.digest }) { missing.append((script, call.plan)) }
        }
        return missing
    }

    /// To be called where the server has forgotten its scripts.
    mutating func forgetLoaded() { loaded.removeAll() }

    /// The commands that run `calls`.
    mutating func commands(of calls: [PlanCall], byText: Bool) -> CommandBatch {
        var batch = CommandBatch()
        for call in calls { call.append(script(for: call), byText: byText, to: &batch) }
        return batch
    }

    private mutating func script(for call: PlanCall) -> PlanScript {
        let shape = call.shape
        if let script = known[shape] { return script }
        let script = PlanScript(for: call, tellsExpiry: tellsExpiry)
        known[shape] = script
        return script
    }

    // MARK: In which way they may be run

    /// To be called where the user may not run scripts in this way.
    mutating func giveUpWay() { way = way == .digest ? .text : .transaction }

    /// Gives the server a script, and looks whether the user may run what is in it.
    mutating func load(_ script: PlanScript, for plan: ChangePlan) throws(RedisError) {
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
}

extension RedisError {
    /// Whether the user may not run a command, at whatever key.
    var deniesCommands: Bool { kind == .permission && !isAboutTheKeyOnly }

    /// Whether what is refused is to run a script in one of the ways; Redis before 7 quotes commands that it does not know with backticks.
    var isAboutScripts: Bool { ["'eval", "`eval"].contains { message.lowercased().contains($0) } }
}
