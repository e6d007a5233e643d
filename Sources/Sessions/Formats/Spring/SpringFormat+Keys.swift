extension SpringFormat {
    // Asked for with every key: made once.
    private static let times = Array(Field.metadata.prefix(3))

    /// The fields that say all that `list` shows.
    public static func hashFields(withPrincipal: Bool) -> [[UInt8]] {
        withPrincipal ? Field.metadata : times
    }

    /// The fields that hold the attributes of these names.
    public static func hashFields(ofAttributes names: [[UInt8]], inKey key: [UInt8]) -> [[UInt8]] {
        names.map { Field.attributePrefix + $0 }
    }

    /// The keys under which a session of this id would lie.
    public static func keys(ofId id: [UInt8], namespaces: [[UInt8]]) -> [[UInt8]] {
        namespaces.map { key(namespace: $0, id: id) }
    }

    /// Whether a hash at `key` may be a session although the name is one of another key, such as `…:sessions:expires:x`, or has
    /// no id or namespace.
    package static func mayHoldSession(_ key: [UInt8]) -> Bool { SpringKeys.place(ofHash: key) != nil }

    /// Whether `key` is the shadow key of a session whose id is a UUID, as Spring Session makes them. Every indexed session has one, and
    /// an application that makes such a string the id of a session there is none.
    package static func isUsualShadowKey(_ key: [UInt8]) -> Bool { SpringKeys.isShadowKeyOfUUID(key) }

    /// The keys that indexed repositories, of servlets and reactive, keep beside the session in the hash at `key`, whatever its
    /// name looks like; nil where no session can be there.
    package static func keysBeside(hash key: [UInt8]) -> (shadow: [UInt8], index: [UInt8])? {
        guard let (id, namespace) = SpringKeys.place(ofHash: key) else { return nil }
        return (SpringKeys.shadowKey(namespace: key[namespace], id: key[id]), SpringKeys.indexKey(ofSession: key))
    }

    /// The keys beside its own that exist, or should, because of `session`.
    public static func keyGroup(of session: Session) -> [GroupedKey] {
        guard let namespace = session.namespace else { return [] }
        return SpringKeyGroup(namespace: namespace, session: session).keys
    }
}
