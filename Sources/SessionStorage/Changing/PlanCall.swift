import Redis
import Sessions

/// A plan as a call of a script.
final class PlanCall: Sendable {
    let plan: ChangePlan
    let questions: [PlanQuestion]
    /// Every key that is looked at or written, each once.
    let keys: [[UInt8]]
    /// What plans with the same script have in common.
    let shape: [UInt8]

    init(_ plan: ChangePlan) {
        self.plan = plan
        questions = PlanQuestion.all(of: plan.conditions)
        var keys: [[UInt8]] = []
        // They are few, and mostly the one before: to compare them costs less than to hash them.
        for question in questions where !keys.contains(question.condition.key) { keys.append(question.condition.key) }
        for command in plan.commands where !keys.contains(command.key) { keys.append(command.key) }
        self.keys = keys
        shape = Self.shape(of: plan, questions, keys)
    }

    /// The place of a key among the script's, from 1.
    func place(of key: [UInt8]) -> Int { Self.place(of: key, in: keys) }

    private static func place(of key: [UInt8], in keys: [[UInt8]]) -> Int { (keys.firstIndex(of: key) ?? 0) + 1 }

    /// Servers before Redis 5 let a script write after it has asked for a life, or for all of a hash, whose fields have no order, only if it
    /// says so first.
    var readsWhatVaries: Bool {
        plan.conditions.contains { condition in
            switch condition.test {
            case .lifeAtMost, .lifeIsEndless, .endsAt, .hashDigest: true
            default: false
            }
        }
    }

    private static func shape(of plan: ChangePlan, _ questions: [PlanQuestion], _ keys: [[UInt8]]) -> [UInt8] {
        var shape: [UInt8] = []
        shape.reserveCapacity(128)
        for question in questions {
            shape.append(question.shape)
            shape.append(UInt8(clamping: question.place))
            shape.append(UInt8(clamping: place(of: question.condition.key, in: keys)))
        }
        for command in plan.commands {
            shape.append(0)
            shape.append(command.isEssential ? 1 : 0)
            shape.append(UInt8(clamping: place(of: command.key, in: keys)))
            shape += command.words[0]
            shape.append(0)
            for shift in [16, 8, 0] { shape.append(UInt8(truncatingIfNeeded: command.arguments.count >> shift)) }
        }
        return shape
    }

    /// Appends the call of `script`: by its digest, or, for a server that lost it, by its text.
    func append(_ script: PlanScript, byText: Bool, to batch: inout CommandBatch) {
        let arguments = questions.map(\.arguments)
        let count = arguments.reduce(0) { $0 + $1.count } + plan.commands.reduce(0) { $0 + $1.arguments.count }
        batch.begin(3 + keys.count + count)
        if byText { batch.add("EVAL") } else { batch.add("EVALSHA") }
        batch.add(byText ? script.text : script.digest)
        batch.add(keys.count)
        for key in keys { batch.add(key) }
        for argument in arguments.joined() { batch.add(argument) }
        for command in plan.commands { for argument in command.arguments { batch.add(argument) } }
    }

    /// What the answer says; nil where it is none of the script's.
    func result(_ answer: RedisReply) -> PlanResult? {
        guard let elements = answer.elements, let first = elements.first?.integer else { return nil }
        guard first == 0 else { return unmet(first, isGone: elements.last?.integer == 0) }
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

    /// A field of a key that is gone is no field that somebody has written.
    private func unmet(_ place: Int64, isGone: Bool) -> PlanResult? {
        guard plan.conditions.indices.contains(Int(place) - 1) else { return nil }
        let condition = plan.conditions[Int(place) - 1]
        let absence = plan.conditions.first { isGone && $0.key == condition.key && $0.test == .exists }
        return .unmet(absence ?? condition)
    }
}
