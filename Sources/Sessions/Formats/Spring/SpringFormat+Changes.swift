extension SpringFormat {
    /// As the library itself does it, and in an order that leaves no hash that fails each request (session-formats, ch. 6.6, 7 and 8).
    public static func planToExpire(
        _ group: SessionGroup, _ context: ChangeContext
    ) throws(ChangeRefusal) -> ChangePlan {
        SpringChange(group, context).logout
    }

    /// By its interval, which counts from the last use: the session itself says how long it lives (ch. 5.3).
    public static func planToExpire(
        _ group: SessionGroup, at end: Int64, _ context: ChangeContext
    ) throws(ChangeRefusal) -> ChangePlan {
        guard let last = group.session.lastAccessedAt else {
            throw ChangeRefusal("lastAccessedTime is missing: its interval counts from there")
        }
        let (idle, overflow) = end.subtractingReportingOverflow(last)
        let seconds = idle / 1000 + (idle % 1000 > 0 ? 1 : 0)
        guard !overflow, (1...Int64(Int32.max)).contains(seconds) else {
            throw ChangeRefusal("from its last use to then no interval leads that is a java.lang.Integer of seconds")
        }
        return try SpringChange(group, context).timed(lastAccess: last, interval: seconds)
    }

    /// The last use becomes now, and all lives follow (ch. 15).
    public static func planToTouch(
        _ group: SessionGroup, _ context: ChangeContext
    ) throws(ChangeRefusal) -> ChangePlan {
        guard let interval = group.session.maxInactiveSeconds else {
            throw ChangeRefusal("maxInactiveInterval is missing: nothing says how long it lives")
        }
        return try SpringChange(group, context).timed(lastAccess: context.now, interval: interval)
    }
}
