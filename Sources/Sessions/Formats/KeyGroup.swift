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
        /// Names the indices that hold the session (ch. 8).
        case sessionIndex = "session index"
    }

    /// The key.
    public let key: [UInt8]
    /// What it is for.
    public let role: Role
    /// For a set or sorted set: what stands for the session in it, in each encoding that is in use; empty for other keys.
    public let members: [[UInt8]]
    /// Whether it belongs to the session only if the session is in it: some versions write it, or only by mistake.
    public var isOptional = false
}

extension SessionFormats {
    /// The keys that exist, or should, because of `session`.
    public static func keyGroup(of session: Session) -> [GroupedKey] {
        let own = GroupedKey(key: session.key, role: .session, members: [])
        guard session.format == SpringFormat.name, let namespace = session.namespace else { return [own] }
        return [own] + SpringKeyGroup(namespace: namespace, session: session).keys
    }
}
