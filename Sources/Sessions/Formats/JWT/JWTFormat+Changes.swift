extension JWTFormat {
    /// Entry, refresh token and place in the index go; what is not the token's alone stays (session-formats, ch. 17.3, "Expire now").
    public static func planToExpire(
        _ group: SessionGroup, _ context: ChangeContext
    ) throws(ChangeRefusal) -> ChangePlan {
        var plan = planToRemove(group)
        if group.session.variant == nil {
            plan.doubt =
                "its key is gone, but the token itself stays valid up to its exp wherever only its signature is checked: put it on "
                + "the application's deny-list as well"
        }
        return plan
    }

    /// Refused: the token tells its end.
    public static func planToExpire(
        _ group: SessionGroup, at end: Int64, _ context: ChangeContext
    ) throws(ChangeRefusal) -> ChangePlan {
        throw ChangeRefusal(
            "the end of a token stands in it, and is signed: it can only be revoked, when the time has come")
    }

    /// Refused: the token tells its end.
    public static func planToTouch(
        _ group: SessionGroup, _ context: ChangeContext
    ) throws(ChangeRefusal) -> ChangePlan {
        throw ChangeRefusal(
            group.session.variant == nil
                ? "its end, exp, is signed: only the issuer of the token gives out one that ends later"
                : "its life is that of its token, whose end is signed: only the issuer gives out one that ends later")
    }
}
