import Redis
import Sessions

/// What became of plans whose answers were lost with the connection.
extension PlanExecution {
    /// How often a plan is sent again, and how often in a row a connection is tried to be made anew.
    private static let attempts = 5

    /// Finds out, on a connection that is made anew, what became of plans whose answers were lost.
    ///
    /// Each is run once more, which its conditions allow only where it was not run yet; where they do not hold any more, what it leaves tells that
    /// it was. Of what somebody else has changed meanwhile nobody knows, and that stays so. No such session may be read and planned anew: what
    /// would be kept of it for `undo` may be the plan's own work.
    ///
    /// - Parameter plans: those that were sent, as they are to be sent now.
    mutating func findOut(_ results: inout [PlanResult], of plans: () -> [ChangePlan]) {
        var open = results.indices.filter { results[$0].isLost }[...]
        var tries = 0
        while let index = open.first, reopens() {
            if let result = resultOfRunningAgain(plans()[index]) {
                if !result.isUnmet { results[index] = result }
            } else {
                tries += 1
                guard tries == Self.attempts else { continue }
            }
            open.removeFirst()
            tries = 0
        }
    }

    /// Runs a plan once more; nil where the connection was lost again.
    private mutating func resultOfRunningAgain(_ plan: ChangePlan) -> PlanResult? {
        switch run(plan, inPartsBy: { execution, part in execution.runAgain(part) }) {
        case .unknown where !connection.isOpen, .refused where !connection.isOpen: nil
        // Whatever the server says now, it may have run the plan before.
        case .refused(let error): .unknown(error)
        case let result: result
        }
    }

    /// Runs a plan, or the part of one that a single script may run, unless it was run before.
    private mutating func runAgain(_ part: ChangePlan) -> PlanResult {
        let result = runPart(part)
        guard result.isUnmet, !part.commands.isEmpty, !part.ownResult.isEmpty else { return result }
        var seen = runPart(part.look)
        if seen.isUnmet, !part.afterwards.isEmpty {
            // What is to be heard as expired is still there for a moment.
            Pause.milliseconds(UInt32(ChangePlan.lastLife) + 2)
            seen = runPart(part.look)
        }
        return seen.isUnmet ? result : seen
    }

    /// Whether there is a connection, made anew where it was lost. A server that is started again takes its time.
    func reopens() -> Bool {
        for attempt in 0..<Self.attempts where !connection.isOpen {
            do throws(RedisError) {
                try connection.reopen()
            } catch {
                guard error.kind != .interrupted, attempt + 1 < Self.attempts else { return false }
                Pause.milliseconds(100 << UInt32(attempt))
            }
        }
        return connection.isOpen
    }
}

extension ChangePlan {
    /// Only looks whether all is as the plan leaves it, also the fields that it does not write: of a session that was extended and then logged out
    /// by its application all else is so.
    fileprivate var look: ChangePlan {
        var look = self
        look.conditions = ownResult + conditions.filter { isLeft($0) }
        look.commands = []
        return look
    }

    /// How the plan leaves what is the session's alone: buckets are given other lives by other sessions.
    fileprivate var ownResult: [PlanCondition] {
        let buckets = commands.filter { $0.role == .expirations }.map(\.key)
        return result.filter { !buckets.contains($0.key) }
    }

    /// Whether a condition is about a field of a hash that stays as it is.
    private func isLeft(_ condition: PlanCondition) -> Bool {
        guard let name = condition.test.fieldName else { return false }
        return !result.contains {
            $0.key == condition.key && ($0.test == .missing || $0.test.fieldName == name)
        }
    }
}

extension PlanCondition.Test {
    /// The field that it is about; nil for another test.
    fileprivate var fieldName: [UInt8]? {
        switch self {
        case .field(let name, _), .fieldDigest(let name, _): name
        default: nil
        }
    }
}
