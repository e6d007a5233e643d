extension AmadeusFormat {
    /// The fields of attributes that become others are written as Java streams, and no others; those of removed ones go (session-formats,
    /// ch. 13).
    public static func planToEdit(
        _ group: SessionGroup, _ edit: SessionEdit, _ context: ChangeContext
    ) throws(ChangeRefusal) -> ChangePlan {
        try refuseEnded(group)
        let before = group.session.attributes ?? []
        guard before.allSatisfy({ $0.value.bytes.hasPrefix([0xAC, 0xED]) }) else {
            throw ChangeRefusal(
                "not all of its attributes are Java streams: others are written by a serializer that is not known")
        }
        let attributes = try group.attributes(after: edit, encoding: .java)
        for (name, value) in attributes.values where value != nil && name.hasPrefix(Field.prefix) {
            throw ChangeRefusal(
                "an attribute cannot have the name '\(EscapedName.text(of: name))': fields that begin with #: are the session's own"
            )
        }
        var plan = try HashEditPlan(group: group, attributes: attributes) { $0 }.plan()
        if isSticky(group, context), !plan.commands.isEmpty {
            plan.doubt =
                "the node that owns it goes on with the attributes that it has in its memory, and may write those again: drain or "
                + "restart that node, or say --non-sticky if no node keeps sessions"
        }
        return plan
    }
}
