extension RedissonFormat {
    /// The fields of attributes that become others are written in the session's codec, and no others; those of removed ones go, as the
    /// library lets them go (session-formats, ch. 10.2 to 10.5).
    public static func planToEdit(
        _ group: SessionGroup, _ edit: SessionEdit, _ context: ChangeContext
    ) throws(ChangeRefusal) -> ChangePlan {
        let isRepository = group.session.variant == RedissonHashReader.repository
        if !isRepository { try RedissonChange(group, context).refuseEnded() }
        let fields = RedissonAttributeFields(group, isRepository: isRepository)
        let attributes = try group.attributes(after: edit, encoding: try fields.encoding())
        if isRepository { try group.keepPrincipal(attributes) }
        try fields.check(attributes)
        var plan = try HashEditPlan(
            group: group, attributes: attributes, field: fields.field
        ).plan()
        if !isRepository, !context.isNonSticky, !plan.commands.isEmpty {
            plan.doubt =
                "with readMode REDIS the next request reads it; with readMode MEMORY each node of the application that has served it "
                + "goes on with the attributes that it has in its memory, and may write those again: drain or restart the nodes, "
                + "or say --non-sticky if no node keeps sessions"
        }
        return plan
    }
}

/// The fields of a hash that hold attributes, under the names that they have there.
private struct RedissonAttributeFields {
    private let group: SessionGroup
    private let prefix: [UInt8]
    /// The fields by the names of their attributes.
    private var known: [[UInt8]: [UInt8]] = [:]
    /// Whether names are encoded as values are: before 2.15.1 and 3.10.1, in JSON (ch. 10.2).
    private let encodesNames: Bool
    /// Whether two fields are one name.
    private var isAmbiguous = false

    init(_ group: SessionGroup, isRepository: Bool) {
        self.group = group
        prefix = isRepository ? RedissonFormat.Field.attributePrefix : []
        guard case .hash(let fields) = group.record.content else {
            encodesNames = false
            return
        }
        let own = fields.first { RedissonHashReader.name($0.field).hasPrefix(RedissonFormat.Field.prefix) }
        encodesNames = own?.field.first == UInt8(ascii: "\"")
        for stored in fields {
            let name = RedissonHashReader.name(stored.field)
            guard name.hasPrefix(prefix) else { continue }
            if known.updateValue(stored.field, forKey: Array(name[prefix.count...])) != nil { isAmbiguous = true }
        }
    }

    func field(_ name: [UInt8]) -> [UInt8] {
        if let field = known[name] { return field }
        return encodesNames ? JSONStyle(of: nil).quoted(prefix + name) : prefix + name
    }

    /// As the session's numbers are encoded, or as all of its attributes are; what other codecs write only they can.
    func encoding() throws(ChangeRefusal) -> StoredAttributes.Encoding {
        let hash = RedissonHash(group)
        let numbers = RedissonFormat.Field.times.lazy.compactMap { hash.stored($0)?.value }
        let codec = numbers.compactMap { RedissonCodec(number: $0) }.first
        switch codec {
        case .jdk: return .java
        case .json: return .json
        case .kryo5:
            throw ChangeRefusal("its attributes are in Redisson's Kryo5 codec, which only Redisson can write")
        case nil:
            throw ChangeRefusal(
                "its times are missing or in a codec of Redisson that is not known: its attributes can only be written in that codec"
            )
        }
    }

    /// Tomcat's manager takes each field whose name begins with `session:` for its own.
    func check(_ attributes: StoredAttributes) throws(ChangeRefusal) {
        guard !isAmbiguous else { throw ChangeRefusal("two fields of its hash are of one name, in two encodings") }
        for (name, _) in attributes.values {
            let text = EscapedName.text(of: name)
            let full = prefix + name
            guard !full.hasPrefix(RedissonFormat.Field.prefix), RedissonHashReader.name(field(name)) == full else {
                throw ChangeRefusal(
                    "an attribute of Redisson cannot have the name '\(text)': it would be read as another one")
            }
        }
    }
}
