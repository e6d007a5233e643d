/// zinin's tomcat-redis-session: many keys per session, `session:<id>:…` (session-formats, ch. 12.5).
///
/// The one with the creation time stands for the session.
public enum ZininFormat: SessionFormat {
    /// The word `zinin`.
    public static let name = "zinin"

    static let start = Array("session:".utf8)
    private static let creationTime = Array(":creation_time".utf8)
    static let lastAccessTime = Array(":last_access_time".utf8)
    static let expireAt = Array(":expire_at".utf8)
    private static let timeout = Array(":timeout".utf8)
    private static let attributeNames = Array(":attrs".utf8)
    private static let attribute = Array(":attrs:".utf8)

    /// What the name of a key says about it; the creation time's says nothing, as it is a string to be looked at.
    public static func role(ofKey key: [UInt8]) -> KeyRole {
        guard let end = endOfId(in: key) else { return .undecided }
        let rest = Array(key[end...])
        if rest == lastAccessTime || rest == expireAt || rest == timeout {
            return .auxiliary(GroupedKey.Role.time.rawValue)
        }
        if rest == attributeNames { return .auxiliary(GroupedKey.Role.attributeNames.rawValue) }
        return rest.hasPrefix(attribute) ? .auxiliary(GroupedKey.Role.attribute.rawValue) : .undecided
    }

    /// The end of the id of Tomcat's that stands behind `session:`.
    private static func endOfId(in key: [UInt8]) -> Int? {
        guard key.hasPrefix(start), let end = key[start.count...].firstIndex(of: UInt8(ascii: ":")),
            TomcatId.looksLikeOne(key[start.count..<end])
        else { return nil }
        return end
    }

    /// The keys under which a session of this id would lie.
    public static func keys(ofId id: [UInt8], namespaces: [[UInt8]]) -> [[UInt8]] { [start + id + creationTime] }

    /// The other keys that have to be read for `session`.
    public static func companionKeys(of session: Session, _ record: StoredRecord) -> [[UInt8]] {
        let base = start + session.id
        var keys = [base + lastAccessTime, base + timeout, base + expireAt]
        guard record.isWhole else { return keys }
        keys.append(base + attributeNames)
        return keys + names(in: record.companions ?? [], base).map { base + attribute + $0 }
    }

    private static func names(in companions: [StoredCompanion], _ base: [UInt8]) -> [[UInt8]] {
        guard case .members(let names)? = companions.first(where: { $0.key == base + attributeNames })?.content else {
            return []
        }
        return names.sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// The keys beside its own that exist, or should, because of `session`.
    public static func keyGroup(of session: Session) -> [GroupedKey] {
        let base = start + session.id
        let times = [lastAccessTime, timeout, expireAt].map { GroupedKey(key: base + $0, role: .time) }
        let names = session.attributes?.map(\.name) ?? []
        return times
            + [
                GroupedKey(
                    key: base + attributeNames, role: .attributeNames, isExpected: !names.isEmpty)
            ]
            + names.map { GroupedKey(key: base + attribute + $0, role: .attribute) }
            + [GroupedKey(key: Array("sessions".utf8), role: .sessionIds, members: [session.id])]
    }

    /// Reads the session that `record` holds, or nil where it holds none of this format.
    public static func session(from record: StoredRecord, now: Int64) -> Session? {
        guard case .string(let value) = record.content, let end = endOfId(in: record.key),
            record.key[end...].elementsEqual(creationTime), let created = number(value)
        else { return nil }
        var session = Session(
            id: Array(record.key[start.count..<end]), format: name, key: record.key, timeToLive: record.timeToLive)
        session.createdAt = created
        if let companions = record.companions { read(companions, isWhole: record.isWhole, &session) }
        if session.attributes != nil {
            session.sizeBytes = record.sizeBytes.map { $0 + size(of: record.companions ?? []) }
        }
        return session
    }

    private static func number(_ bytes: [UInt8]) -> Int64? {
        bytes.count > 20 ? nil : Int64(String(decoding: bytes, as: UTF8.self))
    }

    private static func size(of companions: [StoredCompanion]) -> Int {
        companions.reduce(0) { $0 + ($1.bytes?.count ?? 0) }
    }

    /// The last access has a life of one interval, all else of two; without its end the session cannot be used.
    private static func read(_ companions: [StoredCompanion], isWhole: Bool, _ session: inout Session) {
        let base = start + session.id
        let values = Dictionary(companions.map { ($0.key, $0) }) { $1 }
        session.lastAccessedAt = values[base + lastAccessTime]?.bytes.flatMap { number($0) }
        session.maxInactiveSeconds = values[base + timeout]?.bytes.flatMap { number($0) }
        let end = values[base + expireAt]?.bytes.flatMap { number($0) }
        session.add("expireAtTime", end.map { String($0) })
        if end == nil {
            session.findings.append(Finding("missing-field", "expire_at is missing: the session cannot be used"))
        }
        guard isWhole else { return }
        var attributes: [SessionAttribute] = []
        for name in names(in: companions, base) {
            guard let bytes = values[base + attribute + name]?.bytes else {
                session.findings.append(
                    Finding("missing-attribute", "attribute '\(EscapedName.text(of: name))' is named and not there"))
                continue
            }
            attributes.append(SessionAttribute(name: name, value: .stored(bytes)))
        }
        session.attributes = attributes
        takePrincipal(attributes, &session)
        session.addStoredPassword()
    }

    private static func takePrincipal(_ attributes: [SessionAttribute], _ session: inout Session) {
        do {
            session.principalName = try SpringPrincipal.name(in: attributes)
            session.authentication = SpringPrincipal.context(in: attributes)
        } catch {
            session.findings.append(Finding("bad-principal", "the principal cannot be read: \(error)"))
        }
    }
}
