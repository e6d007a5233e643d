extension SpringFormat {
    /// The fields of attributes that become others are written, and no others (session-formats, ch. 5.3). A removed attribute stays as an
    /// empty value, as the library leaves it, unless it is to be purged.
    public static func planToEdit(
        _ group: SessionGroup, _ edit: SessionEdit, _ context: ChangeContext
    ) throws(ChangeRefusal) -> ChangePlan {
        let attributes = try group.attributes(after: edit, encoding: encoding(of: group))
        if group.session.variant != "default" { try group.keepPrincipal(attributes) }
        return try HashEditPlan(
            group: group, attributes: attributes, tombstone: edit.purges ? nil : []
        ) { Field.attributePrefix + $0 }.plan()
    }

    /// As the library wrote the times; JSON has no header of a stream.
    private static func encoding(of group: SessionGroup) -> StoredAttributes.Encoding {
        let example = group.field(Field.creationTime) ?? group.field(Field.lastAccessedTime) ?? []
        return example.isEmpty || example.hasPrefix([0xAC, 0xED]) ? .java : .json
    }
}
