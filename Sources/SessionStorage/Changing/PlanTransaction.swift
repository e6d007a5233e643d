import Redis
import Sessions

/// One plan where no script may be run: the keys are watched, the conditions looked at, and the commands run only if nobody has
/// touched a key since.
struct PlanTransaction {
    let connection: RedisConnection
    let plan: ChangePlan
    /// Whether the server tells when keys end.
    let tellsExpiry: Bool

    func run() -> PlanResult {
        do throws(RedisError) {
            try watch()
            if let unmet = try unmetCondition() {
                try connection.call("UNWATCH")
                return .unmet(unmet)
            }
        } catch {
            return .refused(error)
        }
        return execute()
    }

    private func watch() throws(RedisError) {
        var seen: Set<[UInt8]> = []
        // What sessions share changes all the time, and is only told apart from them by its role.
        let own = plan.commands.filter { $0.isEssential }.map(\.key)
        let keys = (plan.conditions.map(\.key) + own).filter { seen.insert($0).inserted }
        // Nothing is to be asked about what only tidies up, as in a slot of its own.
        guard !keys.isEmpty else { return }
        try connection.call([Array("WATCH".utf8)] + keys)
    }

    private func unmetCondition() throws(RedisError) -> PlanCondition? {
        for condition in plan.conditions {
            if case .endsAt(let end) = condition.test, !tellsExpiry {
                guard try endsAbout(end, condition.key) else { return condition }
                continue
            }
            let question = ConditionQuestion(condition)
            let answer: RedisReply
            do throws(RedisError) {
                answer = try connection.call(question.words)
            } catch {
                // A key of another type is not what was read; whoever may not look is refused.
                guard case .server = error.kind else { throw error }
                return condition
            }
            if !question.isMet(by: answer) { return condition }
        }
        return nil
    }

    /// Whether a key ends at a time, as well as TIME and PTTL tell it.
    private func endsAbout(_ end: Int64, _ key: [UInt8]) throws(RedisError) -> Bool {
        let (answer, time) = try EndQuestion.timeAndLife.ask(key, on: connection)
        guard let answer, let time, answer >= 0 else { return false }
        let (difference, overflow) = end.subtractingReportingOverflow(time)
        guard !overflow else { return false }
        let tolerance = EndQuestion.tolerance
        return (-tolerance...tolerance).contains(difference.subtractingReportingOverflow(answer).partialValue)
    }

    private func execute() -> PlanResult {
        var batch = CommandBatch()
        batch.append([Array("MULTI".utf8)])
        for command in plan.commands { batch.append(command.words) }
        batch.append([Array("EXEC".utf8)])
        var replies = ReplyBatch()
        do throws(RedisError) {
            try connection.send(batch, as: "EXEC")
            try connection.receive(batch.count, into: &replies)
        } catch {
            return .unknown(error)
        }
        return result(in: replies, queued: batch.count - 1)
    }

    /// The last reply is EXEC's: an error where a command was refused, nothing where a watched key was touched.
    private func result(in replies: borrowing ReplyBatch, queued: Int) -> PlanResult {
        var index = 0
        var refusal: RedisError?
        for _ in 0..<queued {
            refusal = refusal ?? connection.failure(in: replies, at: index)
            index = replies.index(after: index)
        }
        if let error = refusal ?? connection.failure(in: replies, at: index) { return .refused(error) }
        guard let answers = replies.reply(at: index).elements else {
            return .unmet(PlanCondition(plan.key, .exists, otherwise: .changed))
        }
        let failures = zip(plan.commands, answers).compactMap { command, answer -> PlanFailure? in
            guard case .error(let message) = answer else { return nil }
            return PlanFailure(command: command, message: message)
        }
        return .done(failures)
    }
}
