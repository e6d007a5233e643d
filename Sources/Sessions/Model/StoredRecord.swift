/// One key of a store as plain data, with no connection behind it.
///
/// Formats read sessions from records, so every format can be tested from a file.
public struct StoredRecord: Sendable {
    /// What the key holds, as far as it was fetched.
    public enum Content: Sendable {
        /// A string, from its first byte on.
        case string([UInt8])
        /// Fields of a hash with their values; a field that was asked for and is missing is left out.
        case hash([StoredField])
        /// Any other type, by Redis' name for it (`set`, `zset`, `list`, `stream`).
        case other(type: String)
    }

    /// The largest record that is fetched whole: the names and values of a hash together. What is larger is shown by its beginning, and can
    /// neither be changed nor taken back, as nobody could tell whether it is still what was read; so no change may make one.
    public static let mostBytes = 64 << 20
    /// The largest value of a field that is fetched: the server hands over several at once.
    public static let mostFieldBytes = 16 << 20

    /// The key.
    public var key: [UInt8]
    /// What it holds.
    public var content: Content
    /// False when only a part was fetched: the first bytes of a string, or some fields of a hash.
    public var isWhole: Bool
    /// Whether the attributes that were asked for are in it although not all is, as far as the session has them.
    public var holdsAskedAttributes = false
    /// How long the key will live.
    public var timeToLive: TimeToLive
    /// When the key ends, in milliseconds since 1970 by the server's clock; nil where nobody asked, and where it never does.
    public var expiresAt: Int64?
    /// Milliseconds by which two looks at a key that nobody has touched may differ in that: none where the server tells it itself.
    public var endTolerance: Int64 = 0
    /// Whether the `expires:` key of an indexed Spring session stands beside this one; nil where nobody looked.
    public var hasShadowKey: Bool?
    /// Whether the `:idx` key of a reactive indexed Spring session stands beside this one; nil where nobody looked.
    public var hasIndexKey: Bool?
    /// Why a part is all that will be fetched, such as a size that no session has; nil where all can be had.
    public var excess: String?
    /// Fields of a hash that were asked for and are there, but too large to be fetched.
    public var unreadFields: [[UInt8]] = []
    /// Bytes that the content takes, names included; nil where nobody counted.
    public var sizeBytes: Int?
    /// What other keys of the session hold, for formats with more than one; nil where nobody looked.
    public var companions: [StoredCompanion]?
    /// The interval in seconds that the session manager is configured with, where the user knows it.
    public var managerInterval: Int64?
    /// How the application names the keys beside its tokens.
    public var jwtKeys = JWTKeyTemplates.standard

    /// Whether a session that is read from it can tell of attributes.
    var tellsAttributes: Bool { isWhole || holdsAskedAttributes }

    /// Creates a record from its parts.
    public init(
        key: [UInt8], content: Content, isWhole: Bool = true, timeToLive: TimeToLive = .unknown,
        hasShadowKey: Bool? = nil, sizeBytes: Int? = nil
    ) {
        self.key = key
        self.content = content
        self.isWhole = isWhole
        self.timeToLive = timeToLive
        self.hasShadowKey = hasShadowKey
        self.sizeBytes = sizeBytes
    }
}

/// A field of a hash with its value.
public struct StoredField: Sendable, Hashable {
    /// The field's name.
    public let field: [UInt8]
    /// Its value.
    public let value: [UInt8]

    /// Creates a field from name and value.
    public init(_ field: [UInt8], _ value: [UInt8]) {
        self.field = field
        self.value = value
    }
}

/// A key beside the one that holds the session, and what is in it.
public struct StoredCompanion: Sendable, Hashable {
    /// What the key holds.
    public enum Content: Sendable, Hashable {
        /// There is no such key.
        case missing
        /// A string.
        case string([UInt8])
        /// The members of a set.
        case members([[UInt8]])
        /// Another type.
        case other
    }

    /// The key.
    public let key: [UInt8]
    /// What it holds.
    public let content: Content

    /// Creates a companion.
    public init(key: [UInt8], content: Content) {
        self.key = key
        self.content = content
    }

    /// The bytes of a string, or nil.
    var bytes: [UInt8]? {
        guard case .string(let bytes) = content else { return nil }
        return bytes
    }
}

/// The remaining life of a key, as PTTL tells it.
public enum TimeToLive: Sendable, Hashable {
    /// Nobody asked, or the key was gone when asked (PTTL −2).
    case unknown
    /// The key never expires (PTTL −1).
    case none
    /// Milliseconds left.
    case milliseconds(Int64)

    /// The meaning of PTTL's answer.
    public init(pttl: Int64) {
        switch pttl {
        case 0...: self = .milliseconds(pttl)
        case -1: self = .none
        default: self = .unknown
        }
    }
}
