/// One key that exists because of a session, as the format says that it should.
public struct GroupedKey: Sendable, Hashable {
    /// What the key is for.
    public enum Role: String, Sendable, Hashable {
        /// Holds the session itself.
        case session
        /// Expires before the session so that the application hears of it (session-formats, ch. 6.1).
        case shadow = "shadow key"
        /// Collects the sessions that end in one minute.
        case expirations = "expirations bucket"
        /// Collects all sessions by the time of their end.
        case sortedExpirations = "expirations"
        /// Collects the sessions of one principal.
        case principalIndex = "principal index"
        /// Collects the ids of all sessions of a manager.
        case sessionIds = "session ids"
        /// Holds times of the session that are newer than its own (memcached-session-manager).
        case validity
        /// Is there while a request works on the session (memcached-session-manager).
        case lock
        /// Collects the nodes that were told of the session's end (Redisson).
        case notifiedNodes = "notified nodes"
        /// Holds one time of the session (zinin).
        case time
        /// Holds the names of the attributes (zinin).
        case attributeNames = "attribute names"
        /// Holds one attribute (zinin).
        case attribute
        /// Holds who a token was given to (Spring Security OAuth).
        case authentication
        /// Holds or leads to the refresh token of an access token (Spring Security OAuth).
        case refreshToken = "refresh token"
    }

    /// The key.
    public let key: [UInt8]
    /// What it is for.
    public let role: Role
    /// For a set or sorted set: what stands for the session in it, in each encoding that is in use; empty for other keys.
    public let members: [[UInt8]]
    /// Whether the key should be there: false for what comes and goes, and for keys of one of several managers.
    public let isExpected: Bool

    init(key: [UInt8], role: Role, members: [[UInt8]] = [], isExpected: Bool = true) {
        self.key = key
        self.role = role
        self.members = members
        self.isExpected = isExpected
    }
}

extension SessionFormats {
    /// The keys that exist, or should, because of `session`.
    public static func keyGroup(of session: Session) -> [GroupedKey] {
        let own = GroupedKey(key: session.key, role: .session)
        return [own] + (format(named: session.format)?.keyGroup(of: session) ?? [])
    }
}

/// The keys beside the hash of an indexed Spring session (session-formats, ch. 6.1).
struct SpringKeyGroup {
    let namespace: [UInt8]
    let session: Session

    var keys: [GroupedKey] {
        var keys = [
            GroupedKey(
                key: SpringKeys.shadowKey(namespace: namespace[...], id: session.id[...]), role: .shadow, members: [])
        ]
        if let bucket { keys.append(bucket) }
        keys.append(
            GroupedKey(
                key: namespace + Array(":sessions:expirations".utf8), role: .sortedExpirations,
                members: Self.encodings(of: session.id)))
        if let principal = session.principal {
            let index = ":index:\(SpringPrincipal.indexAttribute):\(principal)"
            keys.append(
                GroupedKey(
                    key: namespace + Array(index.utf8), role: .principalIndex, members: Self.encodings(of: session.id)))
        }
        return keys
    }

    /// The minute in which the session ends; a time exactly on a minute belongs to the next (ch. 6.1).
    private var bucket: GroupedKey? {
        guard let end = session.expiresAt(now: 0), session.lastAccessedAt != nil else { return nil }
        let (later, overflow) = end.addingReportingOverflow(60_000)
        guard !overflow, later >= 0 else { return nil }
        return GroupedKey(
            key: namespace + Array(":expirations:\(later - later % 60_000)".utf8), role: .expirations,
            members: Self.encodings(of: Array("expires:".utf8) + session.id))
    }

    /// A set member as a Java string, as JSON, and as plain text of version 1.0.
    private static func encodings(of text: [UInt8]) -> [[UInt8]] {
        var java: [UInt8] = [0xAC, 0xED, 0, 5, 0x74, UInt8(text.count >> 8 & 0xFF), UInt8(text.count & 0xFF)]
        java += text
        return [java, [UInt8(ascii: "\"")] + text + [UInt8(ascii: "\"")], text]
    }
}
