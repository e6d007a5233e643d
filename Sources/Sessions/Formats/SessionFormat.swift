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
    /// What the name of a key says about it in this format.
    static func role(ofKey key: [UInt8]) -> KeyRole
    /// Reads the session that `record` holds, or nil where it holds none of this format.
    ///
    /// - Parameter now: milliseconds since 1970, for what is derived from the remaining life of the key.
    static func session(from record: StoredRecord, now: Int64) -> Session?
}

/// The formats that are known, in the order in which they are asked.
public enum SessionFormats {
    /// To add a format, add its line here.
    public static let all: [any SessionFormat.Type] = [SpringFormat.self, TomcatFormat.self, JWTFormat.self]

    /// What `key` is: the first format that knows the name decides.
    public static func role(ofKey key: [UInt8]) -> KeyRole {
        for format in all {
            let role = format.role(ofKey: key)
            if role != .undecided { return role }
        }
        return .undecided
    }

    /// The session that `record` holds, or nil where no format knows it.
    public static func session(from record: StoredRecord, now: Int64) -> Session? {
        for format in all {
            if let session = format.session(from: record, now: now) { return session }
        }
        return nil
    }
}
