import Redis
import Sessions

/// Takes sessions away from the source of a migration. Nothing else does.
///
/// Each goes in one step of the server, after the target was read back and is what was to be written, and only if the source is as it was
/// read.
struct SourceRemoval {
    /// A session that was written to the target.
    struct Moving {
        let group: SessionGroup
        /// Its keys at the source, its own first, as they were read.
        let source: [KeyState]
        /// Its keys at the target, as they are to be.
        let target: [KeyState]
    }

    let readBack: ReadBack
    var execution: PlanExecution

    /// Looks whether the user may take sessions away at all.
    mutating func requireRights(for sessions: [Moving]) throws(StorageError) {
        let plans = sessions.map { Self.plan($0) }
        do throws(RedisError) {
            try execution.requireRights(for: plans)
        } catch {
            throw .redis(error)
        }
    }

    /// What became of each.
    struct Result {
        let outcome: MigrationOutcome
        /// Whether it was to be taken away, and nobody but the migration has done so.
        let stays: Bool
    }

    /// Takes away what the target has.
    ///
    /// - Parameters:
    ///   - time: milliseconds since 1970 by the target's clock.
    ///   - note: takes the places of those that are about to be taken away.
    mutating func run(
        _ sessions: [Moving], at time: Int64, noting note: ([Int]) throws(StorageError) -> Void
    ) throws(StorageError) -> [Result] {
        let differences = try readBack.differences(of: sessions.map(\.target))
        let matching = sessions.indices.filter { differences[$0] == nil }
        try note(matching)
        let plans = matching.map { Self.plan(sessions[$0]) }
        // Who may not run all of it at the source leaves the sessions there whole.
        var answers = try execution.answers(to: plans)[...]
        return zip(sessions.indices, differences).map { place, difference in
            if let difference { return Result(outcome: difference.outcome(at: time), stays: false) }
            guard let answer = answers.popFirst() else {
                return Result(outcome: .left("it was not reached"), stays: true)
            }
            let key = sessions[place].group.record.key
            return Result(outcome: Self.outcome(of: answer), stays: answer.isUndone(at: key))
        }
    }

    /// The hash goes before its shadow key: who hears of that finds no session to end.
    private static func plan(_ session: Moving) -> ChangePlan {
        var plan = ChangePlan(for: session.group.session)
        if let own = session.source.first {
            let current = CurrentState(content: own.content, isThere: true, expiresAt: own.expiresAt)
            plan.conditions = current.conditions(at: own.key)
        }
        plan.commands = session.source.filter { !$0.role.staysWithoutItsToken }.flatMap { state -> [PlannedCommand] in
            guard case .shared(let members) = state.content else {
                return [PlannedCommand("UNLINK", state.key, role: state.role)]
            }
            return members.compactMap { member in
                switch member.place {
                case .outside: nil
                case .inside: PlannedCommand("SREM", state.key, [member.member], role: state.role, isEssential: false)
                case .scored: PlannedCommand("ZREM", state.key, [member.member], role: state.role, isEssential: false)
                }
            }
        }
        return plan
    }

    private static func outcome(of result: PlanResult) -> MigrationOutcome {
        switch result {
        case .done(let failures):
            failures.first { $0.command.isEssential }.map {
                .left(
                    "at the target; at the source \($0.command.name) of '\(EscapedName.text(of: $0.command.key))' failed: \($0.message)"
                )
            } ?? .moved
        case .unmet(let condition):
            condition.otherwise == .gone
                ? .left("at the target, and gone from the source since: if its user has logged out, expire it there")
                : .changed
        case .refused(let error): .left("at the target; the source said: \(error.message)")
        case .unknown(let error):
            .left(
                "at the target; the source was lost while it was to go there: \(error.message); the same command sees whether it is there "
                    + "still")
        }
    }
}

extension PlanResult {
    /// Whether the key of the session itself was left, for certain: it goes before the others.
    fileprivate func isUndone(at key: [UInt8]) -> Bool {
        switch self {
        case .unmet, .refused: true
        case .done(let failures): failures.contains { $0.command.isEssential && $0.command.key == key }
        case .unknown: false
        }
    }
}
