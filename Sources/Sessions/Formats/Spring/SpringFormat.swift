/// Spring Session: one hash per session, `<namespace>:sessions:<id>` (session-formats, ch. 5 to 7).
public enum SpringFormat: SessionFormat {
    /// The word `spring`.
    public static let name = "spring"
    /// The repositories that leave different keys behind.
    public static let variants = ["default", "indexed", "reactive-indexed"]

    /// The hash fields that hold the session's own values (ch. 5.3).
    public enum Field {
        /// Milliseconds since 1970, a `java.lang.Long`.
        public static let creationTime = Array("creationTime".utf8)
        /// Milliseconds since 1970, a `java.lang.Long`.
        public static let lastAccessedTime = Array("lastAccessedTime".utf8)
        /// Seconds, a `java.lang.Integer`; negative for never.
        public static let maxInactiveInterval = Array("maxInactiveInterval".utf8)
        /// Stands before the name of an attribute.
        public static let attributePrefix = Array("sessionAttr:".utf8)
        /// The attribute that names the principal, with its prefix (ch. 5.4).
        public static let principal = attributePrefix + Array(SpringPrincipal.indexAttribute.utf8)
        /// The same of the reactive repository (ch. 8).
        public static let reactivePrincipal = attributePrefix + Array(SpringPrincipal.reactiveIndexAttribute.utf8)
        /// The attribute that holds Spring Security's context, with its prefix.
        public static let securityContext = attributePrefix + Array(SpringPrincipal.contextAttribute.utf8)

        /// All that `list` shows without attributes.
        public static let metadata = [
            creationTime, lastAccessedTime, maxInactiveInterval, principal, securityContext, reactivePrincipal,
        ]
    }

    /// What the name of a key says about it (ch. 6.1 and 8).
    public static func role(ofKey key: [UInt8]) -> KeyRole { SpringKeys.role(of: key) }

    /// The key that an indexed repository keeps beside the session at `key`, or nil where `key` is no session's.
    public static func shadowKey(ofKey key: [UInt8]) -> [UInt8]? {
        guard case .session(let id, let namespace) = role(ofKey: key) else { return nil }
        return SpringKeys.shadowKey(namespace: key[namespace], id: key[id])
    }

    /// The key that a reactive indexed repository keeps beside the session of a user at `key`, or nil where `key` is no
    /// session's (ch. 8).
    public static func indexKey(ofKey key: [UInt8]) -> [UInt8]? {
        guard case .session = role(ofKey: key) else { return nil }
        return SpringKeys.indexKey(ofSession: key)
    }

    /// The key of the session `id` in `namespace`.
    public static func key(namespace: [UInt8], id: [UInt8]) -> [UInt8] {
        SpringKeys.sessionKey(namespace: namespace, id: id)
    }

    /// Reads the session that `record` holds, or nil where it holds none of this format.
    public static func session(from record: StoredRecord, now: Int64) -> Session? {
        guard case .hash(let fields) = record.content, let (id, namespace) = SpringKeys.place(ofHash: record.key) else {
            return nil
        }
        var reader = SpringHashReader(
            session: Session(
                id: Array(record.key[id]), format: name, key: record.key, timeToLive: record.timeToLive),
            tellsAttributes: record.tellsAttributes, now: now)
        reader.read(fields)
        reader.take(unread: record.unreadFields)
        guard reader.isSession else { return nil }
        let isReactive = reader.isReactive
        var session = reader.finished()
        session.namespace = Array(record.key[namespace])
        session.sizeBytes = record.sizeBytes
        session.variant = variant(of: session, record, now: now)
        if session.variant == "indexed", isReactive || record.hasIndexKey == true {
            session.variant = "reactive-indexed"
        }
        SpringFindings(record: record, now: now).add(to: &session)
        return session
    }

    /// An indexed repository, of servlets or reactive, keeps the hash 300 s longer than the interval and a shadow key beside it (ch. 5.1).
    private static func variant(of session: Session, _ record: StoredRecord, now: Int64) -> String? {
        guard let hasShadowKey = record.hasShadowKey else { return nil }
        if hasShadowKey || record.hasIndexKey == true { return "indexed" }
        // Sessions that never end: some versions of the indexed repository delete the shadow key at once and leave the hash
        // about 300 s, the default repository leaves nothing (ch. 6.2, 6.3 and 7).
        if let interval = session.maxInactiveSeconds, interval < 0, case .milliseconds = record.timeToLive {
            return "indexed"
        }
        // What the indexed repository leaves of a session that was logged out (ch. 6.6); of others nothing is left.
        if session.maxInactiveSeconds == 0 { return "indexed" }
        guard case .milliseconds(let left) = record.timeToLive, let end = session.expiresAt(now: now) else {
            return "default"
        }
        let (remaining, first) = end.subtractingReportingOverflow(now)
        let (surplus, second) = left.subtractingReportingOverflow(remaining)
        return !first && !second && surplus > 150_000 && surplus <= 360_000 ? "indexed" : "default"
    }
}
