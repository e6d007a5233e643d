package import Redis
package import Sessions

/// What became of a plan.
package enum PlanResult: Sendable {
    /// It was run; commands that failed are named. An essential one ends the plan.
    case done([PlanFailure])
    /// This was not so any more: nothing was written.
    case unmet(PlanCondition)
    /// The server did not take it: nothing was written.
    case refused(RedisError)
    /// It was sent, and no answer came.
    case unknown(RedisError)

    /// Whether all of it was run.
    var isWhole: Bool {
        guard case .done(let failures) = self else { return false }
        return failures.isEmpty
    }

    /// Whether the connection was lost before anything was sent.
    var wasNotSent: Bool {
        guard case .refused(let error) = self else { return false }
        return error.kind == .connectionLost || error.kind == .timedOut
    }

    /// Why nobody knows whether it was run; nil where that is known, and where somebody wants to stop at once.
    var loss: RedisError? {
        guard case .unknown(let error) = self, error.kind != .interrupted else { return nil }
        return error
    }

    /// Whether nobody knows whether it was run.
    var isLost: Bool { loss != nil }

    var isUnmet: Bool {
        guard case .unmet = self else { return false }
        return true
    }
}

/// A command of a plan that failed.
package struct PlanFailure: Sendable, Hashable {
    /// The command.
    package let command: PlannedCommand
    /// The server's words.
    package let message: String
}
