/// The fields by which sessions are listed, filtered and sorted: one set of names everywhere.
public enum SessionField: Hashable, Sendable {
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
    case `class`
    case role
    case finding
    /// `attr.PATH`: one value inside the attributes.
    case attribute(AttributeField)

    /// The fields that have a name of their own: all but `attr.PATH`.
    public static let named: [SessionField] = [
        .id, .format, .variant, .namespace, .key, .principal, .created, .accessed, .idle, .interval, .expires, .ttl,
        .size, .attributes, .class, .role, .finding,
    ]

    /// The names of all fields, `user` and `attr.PATH` among them: for help and errors.
    public static let names = named.map { $0.name } + ["user", "attr.PATH"]

    /// What stands before a path into the attributes.
    public static let attributePrefix = "attr."

    /// The field that a user's word means; `user` is another word for `principal`.
    ///
    /// - Throws: `FilterError` where there is no such field, with the one that may have been meant, or the path is none.
    public init(word: String) throws(FilterError) {
        let named = word.rest(behind: Self.attributePrefix)
        if let path = named ?? word.rest(behind: "attr[").map({ "[" + $0 }) {
            do {
                self = .attribute(try AttributeField(path))
            } catch {
                throw FilterError(message: error.message, column: error.column + (named == nil ? 4 : 5))
            }
            return
        }
        guard let field = word == "user" ? .principal : Self.named.first(where: { $0.name == word }) else {
            let question = NearestWord.question(for: word, among: Self.names)
            throw FilterError(
                message: "'\(word)' is no field\(question.isEmpty ? ";" : question) "
                    + "the fields are \(Self.names.joined(separator: " "))", column: 1)
        }
        self = field
    }

    /// The word that users type and see.
    public var name: String {
        switch self {
        case .id: "id"
        case .format: "format"
        case .variant: "variant"
        case .namespace: "namespace"
        case .key: "key"
        case .principal: "principal"
        case .created: "created"
        case .accessed: "accessed"
        case .idle: "idle"
        case .interval: "interval"
        case .expires: "expires"
        case .ttl: "ttl"
        case .size: "size"
        case .attributes: "attributes"
        case .class: "class"
        case .role: "role"
        case .finding: "finding"
        case .attribute(let attribute):
            attribute.text.hasPrefix("[") ? "attr" + attribute.text : Self.attributePrefix + attribute.text
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
        case .class: "classes"
        case .role: "roles"
        case .finding: "findings"
        default: name
        }
    }

    /// What kind of value a filter compares the field with.
    public var kind: FieldKind {
        switch self {
        case .created, .accessed, .expires: .time
        case .idle, .interval, .ttl: .duration
        case .size: .size
        case .attribute: .any
        default: .text
        }
    }

    /// Whether `--where` can compare it; attributes are asked for by path, not as a whole.
    public var isComparable: Bool { self != .attributes }

    /// What has to be fetched to know the field.
    public var parts: SessionParts {
        switch self {
        case .id, .format, .namespace, .key, .created, .interval: []
        case .accessed, .idle: .lastAccess
        case .principal: .principal
        case .expires, .ttl: .timeToLive
        case .variant: [.variant, .timeToLive]
        case .size: .size
        case .attributes, .class, .attribute: .attributes
        // Roles stand where the principal stands.
        case .role: [.attributes, .principal]
        case .finding: [.attributes, .timeToLive, .variant, .neighbours]
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
    /// Whatever is found: a value inside an attribute.
    case any
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
    /// What other keys say of a token: whether it is revoked (session-formats, ch. 17.3).
    public static let neighbours = SessionParts(rawValue: 32)
    /// What the plan of a change rests on: strings whole, and of hashes the fields that tell whether it was used or changed.
    public static let plan = SessionParts(rawValue: 64)
    /// When it was used last: some formats do not say it, and it is derived from the remaining life (session-formats, ch. 3).
    public static let lastAccess = SessionParts(rawValue: 128)
    /// When the key ends, to the millisecond and by the server's clock alone: two looks at a key that nobody has used give the same.
    public static let end = SessionParts(rawValue: 256)
}
