import JavaSerialization

/// Tomcat session managers that keep one string per session (session-formats, ch. 2 to 4 and 12).
public enum TomcatFormat: SessionFormat {
    /// The word `tomcat`.
    public static let name = "tomcat"
    /// The managers' layouts, and chexagon's.
    public static let variants = TomcatFraming.allCases.map { $0.rawValue } + [ChexagonSession.variant]

    /// The bytes that a manager leaves between reserving an id and the first save (ch. 3.1).
    static let placeholder = Array("null".utf8)

    /// The key is mostly the bare id: only the value tells.
    public static func role(ofKey key: [UInt8]) -> KeyRole { TomcatKeys.role(of: key) }

    /// The keys under which a session of this id would lie.
    public static func keys(ofId id: [UInt8], namespaces: [[UInt8]]) -> [[UInt8]] {
        TomcatKeys.keys(ofId: id, namespaces: namespaces)
    }

    /// The keys beside its own that exist, or should, because of `session`.
    public static func keyGroup(of session: Session) -> [GroupedKey] { TomcatKeys.group(of: session) }

    /// What a record without a session is for, where its bytes tell.
    public static func auxiliaryKind(of record: StoredRecord) -> String? {
        guard case .string(let value) = record.content else { return nil }
        return SingleSignOnValue.looksLikeOne(value) ? "single sign-on" : nil
    }

    /// Reads the session that `record` holds, or nil where it holds none of this format.
    public static func session(from record: StoredRecord, now: Int64) -> Session? {
        guard case .string(let value) = record.content else { return nil }
        if value == placeholder, record.isWhole || value.count == 4 { return placeholderSession(record) }
        if let framing = TomcatFraming(value) { return framed(value, framing, record, now: now) }
        return ChexagonSession.session(from: record, value, now: now)
    }

    private static func framed(
        _ value: [UInt8], _ framing: TomcatFraming, _ record: StoredRecord, now: Int64
    ) -> Session? {
        let blob = TomcatBlob(value, framing, isWhole: record.isWhole)
        guard framing.hasMetadata || blob.isSequence else { return nil }
        var session = bare(record)
        session.variant = framing.rawValue
        session.endsWithItsKey = framing.managerRules
        let storedId = blob.fill(&session, managerInterval: record.managerInterval, now: now)
        session.place(storedId: storedId)
        session.noteKeyWithoutLife(unlessIntervalIsBelow: framing.managerRules ? .min : 1)
        return session
    }

    /// A session of which the key is known.
    static func bare(_ record: StoredRecord) -> Session {
        var session = Session(id: record.key, format: name, key: record.key, timeToLive: record.timeToLive)
        session.sizeBytes = record.sizeBytes
        return session
    }

    /// A key whose whole value is `null`, by any of the managers: readers of the live system fail on it.
    private static func placeholderSession(_ record: StoredRecord) -> Session? {
        guard let start = TomcatId.start(inPlaceholder: record.key) else { return nil }
        var session = bare(record)
        if start > 0 {
            session.id = Array(record.key[start...])
            session.namespace = Array(record.key[..<start])
            session.variant = TomcatFraming.dotcms.rawValue
        }
        session.endsWithItsKey = true
        session.attributes = record.isWhole ? [] : nil
        session.findings.append(
            Finding(
                "placeholder", "the value is the placeholder 'null': the id was reserved and the session never saved"))
        return session
    }
}

/// What ran-jit's manager keeps of a single sign-on: a stream whose block of data is another stream (session-formats, ch. 4).
enum SingleSignOnValue {
    private static let entryClass = Array(".SingleSignOnEntry".utf8)

    static func looksLikeOne(_ value: [UInt8]) -> Bool {
        guard value.hasPrefix([0xAC, 0xED, 0, 5]), value.count > 9 else { return false }
        let start = value[4] == 0x77 ? 6 : value[4] == 0x7A ? 9 : value.count
        guard value.hasPrefix([0xAC, 0xED, 0, 5, 0x73, 0x72], at: start) else { return false }
        return Array(value.prefix(256)).firstIndex(of: entryClass) != nil
    }
}
