import Redis
import Sessions

/// Plans on a node of a Redis Cluster: a script may touch the keys of one slot alone (session-formats, ch. 14).
extension PlanExecution {
    /// Runs one part of a plan.
    typealias RunningPart = (_ execution: inout PlanExecution, _ part: ChangePlan) -> PlanResult

    /// Runs a plan, in a cluster by one script for each slot, one after the other: what the session rests on is looked at first, and its own key is
    /// written before indices, so that whoever is interrupted has not taken a session that goes on out of an index.
    mutating func run(_ plan: ChangePlan, inPartsBy runPart: RunningPart) -> PlanResult {
        var failures: [PlanFailure] = []
        var hasWritten = false
        for part in isInCluster ? plan.partsBySlot : [plan] {
            switch runPart(&self, part) {
            case .done(let found):
                failures += found
                if found.contains(where: { $0.command.isEssential }) { return .done(failures) }
            case .unmet(let condition):
                guard hasWritten else { return .unmet(condition) }
                failures += part.failures("'\(EscapedName.text(of: condition.key))' was changed at the same time")
            case .refused(let error):
                guard hasWritten else { return .refused(error) }
                // Nothing of this part was sent, and of the others neither.
                guard connection.isOpen else { return .unknown(error) }
                failures += part.failures(error.message)
            case .unknown(let error): return .unknown(error)
            }
            hasWritten = hasWritten || !part.commands.isEmpty
        }
        return .done(failures)
    }

    mutating func runPart(_ part: ChangePlan) -> PlanResult {
        do throws(RedisError) {
            return try run([part]).first ?? .done([])
        } catch {
            return .refused(error)
        }
    }
}

extension ChangePlan {
    /// A plan for the keys of each slot: those that only look first, then that of the session's own key, then the others in the order of
    /// their commands.
    var partsBySlot: [ChangePlan] {
        let own = HashSlot.of(key)
        var slots = commands.contains { HashSlot.of($0.key) == own } ? [own] : []
        for slot in commands.map({ HashSlot.of($0.key) }) where !slots.contains(slot) { slots.append(slot) }
        var looking: [UInt16] = []
        for slot in conditions.map({ HashSlot.of($0.key) }) where !slots.contains(slot) && !looking.contains(slot) {
            looking.append(slot)
        }
        return (looking + slots).map { slot in
            var part = self
            part.commands = commands.filter { HashSlot.of($0.key) == slot }
            part.conditions = conditions.filter { HashSlot.of($0.key) == slot }
            part.result = result.filter { HashSlot.of($0.key) == slot }
            part.afterwards = afterwards.filter { HashSlot.of($0.key) == slot }
            return part
        }
    }

    fileprivate func failures(_ message: String) -> [PlanFailure] {
        commands.map { PlanFailure(command: $0, message: message) }
    }
}
