import Redis
import Sessions

// How what takes sessions back is sent.
extension UndoBatch {
    /// Plans that are sent before their answers are waited for, and the bytes after which no more are: so much the system takes at once, so that
    /// nobody waits to send while answers lie there unread. Of no more it is unknown whether they are done where the program is killed.
    private static let atOnce = (plans: 32, bytes: 64 << 10)

    /// Runs plans, and tells of those that are answered while others are waited for. Where somebody wants to stop, the last ones have no answer.
    mutating func answers(to planned: [Planned], _ course: Course) throws(StorageError) -> [PlanResult] {
        let note = course.note
        var results: [PlanResult] = []
        while results.count < planned.count, course.goesOn() {
            let answered = results
            let tell: PlanExecution.Noting = { results in
                note(zip(planned, answered + results).filter { $1.isWhole }.map { $0.0.place }, true)
            }
            let rest = planned[results.count...].map(\.plan)
            do throws(RedisError) {
                results += try execution.run(Self.first(of: rest), noting: tell)
                tell(Array(results[answered.count...]))
                // Of the others nothing was sent.
                if let lost = results.lazy.compactMap(\.loss).first {
                    results += planned[results.count...].map { _ in .refused(lost) }
                }
            } catch {
                guard !answered.isEmpty else { throw .redis(error) }
                results += rest.map { _ in .refused(error) }
            }
        }
        return results
    }

    /// Those that are sent at once.
    private static func first(of plans: [ChangePlan]) -> [ChangePlan] {
        var bytes = 0
        let count = plans.prefix(atOnce.plans).prefix { plan in
            defer { bytes += plan.commands.reduce(0) { $1.arguments.reduce($0) { $0 + $1.count } } }
            return bytes == 0 || bytes < atOnce.bytes
        }.count
        return Array(plans.prefix(max(1, count)))
    }

    /// Those whose answers were lost are there again, or nobody knows. None is done twice: what was taken back, and was then ended by its user, looks
    /// as it did before.
    func lookAgain(_ lost: [Planned], _ kept: [KeptSession], _ times: Times, _ outcomes: inout [Outcome]) {
        guard let found = try? recorder.current(of: lost.flatMap({ kept[$0.place].states })) else { return }
        var current = found[...]
        for (place, plan) in lost {
            let states = Array(current.prefix(kept[place].states.count))
            current = current.dropFirst(states.count)
            if plan.makesItsKey, kept[place].isBack(in: states) {
                outcomes[place] = .restored
            } else if case .isAsItWas = decision(place, kept, states, nil, times) {
                outcomes[place] = .restored
            }
        }
    }
}

extension ChangePlan {
    /// Whether it was to be run only where the session's key was not there.
    fileprivate var makesItsKey: Bool { conditions.contains { $0.key == key && $0.test == .missing } }
}

extension KeptSession {
    /// Whether all keys that are the session's alone are there: whatever it is by now, a later end is another.
    fileprivate func isBack(in current: [CurrentState]) -> Bool {
        zip(states, current).allSatisfy { !$0.isOwn || $0.content == .missing || $1.isThere }
    }
}
