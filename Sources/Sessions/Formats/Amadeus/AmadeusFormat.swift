/// Amadeus' HttpSessionReplacer: the hash `com.amadeus.session::<namespace>:{<id>}` (session-formats, ch. 13).
public enum AmadeusFormat: SessionFormat {
    /// The word `amadeus`.
    public static let name = "amadeus"
    /// The expiration strategies.
    public static let variants = ["default", "notification", "sticky"]

    enum Field {
        static let prefix = Array("#:".utf8)
        static let creationTime = Array("#:creationTime".utf8)
        static let lastAccessed = Array("#:lastAccessed".utf8)
        static let maxInactiveInterval = Array("#:maxInactiveInterval".utf8)
        static let owner = Array("#:owner".utf8)
        static let invalidSession = Array("#:invalidSession".utf8)
        static let identity = SpringPrincipal.attributes.map { Array($0.utf8) }
        static let own = [creationTime, lastAccessed, maxInactiveInterval, owner]
        static let metadata = own + identity
    }

    /// What the name of a key says about it.
    public static func role(ofKey key: [UInt8]) -> KeyRole { AmadeusKeys.role(of: key) }

    /// The fields that say all that `list` shows.
    public static func hashFields(withPrincipal: Bool) -> [[UInt8]] {
        withPrincipal ? Field.metadata : Field.own
    }

    /// The key that expires before the session at `key`.
    public static func shadowKey(ofKey key: [UInt8]) -> [UInt8]? { AmadeusKeys.expireKey(of: key) }

    /// The keys under which a session of this id would lie.
    public static func keys(ofId id: [UInt8], namespaces: [[UInt8]]) -> [[UInt8]] {
        namespaces.map { AmadeusKeys.sessionKey(namespace: $0, id: id) }
    }

    /// The keys beside its own that exist, or should, because of `session`.
    public static func keyGroup(of session: Session) -> [GroupedKey] { AmadeusKeys.group(of: session) }

    /// Reads the session that `record` holds, or nil where it holds none of this format.
    public static func session(from record: StoredRecord, now: Int64) -> Session? {
        guard case .hash(let fields) = record.content,
            case .session(let id, let namespace) = role(ofKey: record.key)
        else { return nil }
        var session = Session(
            id: Array(record.key[id]), format: name, key: record.key, timeToLive: record.timeToLive)
        session.namespace = Array(record.key[namespace])
        session.sizeBytes = record.sizeBytes
        let own = Dictionary(fields.filter { $0.field.hasPrefix(Field.prefix) }.map { ($0.field, $0.value) }) { $1 }
        let attributes = fields.lazy.filter { !$0.field.hasPrefix(Field.prefix) }.map {
            SessionAttribute(name: $0.field, value: .stored($0.value))
        }
        readOwn(own, record.unreadFields, &session)
        session.unknownFields = own.keys.filter { !Field.own.contains($0) && $0 != Field.invalidSession }
        if let hasShadowKey = record.hasShadowKey {
            session.variant = hasShadowKey ? "notification" : own[Field.owner] == nil ? "default" : "sticky"
        }
        takePrincipal(Array(attributes), &session)
        if record.isWhole { session.addStoredPassword() }
        session.noteKeyWithoutLife(unlessIntervalIsBelow: 1)
        if record.tellsAttributes {
            session.attributes = attributes.sorted { $0.name.lexicographicallyPrecedes($1.name) }
        }
        return session
    }

    private static func takePrincipal(_ attributes: [SessionAttribute], _ session: inout Session) {
        do {
            session.principalName = try SpringPrincipal.name(in: attributes)
            session.authentication = SpringPrincipal.context(in: attributes)
        } catch {
            session.findings.append(Finding("bad-principal", "the principal cannot be read: \(error)"))
        }
    }

    /// Numbers are raw and big-endian. The flag of an invalid session is the text `1`, which its readers do not know.
    private static func readOwn(_ own: [[UInt8]: [UInt8]], _ unread: [[UInt8]], _ session: inout Session) {
        session.createdAt = number(own, unread, Field.creationTime, size: 8, &session)
        session.lastAccessedAt = number(own, unread, Field.lastAccessed, size: 8, &session)
        session.maxInactiveSeconds = number(own, unread, Field.maxInactiveInterval, size: 4, &session)
            .map { Int64(Int32(truncatingIfNeeded: $0)) }
        session.add("owner", own[Field.owner].map { EscapedName.text(of: $0) })
        session.add("invalidSession", own[Field.invalidSession].map { EscapedName.text(of: $0) })
    }

    private static func number(
        _ own: [[UInt8]: [UInt8]], _ unread: [[UInt8]], _ field: [UInt8], size: Int, _ session: inout Session
    ) -> Int64? {
        let name = String(decoding: field, as: UTF8.self)
        guard let bytes = own[field] else {
            guard !unread.contains(field) else { return nil }
            session.findings.append(Finding("missing-field", "\(name) is missing"))
            return nil
        }
        guard bytes.count == size else {
            session.findings.append(Finding("bad-field", "\(name) is not a number of \(size) bytes"))
            return nil
        }
        return bytes.reduce(Int64(0)) { $0 << 8 | Int64($1) }
    }
}
