/// What a key is, judged by its name alone.
public enum KeyRole: Hashable, Sendable {
    /// A key that holds a session: where the id and the namespace stand in the name.
    case session(id: Range<Int>, namespace: Range<Int>)
    /// A key that exists because of sessions but holds none; the word says which (`shadow`, `index`, …).
    case auxiliary(String)
    /// The name says nothing: the value has to be looked at.
    case undecided
}

/// One system's way to lay sessions out in a store.
///
/// A format is pure: it reads plain records and asks nothing.
public protocol SessionFormat: Sendable {
    /// The name that users type and see.
    static var name: String { get }
    /// The variants that its sessions may have: `Session.variant` is one of them, or nil.
    static var variants: [String] { get }
    /// What the name of a key says about it in this format.
    static func role(ofKey key: [UInt8]) -> KeyRole
    /// Reads the session that `record` holds, or nil where it holds none of this format.
    ///
    /// - Parameter now: milliseconds since 1970, for what is derived from the remaining life of the key.
    static func session(from record: StoredRecord, now: Int64) -> Session?
    /// For formats of hashes: the fields that say all that `list` shows, with or without the principal.
    static func hashFields(withPrincipal: Bool) -> [[UInt8]]
    /// For formats of hashes: the fields that hold the attributes of these names in the session at `key`.
    static func hashFields(ofAttributes names: [[UInt8]], inKey key: [UInt8]) -> [[UInt8]]
    /// The key that expires before the session at `key`, so that the application hears of it; nil where there is none.
    static func shadowKey(ofKey key: [UInt8]) -> [UInt8]?
    /// The keys under which a session of this id would lie, in the namespaces that are asked for and the usual ones.
    static func keys(ofId id: [UInt8], namespaces: [[UInt8]]) -> [[UInt8]]
    /// The other keys that have to be read for `session`, as far as `record` names them; attributes only where it is whole.
    static func companionKeys(of session: Session, _ record: StoredRecord) -> [[UInt8]]
    /// The keys beside its own that exist, or should, because of `session`.
    static func keyGroup(of session: Session) -> [GroupedKey]
    /// What a record without a session is for, where its bytes and not its key tell; nil for other records.
    static func auxiliaryKind(of record: StoredRecord) -> String?
    /// Whether the session was logged out and is only there until its application has heard of it (session-formats, ch. 6.6).
    static func isLoggedOut(_ session: Session) -> Bool
    /// Whether plans look at no other fields of a hash than those of ``hashFields(withPrincipal:)``, so that it need not be read whole.
    static var plansByFields: Bool { get }
    /// The plan to log the session out so that its application notices and nothing of it stays behind (session-formats, ch. 15).
    static func planToExpire(_ group: SessionGroup, _ context: ChangeContext) throws(ChangeRefusal) -> ChangePlan
    /// The plan to make the session end at `end`, in milliseconds since 1970, if nobody uses it until then.
    static func planToExpire(
        _ group: SessionGroup, at end: Int64, _ context: ChangeContext
    ) throws(ChangeRefusal) -> ChangePlan
    /// The plan to make the session live as long as if it had been used now (session-formats, ch. 15).
    static func planToTouch(_ group: SessionGroup, _ context: ChangeContext) throws(ChangeRefusal) -> ChangePlan
    /// The plan to change its attributes.
    static func planToEdit(
        _ group: SessionGroup, _ edit: SessionEdit, _ context: ChangeContext
    ) throws(ChangeRefusal) -> ChangePlan
}

extension SessionFormat {
    /// The variants that its sessions may have: none.
    public static var variants: [String] { [] }
    /// The fields that say all that `list` shows.
    public static func hashFields(withPrincipal: Bool) -> [[UInt8]] { [] }
    /// Whether the session was logged out: of most formats nothing is left then.
    public static func isLoggedOut(_ session: Session) -> Bool { false }
    /// Whether plans look at the fields of ``hashFields(withPrincipal:)`` alone.
    public static var plansByFields: Bool { false }
    /// The fields that hold the attributes of these names: fields of the same names.
    public static func hashFields(ofAttributes names: [[UInt8]], inKey key: [UInt8]) -> [[UInt8]] { names }
    /// The key that expires before the session at `key`.
    public static func shadowKey(ofKey key: [UInt8]) -> [UInt8]? { nil }
    /// The keys under which a session of this id would lie.
    public static func keys(ofId id: [UInt8], namespaces: [[UInt8]]) -> [[UInt8]] { [] }
    /// The other keys that have to be read for `session`.
    public static func companionKeys(of session: Session, _ record: StoredRecord) -> [[UInt8]] { [] }
    /// The keys beside its own that exist, or should, because of `session`.
    public static func keyGroup(of session: Session) -> [GroupedKey] { [] }
    /// What a record without a session is for, where its bytes tell.
    public static func auxiliaryKind(of record: StoredRecord) -> String? { nil }
}

/// The formats that are known, in the order in which they are asked.
public enum SessionFormats {
    /// To add a format, add its line here.
    public static let all: [any SessionFormat.Type] = [
        SpringFormat.self,
        TomcatFormat.self,
        RedissonFormat.self,
        MemcachedFormat.self,
        ShiroFormat.self,
        AmadeusFormat.self,
        ZininFormat.self,
        OAuthFormat.self,
        // Last: names of keys beside tokens are common words, and nothing of another system may be taken for one.
        JWTFormat.self,
    ]

    /// What `key` is: the first format that knows the name decides.
    public static func role(ofKey key: [UInt8]) -> KeyRole { place(ofKey: key).role }

    /// What `key` is, and the format that says so.
    package static func place(ofKey key: [UInt8]) -> (role: KeyRole, format: (any SessionFormat.Type)?) {
        for format in all {
            let role = format.role(ofKey: key)
            if role != .undecided { return (role, format) }
        }
        return (.undecided, nil)
    }

    /// The session that `record` holds, or nil where no format knows it.
    public static func session(from record: StoredRecord, now: Int64) -> Session? {
        for format in all {
            if let session = format.session(from: record, now: now) { return session }
        }
        return nil
    }

    /// The format of this name.
    package static func format(named name: String) -> (any SessionFormat.Type)? { all.first { $0.name == name } }

    /// The shadow key of the session at `key` in whichever format has the key; nil where it has none.
    package static func shadowKey(ofKey key: [UInt8]) -> [UInt8]? { place(ofKey: key).format?.shadowKey(ofKey: key) }

    /// The keys under which a session of this id would lie.
    package static func keys(ofId id: [UInt8], namespaces: [[UInt8]]) -> [[UInt8]] {
        var seen: Set<[UInt8]> = []
        return ([id] + all.flatMap { $0.keys(ofId: id, namespaces: namespaces) }).filter { seen.insert($0).inserted }
    }

    /// The other keys that have to be read for `session`; see `SessionFormat.companionKeys`.
    package static func companionKeys(of session: Session, _ record: StoredRecord) -> [[UInt8]] {
        format(named: session.format)?.companionKeys(of: session, record) ?? []
    }

    /// Whether the session was logged out and is only there until its application has heard of it.
    package static func isLoggedOut(_ session: Session) -> Bool {
        format(named: session.format)?.isLoggedOut(session) ?? false
    }

    /// What a record without a session is for, where its bytes tell.
    package static func auxiliaryKind(of record: StoredRecord) -> String? {
        for format in all {
            if let kind = format.auxiliaryKind(of: record) { return kind }
        }
        return nil
    }
}
