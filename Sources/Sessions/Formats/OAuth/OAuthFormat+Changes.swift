extension OAuthFormat {
    /// Refused: eight keys belong to a token, and the name of one of them is not known (session-formats, ch. 13).
    ///
    /// `auth_to_access:` ends in an MD5 of user, client and scopes, which stand in Java objects of the application's. If it stays, the
    /// token store gives the revoked token out again at the next login.
    public static func planToExpire(
        _ group: SessionGroup, _ context: ChangeContext
    ) throws(ChangeRefusal) -> ChangePlan {
        throw ChangeRefusal(
            "which key auth_to_access: leads to this token is not known, and by that key the application would give it out again at "
                + "the next login: revoke it there (ConsumerTokenServices.revokeToken)")
    }

    /// Refused: the end stands in the token.
    public static func planToExpire(
        _ group: SessionGroup, at end: Int64, _ context: ChangeContext
    ) throws(ChangeRefusal) -> ChangePlan {
        throw ChangeRefusal(
            "its end stands inside of the token and of the sets that name it: revoke it in the application instead")
    }

    /// Refused: the end stands in the token, and clients were told of it.
    public static func planToTouch(
        _ group: SessionGroup, _ context: ChangeContext
    ) throws(ChangeRefusal) -> ChangePlan {
        throw ChangeRefusal(
            "its end stands inside of the token, and its client was told: a refresh token brings a new one, which ends later"
        )
    }
}
