/// The changes that every format knows for its sessions, or refuses with the reason. Nothing is sent: a plan is made of what was read.
public enum SessionChanges {
    /// Logs the session out, so that its application notices and nothing of it stays behind (session-formats, ch. 15).
    public static func expire(_ group: SessionGroup, _ context: ChangeContext) throws(ChangeRefusal) -> ChangePlan {
        try format(of: group).planToExpire(group, context).sparingUse(of: group)
    }

    /// Makes the session end at `end`, in milliseconds since 1970, if nobody uses it until then.
    public static func expire(
        _ group: SessionGroup, at end: Int64, _ context: ChangeContext
    ) throws(ChangeRefusal) -> ChangePlan {
        guard end > context.now else { throw ChangeRefusal("\(RFC3339.text(milliseconds: end)) is past") }
        return try format(of: group).planToExpire(group, at: end, context).sparingUse(of: group)
    }

    /// Makes the session live as long as if it had been used now (session-formats, ch. 15).
    public static func touch(_ group: SessionGroup, _ context: ChangeContext) throws(ChangeRefusal) -> ChangePlan {
        if SessionFormats.isLoggedOut(group.session) {
            throw ChangeRefusal(
                "it was logged out: nothing can be extended, and undo takes back what was logged out from here")
        }
        if let end = group.session.expiresAt(now: context.now), end <= context.now {
            throw ChangeRefusal("it ended at \(RFC3339.text(milliseconds: end)): nothing can be extended")
        }
        return try format(of: group).planToTouch(group, context).sparingUse(of: group)
    }

    /// The same of a session that has ended: who brings it back extends it.
    package static func extend(_ group: SessionGroup, _ context: ChangeContext) throws(ChangeRefusal) -> ChangePlan {
        try format(of: group).planToTouch(group, context)
    }

    /// Changes attributes of the session, and nothing else.
    public static func edit(
        _ group: SessionGroup, _ edit: SessionEdit, _ context: ChangeContext
    ) throws(ChangeRefusal) -> ChangePlan {
        try format(of: group).planToEdit(group, edit, context)
    }

    private static func format(of group: SessionGroup) throws(ChangeRefusal) -> any SessionFormat.Type {
        guard let format = SessionFormats.format(named: group.session.format) else {
            throw ChangeRefusal("its format, \(group.session.format), is not known")
        }
        return format
    }
}
