/// What a change will do to one session: the commands, and what must still be so when they run.
///
/// A plan is a value. What `--dry-run` shows is what is executed.
public struct ChangePlan: Sendable, Hashable {
    /// The id of the session.
    public let id: [UInt8]
    /// The key that holds it.
    public let key: [UInt8]
    /// Its format.
    public let format: String
    /// The format's variant, where it is known.
    public let variant: String?
    /// Looked at first; the commands run only if all hold.
    public var conditions: [PlanCondition]
    /// Run in this order, in one step.
    public var commands: [PlannedCommand]
    /// Run a moment later, one by one: they make the server notice what has expired.
    public var afterwards: [PlannedCommand] = []
    /// What holds when the commands have run: by it `undo` knows that nobody has touched the session since. A life in it is counted
    /// from then.
    public var result: [PlanCondition] = []
    /// Why nobody can know from here whether it has the effect that is wanted, and what to do; nil where that is known.
    public var doubt: String?

    /// Creates a plan for `session`.
    public init(for session: Session, conditions: [PlanCondition] = [], commands: [PlannedCommand] = []) {
        id = session.id
        key = session.key
        format = session.format
        variant = session.variant
        self.conditions = conditions
        self.commands = commands
    }

    /// Creates an empty plan for a session that is known by these alone.
    public init(id: [UInt8], key: [UInt8], format: String, variant: String?) {
        self.id = id
        self.key = key
        self.format = format
        self.variant = variant
        conditions = []
        commands = []
    }

    /// The plan for a session that was read so many milliseconds ago: a key that nobody has given a longer life lives so much shorter by
    /// now. One that was given the same life anew, as each request does, is found out by that.
    package func sent(after milliseconds: Int64) -> ChangePlan {
        var plan = self
        for (index, condition) in conditions.enumerated() {
            guard case .lifeAtMost(let life) = condition.test else { continue }
            let left = life.subtractingReportingOverflow(milliseconds)
            plan.conditions[index] = PlanCondition(
                condition.key, .lifeAtMost(left.overflow ? 0 : max(0, left.partialValue)),
                otherwise: condition.otherwise)
        }
        return plan
    }

    /// Every key that is written, each once.
    public var writtenKeys: [[UInt8]] {
        var keys: [[UInt8]] = []
        for key in commands.lazy.map(\.key) where !keys.contains(key) { keys.append(key) }
        return keys
    }
}

/// Why a session cannot be changed in the way that is asked for.
public struct ChangeRefusal: Error, Hashable, CustomStringConvertible {
    /// One sentence for people: the reason, and what can be done instead.
    public let description: String
    /// Whether somebody else has changed meanwhile what was to be changed.
    public let isConflict: Bool

    /// Creates a refusal.
    public init(_ reason: String, isConflict: Bool = false) {
        description = reason
        self.isConflict = isConflict
    }
}
