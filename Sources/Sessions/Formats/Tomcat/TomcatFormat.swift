import JavaSerialization

/// Tomcat session managers that keep one string per session (session-formats, ch. 2 and 3).
public enum TomcatFormat: SessionFormat {
    /// The word `tomcat`.
    public static let name = "tomcat"

    /// The bytes that a manager leaves between reserving an id and the first save (ch. 3.1).
    static let placeholder = Array("null".utf8)

    /// The key is the bare id: only the value tells.
    public static func role(ofKey key: [UInt8]) -> KeyRole { .undecided }

    /// Reads the session that `record` holds, or nil where it holds none of this format.
    public static func session(from record: StoredRecord, now: Int64) -> Session? {
        guard case .string(let value) = record.content else { return nil }
        if value == placeholder, record.isWhole || value.count == 4 { return placeholderSession(record) }
        guard TomcatBlob.looksLikeMetadata(value) else { return nil }
        var session = Session(id: record.key, format: name, key: record.key, timeToLive: record.timeToLive)
        session.variant = "jcoleman"
        session.endsWithItsKey = true
        session.sizeBytes = record.sizeBytes
        let blob = TomcatBlob(value, isWhole: record.isWhole)
        blob.fill(&session, now: now)
        return session
    }

    /// A key whose whole value is `null`: readers of the live system fail on it.
    private static func placeholderSession(_ record: StoredRecord) -> Session? {
        guard looksLikeSessionId(record.key) else { return nil }
        var session = Session(id: record.key, format: name, key: record.key, timeToLive: record.timeToLive)
        session.variant = "jcoleman"
        session.endsWithItsKey = true
        session.sizeBytes = record.sizeBytes
        session.attributes = record.isWhole ? [] : nil
        session.findings.append(
            Finding(
                "placeholder", "the value is the placeholder 'null': the id was reserved and the session never saved"))
        return session
    }

    /// Tomcat's ids: an even number of hexadecimal digits, 32 by default, and perhaps a route behind a dot.
    static func looksLikeSessionId(_ key: [UInt8]) -> Bool {
        let digits = key.prefix { $0 != UInt8(ascii: ".") }
        return digits.count >= 16 && digits.count.isMultiple(of: 2)
            && digits.allSatisfy { byte in
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || (UInt8(ascii: "A")...UInt8(ascii: "F")).contains(byte & 0xDF)
            }
    }
}
