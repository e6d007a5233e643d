/// memcached-session-manager in Redis: a binary frame per session, and with non-sticky sessions a key of times (session-formats,
/// ch. 11).
public enum MemcachedFormat: SessionFormat {
    /// The word `memcached`.
    public static let name = "memcached"
    /// Whether sessions stay with one Tomcat.
    public static let variants = ["sticky", "non-sticky"]

    private static let validity = Array("validity:".utf8)
    private static let lock = Array("lock:".utf8)
    /// What a skipped save leaves where the session is gone.
    static let ping: [UInt8] = [1]

    /// The session's own key is the bare id, or a prefix, `_` and the id.
    public static func role(ofKey key: [UInt8]) -> KeyRole {
        for (word, role) in [(validity, GroupedKey.Role.validity), (lock, .lock)] {
            guard key.hasPrefix(word), holdsId(key[word.count...]) else { continue }
            return .auxiliary(role.rawValue)
        }
        return .undecided
    }

    /// Locks have many owners: one of ours ends with an id of Tomcat's, behind a prefix and `_` perhaps.
    private static func holdsId(_ name: ArraySlice<UInt8>) -> Bool {
        if TomcatId.looksLikeOne(name) { return true }
        var rest = name
        // Prefix and route may have underscores as well, but not many.
        for _ in 0..<8 {
            guard let underscore = rest.lastIndex(of: UInt8(ascii: "_")) else { return false }
            if TomcatId.looksLikeOne(name[(underscore + 1)...]) { return true }
            rest = rest[..<underscore]
        }
        return false
    }

    /// The other keys that have to be read for `session`.
    public static func companionKeys(of session: Session, _ record: StoredRecord) -> [[UInt8]] {
        [validity + session.key]
    }

    /// The keys beside its own that exist, or should, because of `session`.
    public static func keyGroup(of session: Session) -> [GroupedKey] {
        [
            GroupedKey(key: validity + session.key, role: .validity, isExpected: session.variant == "non-sticky"),
            GroupedKey(key: lock + session.key, role: .lock, isExpected: false),
        ]
    }

    /// Reads the session that `record` holds, or nil where it holds none of this format.
    public static func session(from record: StoredRecord, now: Int64) -> Session? {
        guard case .string(let value) = record.content else { return nil }
        if value == ping, TomcatId.looksLikeOne(record.key) { return pinged(record) }
        guard var frame = MemcachedFrame(value), let prefix = frame.prefix(of: record.key) else { return nil }
        var session = Session(id: frame.id, format: name, key: record.key, timeToLive: record.timeToLive)
        session.namespace = prefix.isEmpty ? nil : prefix
        session.sizeBytes = record.sizeBytes
        frame.fill(&session, isWhole: record.isWhole)
        apply(record.companions, to: &session)
        session.place(storedId: nil)
        session.noteKeyWithoutLife(unlessIntervalIsBelow: 1)
        return session
    }

    /// The session of a frame that was found without its key.
    static func session(from frame: MemcachedFrame) -> Session {
        var frame = frame
        var session = Session(id: frame.id, format: name, key: [], timeToLive: .unknown)
        frame.fill(&session, isWhole: true)
        session.place(storedId: nil)
        return session
    }

    private static func pinged(_ record: StoredRecord) -> Session {
        var session = Session(id: record.key, format: name, key: record.key, timeToLive: record.timeToLive)
        session.sizeBytes = record.sizeBytes
        session.attributes = record.isWhole ? [] : nil
        session.findings.append(
            Finding("lost-session", "the value is the byte 01, by which a node asked for a session that is gone"))
        return session
    }

    /// The times of non-sticky sessions, which are newer than those of the frame.
    private static func apply(_ companions: [StoredCompanion]?, to session: inout Session) {
        guard let companions else { return }
        guard let bytes = companions.first(where: { $0.key == validity + session.key })?.bytes else {
            session.variant = "sticky"
            return
        }
        session.variant = "non-sticky"
        var cursor = ByteCursor(bytes)
        guard bytes.count == 20, let interval = cursor.int32(), let last = cursor.int64(), let this = cursor.int64()
        else {
            session.findings.append(Finding("bad-field", "the times under validity: are not 20 bytes"))
            return
        }
        session.maxInactiveSeconds = Int64(interval)
        session.lastAccessedAt = this
        session.add("validity.lastAccessedTime", String(last))
        session.add("validity.thisAccessedTime", String(this))
    }
}
