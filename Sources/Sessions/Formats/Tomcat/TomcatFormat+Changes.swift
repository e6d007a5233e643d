extension TomcatFormat {
    /// Only the absence of its key ends a session (session-formats, ch. 3.3 and 3.5), unless a node has it in its memory (ch. 4, 12.1 and
    /// 12.2).
    public static func planToExpire(
        _ group: SessionGroup, _ context: ChangeContext
    ) throws(ChangeRefusal) -> ChangePlan {
        var plan = planToRemove(group)
        guard !context.isNonSticky, !isPlaceholder(group) else { return plan }
        switch group.session.variant.flatMap({ TomcatFraming(rawValue: $0) }) {
        case .ranjit:
            plan.doubt =
                "its key is gone, but in sticky mode (lb.sticky-session.enabled) the node that owns it has it in its memory and "
                + "writes it again: drain or restart that node, or say --non-sticky if the mode is off"
        case .raw:
            plan.doubt =
                "its key is gone, but a node that has loaded it has it in its memory and may write it again: drain or restart "
                + "that node, or say --non-sticky if no node keeps sessions"
        case .jcoleman, .jcoleman1, .dotcms, nil: break
        }
        return plan
    }

    /// Refused: each request sets the life of its key anew.
    public static func planToExpire(
        _ group: SessionGroup, at end: Int64, _ context: ChangeContext
    ) throws(ChangeRefusal) -> ChangePlan {
        throw ChangeRefusal(
            "the next request would extend it again: the application's manager sets the life of its key at each request"
        )
    }

    /// The life of its key becomes the interval, as after a request (ch. 3.2, 4, 12.3 and 15).
    public static func planToTouch(
        _ group: SessionGroup, _ context: ChangeContext
    ) throws(ChangeRefusal) -> ChangePlan {
        guard !isPlaceholder(group) else {
            throw ChangeRefusal(
                "it is the placeholder of an id that was reserved and never saved: there is nothing to extend")
        }
        guard group.session.endsWithItsKey else {
            throw ChangeRefusal(
                "a longer life of its key does not extend it: Tomcat ends it by the time of the last use inside of its value"
            )
        }
        var plan = try planToExtendKey(group)
        if group.session.variant == TomcatFraming.ranjit.rawValue, !context.isNonSticky {
            plan.doubt =
                "in sticky mode (lb.sticky-session.enabled) the node that owns it goes by what it has in its memory, and sets the "
                + "life of the key again: say --non-sticky if the mode is off"
        }
        return plan
    }

    private static func isPlaceholder(_ group: SessionGroup) -> Bool {
        guard case .string(let value) = group.record.content else { return false }
        return value == placeholder
    }
}
