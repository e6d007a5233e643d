/// The commands that change a session of Redisson's Tomcat manager (session-formats, ch. 10.4 and 10.5).
struct RedissonChange {
    let group: SessionGroup
    let context: ChangeContext
    private let hash: RedissonHash

    init(_ group: SessionGroup, _ context: ChangeContext) {
        self.group = group
        self.context = context
        hash = RedissonHash(group)
    }

    private typealias Field = RedissonFormat.Field

    /// How much longer than the interval the hash lives, in milliseconds.
    private static let margin: Int64 = 60_000

    /// The keys go; but every node that has served the session has it in its memory, and looks there first.
    var logout: ChangePlan {
        var plan = ChangePlan(for: group.session, conditions: hash.isAsRead)
        plan.commands = [PlannedCommand("UNLINK", hash.key, role: .session)] + group.removals
        plan.result = [PlanCondition(hash.key, .missing, otherwise: .changed)]
        plan.doubt =
            "its keys are gone, but each node of the application that has served it has it in its memory, and a request there "
            + "goes on with it and writes a part of it back: let the application invalidate it, or drain or restart the nodes; "
            + "with readMode REDIS its attributes are gone, and with them logins that are kept in attributes"
        return plan
    }

    func touch(interval: Int64) throws(ChangeRefusal) -> ChangePlan {
        try refuseEnded()
        let times = [Field.lastAccessedTime, Field.thisAccessedTime].map { ($0, context.now) }
        var plan = ChangePlan(for: group.session, conditions: hash.isAsRead)
        try hash.set(times, in: &plan)
        if interval >= 0 {
            let life = try interval.secondsAsLife()
            let margin = marginIsUsual(life) ? Self.margin : 0
            plan.extend(group.record, to: life + margin)
        }
        return plan
    }

    /// Throws where the application takes the session for ended, or it is what is left of one.
    func refuseEnded() throws(ChangeRefusal) {
        guard group.session.createdAt != nil else {
            throw ChangeRefusal(
                "session:creationTime is missing: it is what a node has left of a session that was deleted")
        }
        if has("isValid", "false") { throw ChangeRefusal("session:isValid is false: Tomcat takes it for ended") }
        if has("isExpirationLocked", "true") {
            throw ChangeRefusal("session:isExpirationLocked is true: the application is about to end it")
        }
    }

    private func has(_ detail: String, _ value: String) -> Bool {
        group.session.details.contains(SessionDetail(detail, value))
    }

    /// Versions before 2.15.1 and 3.10.1 give the key the interval and no more (ch. 10.4). What is left of its life and the time since
    /// the last use, which is when the life was set, tell together which it was.
    private func marginIsUsual(_ life: Int64) -> Bool {
        guard case .milliseconds(let left) = group.record.timeToLive, let last = group.session.lastAccessedAt else {
            return true
        }
        let (idle, first) = context.now.subtractingReportingOverflow(last)
        let (given, second) = left.addingReportingOverflow(idle)
        let (surplus, third) = given.subtractingReportingOverflow(life)
        return first || second || third || !(-Self.margin / 2..<Self.margin / 2).contains(surplus)
    }
}
