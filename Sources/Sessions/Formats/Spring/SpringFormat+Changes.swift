extension SpringFormat {
    /// Times and the principal tell all.
    public static var plansByFields: Bool { true }

    /// Its interval is 0: every look-up finds it ended (session-formats, ch. 6.6).
    public static func isLoggedOut(_ session: Session) -> Bool { session.maxInactiveSeconds == 0 }

    /// As the library itself does it, and in an order that leaves no hash that fails each request (session-formats, ch. 6.6, 7 and 8).
    public static func planToExpire(
        _ group: SessionGroup, _ context: ChangeContext
    ) throws(ChangeRefusal) -> ChangePlan {
        SpringChange(group, context).logout()
    }

    /// By its interval, which counts from the last use: the session itself says how long it lives (ch. 5.3).
    public static func planToExpire(
        _ group: SessionGroup, at end: Int64, _ context: ChangeContext
    ) throws(ChangeRefusal) -> ChangePlan {
        guard let (last, interval) = try group.times(toEndAt: end, context) else {
            return ChangePlan(for: group.session)
        }
        return try SpringChange(group, context).timed(lastAccess: last, interval: interval)
    }

    /// The last use becomes now, and all lives follow (ch. 15).
    public static func planToTouch(
        _ group: SessionGroup, _ context: ChangeContext
    ) throws(ChangeRefusal) -> ChangePlan {
        guard let interval = group.session.maxInactiveSeconds else {
            throw SpringChange(group, context).unknownTime(Field.maxInactiveInterval)
        }
        return try SpringChange(group, context).timed(lastAccess: context.now, interval: interval)
    }
}
