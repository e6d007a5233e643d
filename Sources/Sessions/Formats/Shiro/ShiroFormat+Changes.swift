extension ShiroFormat {
    /// Refused: each use writes the session and the life of its key anew (session-formats, ch. 13).
    public static func planToExpire(
        _ group: SessionGroup, at end: Int64, _ context: ChangeContext
    ) throws(ChangeRefusal) -> ChangePlan {
        throw ChangeRefusal("the next request would extend it again: Shiro sets the life of its key at each use")
    }

    /// Refused: the last use stands inside of the stream, and `SimpleSession` ends by it whatever the life of its key is.
    public static func planToTouch(
        _ group: SessionGroup, _ context: ChangeContext
    ) throws(ChangeRefusal) -> ChangePlan {
        throw ChangeRefusal(
            "a longer life of its key does not extend it: Shiro ends it by lastAccessTime inside of its value; only a use of the "
                + "session extends it")
    }
}
