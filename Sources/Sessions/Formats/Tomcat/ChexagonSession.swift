import JavaSerialization

/// chexagon's manager: the session object itself, a `RedisSession` whose superclass is `StandardSession`, under `_rsm_<id>`
/// (session-formats, ch. 12.3).
enum ChexagonSession {
    /// The variant of its sessions.
    static let variant = "chexagon"

    private static let keyPrefix = Array("_rsm_".utf8)
    private static let start = [0xAC, 0xED, 0, 5, 0x73] as [UInt8]
    private static let name = Array("com.crimsonhexagon.rsm.RedisSession".utf8)

    static func session(from record: StoredRecord, _ value: [UInt8], now: Int64) -> Session? {
        let isJava = value.hasPrefix(start) && value.hasPrefix(name, at: 8)
        let hasKey = record.key.hasPrefix(keyPrefix) && TomcatId.looksLikeOne(record.key[keyPrefix.count...])
        guard isJava || hasKey else { return nil }
        var session = TomcatFormat.bare(record)
        session.variant = Self.variant
        session.endsWithItsKey = true
        var storedId = hasKey ? Array(record.key[keyPrefix.count...]) : nil
        if isJava {
            scalars(of: value, &session)
            if record.isWhole { storedId = readAttributes(value, &session) ?? storedId }
        } else {
            if record.isWhole { session.attributes = [] }
            session.findings.append(
                Finding("opaque", "the session is written by a codec of Redisson that is not known: it is kept unread"))
        }
        if let interval = record.managerInterval { session.take(interval: interval) }
        session.deriveLastAccess(now: now)
        session.place(storedId: storedId)
        session.noteKeyWithoutLife(unlessIntervalIsBelow: .min)
        return session
    }

    /// The primitive fields, which stand before all objects, so that the first bytes of a large value hold them.
    private static func scalars(of value: [UInt8], _ session: inout Session) {
        guard let fields = PrimitiveFields(value) else {
            session.findings.append(Finding("bad-sequence", "the object's fields are not those of a StandardSession"))
            return
        }
        session.createdAt = fields.long("creationTime")
        session.lastAccessedAt = fields.long("thisAccessedTime") ?? fields.long("lastAccessedTime")
        session.maxInactiveSeconds = fields.int("maxInactiveInterval")
        session.add("lastAccessedTime", fields.long("lastAccessedTime").map { String($0) })
        session.add("thisAccessedTime", fields.long("thisAccessedTime").map { String($0) })
        session.add("isNew", fields.boolean("isNew").map { String($0) })
        session.add("isValid", fields.boolean("isValid").map { String($0) })
    }

    /// Reads the attributes; gives the id.
    private static func readAttributes(_ value: [UInt8], _ session: inout Session) -> [UInt8]? {
        let graph = GraphPool.take()
        session.attributes = []
        do {
            try graph.read(value)
            guard let node = graph.content(0) else { return nil }
            if let map = graph.reference("attributes", of: node) {
                session.attributes = try MapAttributes.attributes(of: map, in: graph, &session.findings)
            }
            session.takePrincipal(
                TomcatPrincipal(persisted: nil, attributes: session.attributes ?? [], in: graph))
            session.addStoredPassword()
            let id = graph.reference("id", of: node).flatMap { graph.wtf8(of: $0) }
            session.add("storedId", id.map { EscapedName.text(of: $0) })
            return id
        } catch {
            session.findings.append(Finding("undecodable", "the session cannot be read to its end: \(error)"))
            return nil
        }
    }
}
