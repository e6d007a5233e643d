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
}
