import Redis
import Sessions

extension ChangePlan {
    /// Whether a key is made anew in one command.
    var restores: Bool { commands.contains { $0.name == "RESTORE" } }
}

extension PlanResult {
    /// Whether RESTORE was refused, for its options, its version, or by the user's rights.
    var isRefusalToRestore: Bool {
        switch self {
        case .done(let failures): failures.first?.command.name == "RESTORE"
        // A transaction is refused as a whole.
        case .refused(let error): error.isARefusal
        case .unmet, .unknown: false
        }
    }

    /// Whether a key is of another type than when it was looked at.
    var isOfAnotherType: Bool {
        guard case .done(let failures) = self else { return false }
        return failures.first?.message.hasPrefix("WRONGTYPE") ?? false
    }
}

/// From when to when a change was made, in milliseconds since 1970.
package struct ChangeSpan: Sendable {
    package let began: Int64
    /// Nil where it was killed.
    package let ended: Int64?
    /// Whether nobody knows of the session whether it was made in that time, or later, or not at all.
    private(set) var isUncertain = false

    package init(began: Int64, ended: Int64?) {
        self.began = began
        self.ended = ended.map { max(began, $0) }
    }

    /// The same of a session of which that is uncertain, or not.
    func uncertain(_ isUncertain: Bool) -> ChangeSpan {
        var span = self
        span.isUncertain = isUncertain
        return span
    }
}
