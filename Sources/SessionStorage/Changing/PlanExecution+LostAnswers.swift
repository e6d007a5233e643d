import Redis
import Sessions

/// What became of plans whose answers were lost with the connection.
extension PlanExecution {
    /// How often a connection is made anew for it.
    private static let attempts = 5

    /// Finds out, on a connection that is made anew, what became of plans whose answers were lost.
    ///
    /// Each is run once more, which its conditions allow only where it was not run yet; where they do not hold any more, what it leaves tells that
    /// it was. Of what somebody else has changed meanwhile nobody knows, and that stays so. No such session may be read and planned anew: what
    /// would be kept of it for `undo` may be the plan's own work.
    ///
    /// - Parameter plans: those that were sent, as they are to be sent now.
    mutating func findOut(_ results: inout [PlanResult], of plans: () -> [ChangePlan]) {
        var open = results.indices.filter { results[$0].isLost }
        for _ in 1...Self.attempts where !open.isEmpty {
            guard reopens() else { return }
            let plans = plans()
            while let index = open.first, connection.isOpen {
                guard let result = resultOfRunningAgain(plans[index]) else { continue }
                if !result.isUnmet { results[index] = result }
                open.removeFirst()
            }
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
        guard result.isUnmet, !part.commands.isEmpty, !part.result.isEmpty else { return result }
        var seen = runPart(part.look)
        if seen.isUnmet, !part.afterwards.isEmpty {
            // What is to be heard as expired is still there for a moment.
            Pause.milliseconds(UInt32(ChangePlan.lastLife) + 2)
            seen = runPart(part.look)
        }
        return seen.isUnmet ? result : seen
    }

    private func reopens() -> Bool {
        guard !connection.isOpen else { return true }
        do throws(RedisError) {
            try connection.reopen()
            return true
        } catch {
            return false
        }
    }
}

extension ChangePlan {
    /// Only looks whether all is as the plan leaves it.
    fileprivate var look: ChangePlan {
        var look = self
        look.conditions = result
        look.commands = []
        return look
    }
}

extension PlanResult {
    /// Whether nobody knows whether it was run; not where somebody wants to stop at once.
    fileprivate var isLost: Bool {
        guard case .unknown(let error) = self else { return false }
        return error.kind != .interrupted
    }

    fileprivate var isUnmet: Bool {
        guard case .unmet = self else { return false }
        return true
    }
}
