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
        /// Holds or leads to a refresh token (Spring Security OAuth; ch. 17.3).
        case refreshToken = "refresh token"
        /// Says that a token is allowed (ch. 17.3).
        case allowList = "allow-list"
        /// Says that a token is revoked (ch. 17.3).
        case denyList = "deny-list"
        /// Holds the time before which a user's tokens are revoked (ch. 17.3).
        case cutOff = "cut-off"
        /// Counts up to revoke the tokens of a user (ch. 17.3).
        case tokenVersion = "token version"
        /// Holds the used refresh tokens of one login (ch. 17.3).
        case refreshFamily = "refresh family"
        /// Holds the ids of a user's tokens (ch. 17.3).
        case tokenIndex = "token index"
        /// Names the indices that hold the session (ch. 8).
        case sessionIndex = "session index"

        /// Whether the key speaks against tokens, others than the one that is looked at included: without it they would be good again
        /// (ch. 17.3).
        package var staysWithoutItsToken: Bool {
            switch self {
            case .denyList, .cutOff, .tokenVersion, .refreshFamily: true
            default: false
            }
        }
    }

    /// The key.
    public let key: [UInt8]
    /// What it is for.
    public let role: Role
    /// For a set or sorted set: what stands for the session in it, in each encoding that is in use; empty for other keys.
    public let members: [[UInt8]]
    /// Whether the key should be there: false for what comes and goes, and for keys of one of several managers.
    public let isExpected: Bool
    /// Whether it belongs to the session only if the session is in it: some versions write it, or only by mistake.
    public var isOptional: Bool
    /// Redis' names of the types that the key may have; empty where any may be right.
    public let types: [String]

    package init(
        key: [UInt8], role: Role, members: [[UInt8]] = [], isExpected: Bool = true, isOptional: Bool = false,
        types: [String]? = nil
    ) {
        self.key = key
        self.role = role
        self.members = members
        self.isExpected = isExpected
        self.isOptional = isOptional
        self.types = types ?? role.types
    }

    /// What is wrong with a key of this type, as Redis names it; nil where it is as it should be (session-formats, ch. 6.1,
    /// 8 and 10 to 13).
    package func finding(ofType type: String) -> Finding? {
        guard !types.isEmpty, !types.contains(type) else { return nil }
        let wanted = types.joined(separator: " or ")
        return Finding("wrong-key-type", "'\(EscapedName.text(of: key))' is a \(type) and must be a \(wanted)")
    }
}

extension GroupedKey.Role {
    /// The types that such a key has in every format; empty where the format or its manager decides.
    fileprivate var types: [String] {
        switch self {
        case .shadow, .validity, .lock, .time, .attribute, .authentication, .refreshToken: ["string"]
        case .expirations, .principalIndex, .notifiedNodes, .attributeNames, .sessionIndex: ["set"]
        case .sortedExpirations: ["zset"]
        // Pivotal's manager keeps a set, Overit's, zinin's and Amadeus' a sorted one.
        case .sessionIds: ["set", "zset"]
        case .session, .allowList, .denyList, .cutOff, .tokenVersion, .refreshFamily, .tokenIndex: []
        }
    }
}

extension SessionFormats {
    /// The keys that exist, or should, because of `session`.
    public static func keyGroup(of session: Session) -> [GroupedKey] {
        let own = GroupedKey(key: session.key, role: .session)
        return [own] + (format(named: session.format)?.keyGroup(of: session) ?? [])
    }
}
