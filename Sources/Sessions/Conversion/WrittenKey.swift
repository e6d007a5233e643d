/// One key of a session in the layout that a migration writes, as plain data.
public struct WrittenKey: Sendable, Hashable {
    /// What is written at the key.
    public enum Content: Sendable, Hashable {
        /// A string.
        case string([UInt8])
        /// A hash with these fields and no others.
        case hash([StoredField])
        /// What stands for the session in a set that sessions share, or that names its indices.
        case member([UInt8])
        /// The same in a sorted set.
        case score(ScoredMember)
    }

    /// The key.
    public let key: [UInt8]
    /// What it is for.
    public let role: GroupedKey.Role
    /// What is written.
    public let content: Content
    /// When the key expires, in milliseconds since 1970; nil for never. A set that sessions share lives as long as the last of them
    /// needs it.
    public let end: Int64?

    /// Creates a key to write.
    public init(_ key: [UInt8], _ role: GroupedKey.Role, _ content: Content, end: Int64?) {
        self.key = key
        self.role = role
        self.content = content
        self.end = end
    }
}
