/// The fields by which sessions are listed, filtered and sorted: one set of names everywhere.
public enum SessionField: String, CaseIterable, Sendable {
    case id
    case format
    case variant
    case namespace
    case key
    case principal
    case created
    case accessed
    case idle
    case interval
    case expires
    case ttl
    case size
    case attributes
    case finding

    /// The field that a user's word means; `user` is another word for `principal`.
    public init?(word: String) {
        if word == "user" {
            self = .principal
        } else {
            self.init(rawValue: word)
        }
    }

    /// The member's name in JSON output.
    public var jsonName: String {
        switch self {
        case .created: "createdAt"
        case .accessed: "lastAccessedAt"
        case .idle: "idleMilliseconds"
        case .interval: "maxInactiveSeconds"
        case .expires: "expiresAt"
        case .ttl: "ttlMilliseconds"
        case .size: "sizeBytes"
        case .finding: "findings"
        default: rawValue
        }
    }

    /// What kind of value a filter compares the field with.
    public var kind: FieldKind {
        switch self {
        case .created, .accessed, .expires: .time
        case .idle, .interval, .ttl: .duration
        case .size: .size
        default: .text
        }
    }

    /// Whether `--where` can compare it; attributes are asked for by path, not as a whole.
    public var isComparable: Bool { self != .attributes }

    /// What has to be fetched to know the field.
    public var parts: SessionParts {
        switch self {
        case .id, .format, .namespace, .key, .created, .accessed, .interval: []
        case .idle: .timeToLive
        case .principal: .principal
        case .expires, .ttl: .timeToLive
        case .variant: [.variant, .timeToLive]
        case .size: .size
        case .attributes: .attributes
        case .finding: [.attributes, .timeToLive, .variant]
        }
    }
}

/// How a field's values are written in a filter.
public enum FieldKind: Sendable {
    /// Text, compared whole and with regard to case.
    case text
    /// A point in time: milliseconds since 1970.
    case time
    /// A span of time in milliseconds.
    case duration
    /// A number of bytes.
    case size
}

/// What is to be fetched of a session beyond the times in its own record; each costs the server something.
public struct SessionParts: OptionSet, Sendable {
    /// One bit a part.
    public let rawValue: Int
    /// Parts by their bits.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// Who is logged in.
    public static let principal = SessionParts(rawValue: 1)
    /// The remaining life of the key.
    public static let timeToLive = SessionParts(rawValue: 2)
    /// The format's variant, which needs a look at the neighbouring key.
    public static let variant = SessionParts(rawValue: 4)
    /// The content's size.
    public static let size = SessionParts(rawValue: 8)
    /// All attributes with their values.
    public static let attributes = SessionParts(rawValue: 16)
}
