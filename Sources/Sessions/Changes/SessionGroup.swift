/// A session with every key that exists because of it, as they were read.
public struct SessionGroup {
    /// The session.
    public let session: Session
    /// The whole record of its own key.
    public let record: StoredRecord
    /// The other keys of its group, in the order of ``SessionFormats/keyGroup(of:)``; keys that are not there as well.
    public let others: [GroupedRecord]

    /// Creates a group of what was read.
    public init(session: Session, record: StoredRecord, others: [GroupedRecord] = []) {
        self.session = session
        self.record = record
        self.others = others
    }

    /// The keys of this role.
    func others(_ role: GroupedKey.Role) -> [GroupedRecord] { others.filter { $0.key.role == role } }

    /// The bytes of a field of the session's hash; nil for strings and missing fields.
    func field(_ name: [UInt8]) -> [UInt8]? {
        guard case .hash(let fields) = record.content else { return nil }
        return fields.first { $0.field == name }?.value
    }
}

/// A key beside a session's own, as it was read.
public struct GroupedRecord: Sendable, Hashable {
    /// What the key holds, as far as it concerns the session.
    public enum Content: Sendable, Hashable {
        /// There is no such key.
        case missing
        /// A string.
        case string([UInt8])
        /// Of a set that sessions share: those of ``GroupedKey/members`` that are in it.
        case members([[UInt8]])
        /// The same of a sorted set, with their scores as Redis writes them.
        case scores([ScoredMember])
        /// All members of a set that the session has for itself.
        case set([[UInt8]])
        /// All fields of a hash.
        case hash([StoredField])
        /// Another type, by Redis' name for it.
        case other(type: String)
    }

    /// The key and what it is for.
    public let key: GroupedKey
    /// What it holds.
    public let content: Content

    /// Creates a record.
    public init(key: GroupedKey, content: Content) {
        self.key = key
        self.content = content
    }

    /// Whether the key is there.
    var isThere: Bool { content != .missing }

    /// Whether the session is in the set.
    var holdsSession: Bool {
        switch content {
        case .members(let members): !members.isEmpty
        case .scores(let members): !members.isEmpty
        default: false
        }
    }
}

/// A member of a sorted set with its score.
public struct ScoredMember: Sendable, Hashable {
    /// The member.
    public let member: [UInt8]
    /// Its score, as Redis writes it.
    public let score: [UInt8]

    /// Creates a member.
    public init(_ member: [UInt8], score: [UInt8]) {
        self.member = member
        self.score = score
    }
}
