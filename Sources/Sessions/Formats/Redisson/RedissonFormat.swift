/// Redisson: one hash per session, of its Tomcat manager or its `RedissonSessionRepository` for Spring Session (session-formats,
/// ch. 10 and 13).
public enum RedissonFormat: SessionFormat {
    /// The word `redisson`.
    public static let name = "redisson"
    /// Redisson's repository, and else the codecs of its Tomcat manager.
    public static let variants = [RedissonHashReader.repository] + RedissonCodec.allCases.map { $0.rawValue }

    /// The hash fields that hold the session's own values (ch. 10.2).
    enum Field {
        static let prefix = Array("session:".utf8)
        static let attributePrefix = Array("session-attr:".utf8)
        static let creationTime = Array("session:creationTime".utf8)
        static let lastAccessedTime = Array("session:lastAccessedTime".utf8)
        static let thisAccessedTime = Array("session:thisAccessedTime".utf8)
        static let maxInactiveInterval = Array("session:maxInactiveInterval".utf8)
        static let isNew = Array("session:isNew".utf8)
        static let isValid = Array("session:isValid".utf8)
        static let isExpirationLocked = Array("session:isExpirationLocked".utf8)
        static let principal = Array("session:principal".utf8)
        static let authType = Array("session:authtype".utf8)

        static let times = [creationTime, lastAccessedTime, thisAccessedTime, maxInactiveInterval]
        /// All that Redisson writes beside attributes.
        static let own = times + [isNew, isValid, isExpirationLocked, principal, authType]
        /// Attributes have bare names with Tomcat, and a prefix with the repository.
        static let identity =
            [principal, Array("principal".utf8)]
            + SpringPrincipal.attributes.map { Array($0.utf8) }
            + SpringPrincipal.attributes.map { attributePrefix + Array($0.utf8) }
        /// All that `list` shows without attributes.
        static let metadata = times + identity
    }

    /// What the name of a key says about it.
    public static func role(ofKey key: [UInt8]) -> KeyRole { RedissonKeys.role(of: key) }

    /// The fields that say all that `list` shows.
    public static func hashFields(withPrincipal: Bool) -> [[UInt8]] {
        withPrincipal ? Field.metadata : Field.times
    }

    /// The fields that hold the attributes of these names: with Tomcat they have the same names, with the repository a prefix.
    public static func hashFields(ofAttributes names: [[UInt8]], inKey key: [UInt8]) -> [[UInt8]] {
        RedissonKeys.isRepository(key) ? names.map { Field.attributePrefix + $0 } : names
    }

    /// The key that expires before the session at `key`.
    public static func shadowKey(ofKey key: [UInt8]) -> [UInt8]? { RedissonKeys.shadowKey(of: key) }

    /// The keys under which a session of this id would lie.
    public static func keys(ofId id: [UInt8], namespaces: [[UInt8]]) -> [[UInt8]] {
        RedissonKeys.keys(ofId: id, namespaces: namespaces)
    }

    /// The keys beside its own that exist, or should, because of `session`.
    public static func keyGroup(of session: Session) -> [GroupedKey] { RedissonKeys.group(of: session) }

    /// Reads the session that `record` holds, or nil where it holds none of this format.
    public static func session(from record: StoredRecord, now: Int64) -> Session? {
        guard case .hash(let fields) = record.content,
            case .session(let id, let namespace) = role(ofKey: record.key)
        else { return nil }
        var session = Session(
            id: Array(record.key[id]), format: name, key: record.key, timeToLive: record.timeToLive)
        session.namespace = namespace.isEmpty ? nil : Array(record.key[namespace])
        session.sizeBytes = record.sizeBytes
        var reader = RedissonHashReader(
            session: session, isRepository: RedissonKeys.isRepository(record.key), isWhole: record.isWhole,
            tellsAttributes: record.tellsAttributes)
        reader.unreadFields = record.unreadFields
        reader.read(fields)
        return reader.finished(now: now)
    }
}
