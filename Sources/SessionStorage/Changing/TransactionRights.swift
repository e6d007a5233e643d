import Redis
import Sessions

/// Looks whether a user who may run no scripts may do without: by WATCH, MULTI and EXEC, and the commands of a plan in between.
struct TransactionRights {
    let connection: RedisConnection
    /// Whether the server tells when keys end.
    let tellsExpiry: Bool

    /// - Throws: what the user may not run, all of it in one refusal, before anything is written.
    func require(for plan: ChangePlan) throws(RedisError) {
        let key = ScriptRights.key(beside: plan)
        var denials = try denials(of: [[Array("WATCH".utf8), key], [Array("MULTI".utf8)]])
        let isOpen = !denials.contains { $0.command == "MULTI" }
        let ending = try self.denials(of: commands(of: plan, at: key, isOpen: isOpen))
        // A step that its user may not end would take up whatever comes next.
        if isOpen, ending.contains(where: { $0.command == "EXEC" }) { try connection.reopen() }
        denials += ending
        guard let first = denials.first else { return }
        // What the server does not have is no right.
        if first.message.hasPrefix(RedisError.unknownCommand) { throw first }
        let names = denials.map(\.command).joined(separator: ", ")
        throw connection.denial(
            of: first.command, "NOPERM this user may not run \(names), nor scripts in their place: nothing was changed")
    }

    /// The commands that look at the conditions of the plan, its own, and EXEC. Whether a command may be run is looked at when it is
    /// queued, and a step in which one is wrong, such as ECHO without a word, is never run. Where no step can be begun, only those are tried
    /// that do nothing by themselves.
    private func commands(of plan: ChangePlan, at key: [UInt8], isOpen: Bool) -> [[[UInt8]]] {
        let questions = plan.questions(inScripts: false, tellsExpiry: tellsExpiry)
        let probes = ScriptRights.probes(of: plan, questions).filter {
            isOpen || $0.count > 1 || ScriptRights.needsNoWord($0)
        }
        let tried = probes.map { words -> [[UInt8]] in
            let rest = words.count > 1 || ScriptRights.needsNoWord(words) ? words.dropFirst() : ["1"]
            return [Array(words[0].utf8), key] + rest.map { Array($0.utf8) }
        }
        return tried + (isOpen ? [[Array("ECHO".utf8)]] : []) + [[Array("EXEC".utf8)]]
    }

    /// Sends commands; the refusals of those that this user may not run at any key, each with the name of its command.
    private func denials(of commands: [[[UInt8]]]) throws(RedisError) -> [RedisError] {
        var batch = CommandBatch()
        var replies = ReplyBatch()
        for command in commands { batch.append(command) }
        try connection.send(batch, as: "EXEC")
        try connection.receive(batch.count, into: &replies)
        var denials: [RedisError] = []
        var index = 0
        for command in commands {
            let name = String(decoding: command[0], as: UTF8.self)
            if let error = connection.failure(in: replies, at: index, of: name), name != "ECHO", Self.isDenial(error) {
                denials.append(error)
            }
            index = replies.index(after: index)
        }
        return denials
    }

    /// Since Redis 6.2 an EXEC that is denied ends the step, and says why behind a word of its own.
    private static func isDenial(_ error: RedisError) -> Bool {
        error.deniesCommands || error.message.hasPrefix("EXECABORT") && error.message.contains("NOPERM")
    }
}
