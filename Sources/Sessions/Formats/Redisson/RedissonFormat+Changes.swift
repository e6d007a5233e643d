extension RedissonFormat {
    /// The repository's sessions get the interval 0 (session-formats, ch. 6.6 and 13).
    public static func isLoggedOut(_ session: Session) -> Bool {
        session.variant == RedissonHashReader.repository && session.maxInactiveSeconds == 0
    }

    /// Of Tomcat's manager the keys go, and what the nodes have in their memory is not known; of the repository's sessions the
    /// application hears (session-formats, ch. 10.5 and 13).
    public static func planToExpire(
        _ group: SessionGroup, _ context: ChangeContext
    ) throws(ChangeRefusal) -> ChangePlan {
        if group.session.variant == RedissonHashReader.repository {
            return RedissonRepositoryChange(group, context).logout()
        }
        return RedissonChange(group, context).logout
    }

    /// With Tomcat the nodes have the session in their memory and write its life again at each request (ch. 10.4); the repository
    /// reads the interval that the session itself holds.
    public static func planToExpire(
        _ group: SessionGroup, at end: Int64, _ context: ChangeContext
    ) throws(ChangeRefusal) -> ChangePlan {
        guard group.session.variant == RedissonHashReader.repository else {
            throw ChangeRefusal(
                "the next request would extend it again: the nodes have its interval in their memory and do not read it"
            )
        }
        guard let (last, interval) = try group.times(toEndAt: end, context) else {
            return ChangePlan(for: group.session)
        }
        return try RedissonRepositoryChange(group, context).timed(lastAccess: last, interval: interval)
    }

    /// The last use becomes now, in the codec that its numbers have, and the lives of its keys follow (ch. 10.4).
    public static func planToTouch(
        _ group: SessionGroup, _ context: ChangeContext
    ) throws(ChangeRefusal) -> ChangePlan {
        guard let interval = group.session.maxInactiveSeconds else {
            throw ChangeRefusal(
                "session:maxInactiveInterval is missing or in a codec that is not known: nothing says how long it lives, "
                    + "and a longer life of the key alone does not extend it")
        }
        if group.session.variant == RedissonHashReader.repository {
            return try RedissonRepositoryChange(group, context).timed(lastAccess: context.now, interval: interval)
        }
        return try RedissonChange(group, context).touch(interval: interval)
    }
}
