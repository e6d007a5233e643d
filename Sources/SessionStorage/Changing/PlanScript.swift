package import Redis
package import Sessions

/// The one script by which plans are run: conditions first, then the commands, in one step of the server.
///
/// It is the same for every change, so it is loaded once, and what is run is what the plan says.
package enum PlanScript {
    /// Answers `{n}` where the n-th condition is not met, else `{0, place, error, …}` with the errors of commands by their place. A
    /// command that is essential ends it by its error.
    package static let text = """
        if redis.replicate_commands then redis.replicate_commands() end
        local i = 2
        for c = 1, ARGV[1] do
          local how, want, last = ARGV[i], ARGV[i + 1], i + 2 + ARGV[i + 2]
          local got = redis.pcall(unpack(ARGV, i + 3, last))
          i = last + 1
          local met = false
          if type(got) == 'table' then met = false
          elseif how == '=' then met = got and tostring(got) == want
          elseif how == '-' then met = not got
          elseif how == 's' then met = got and redis.sha1hex(got) == want
          elseif how == '<' then met = got >= 0 and got <= tonumber(want)
          end
          if not met then return {c} end
        end
        local answer = {0}
        local count = ARGV[i]
        i = i + 1
        for c = 1, count do
          local essential, last = ARGV[i], i + 1 + ARGV[i + 1]
          local got = redis.pcall(unpack(ARGV, i + 2, last))
          i = last + 1
          if type(got) == 'table' and got.err then
            answer[#answer + 1] = c
            answer[#answer + 1] = got.err
            if essential == '1' then break end
          end
        end
        return answer
        """

    /// By what the server knows it.
    static let digest = SHA1.hexadecimal(of: Array(text.utf8))

    /// Words that one command of a script may have: Lua takes no more at once.
    static let mostWords = 4000

    /// Appends the call for `plan`: by the digest, or, for a server that lost it, by the text.
    package static func append(_ plan: ChangePlan, byText: Bool = false, to batch: inout CommandBatch) {
        let keys = keys(of: plan)
        let questions = plan.conditions.map { ConditionQuestion($0) }
        let words =
            2 + questions.reduce(0) { $0 + 3 + $1.words.count } + plan.commands.reduce(0) { $0 + 2 + $1.words.count }
        batch.begin(3 + keys.count + words)
        if byText { batch.add("EVAL") } else { batch.add("EVALSHA") }
        batch.add(byText ? Array(text.utf8) : digest)
        batch.add(keys.count)
        for key in keys { batch.add(key) }
        batch.add(questions.count)
        for question in questions {
            batch.add(Array(question.comparison.rawValue.utf8))
            batch.add(question.wanted)
            batch.add(question.words.count)
            for word in question.words { batch.add(word) }
        }
        batch.add(plan.commands.count)
        for command in plan.commands {
            batch.add(command.isEssential ? 1 : 0)
            batch.add(command.words.count)
            for word in command.words { batch.add(word) }
        }
    }

    private static func keys(of plan: ChangePlan) -> [[UInt8]] {
        var seen: Set<[UInt8]> = []
        return (plan.conditions.map(\.key) + plan.commands.map(\.key)).filter { seen.insert($0).inserted }
    }

    /// What the answer says of `plan`; nil where it is none of the script's.
    static func result(of plan: ChangePlan, _ answer: RedisReply) -> PlanResult? {
        guard let elements = answer.elements, let first = elements.first?.integer else { return nil }
        if first > 0 {
            guard first <= plan.conditions.count else { return nil }
            return .unmet(plan.conditions[Int(first) - 1])
        }
        var failures: [PlanFailure] = []
        for index in stride(from: 1, to: elements.count - 1, by: 2) {
            guard let place = elements[index].integer, plan.commands.indices.contains(Int(place) - 1) else {
                return nil
            }
            let message = elements[index + 1].bytes.map { String(decoding: $0, as: UTF8.self) } ?? ""
            failures.append(PlanFailure(command: plan.commands[Int(place) - 1], message: message))
        }
        return .done(failures)
    }
}

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
}

/// A command of a plan that failed.
package struct PlanFailure: Sendable, Hashable {
    /// The command.
    package let command: PlannedCommand
    /// The server's words.
    package let message: String
}
