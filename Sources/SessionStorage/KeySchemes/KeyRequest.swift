import Redis
import Sessions

/// What is asked of the server for one key, by what its name says.
///
/// Asking for less when less is needed is what makes listing fast: HMGET of the times costs the server less than half of
/// HGETALL; strings are recognised by their first kilobyte.
enum KeyRequest: Int {
    /// Not a session's key: nothing is asked.
    case nothing = 0
    /// A hash whose fields of known names are enough.
    case hashFields
    /// A hash with all its fields.
    case wholeHash
    /// A key whose name says nothing: its first bytes, if it is a string.
    case stringStart

    /// How much of a string is asked for: its format and times stand within the first kilobyte, a principal mostly within
    /// four, and most sessions within 64. What is longer is fetched afterwards, if it is a session.
    static func prefixLength(_ parts: SessionParts) -> Int {
        if !parts.isDisjoint(with: [.attributes, .size]) { return 64 << 10 }
        return parts.contains(.principal) ? 4 << 10 : 1 << 10
    }

    init(role: KeyRole, parts: SessionParts) {
        switch role {
        case .auxiliary: self = .nothing
        case .undecided: self = .stringStart
        case .session: self = parts.isDisjoint(with: [.attributes, .size]) ? .hashFields : .wholeHash
        }
    }

    /// Appends the commands for `key`; `replyCount` says how many replies they bring.
    func append(key: [UInt8], parts: SessionParts, to batch: inout CommandBatch) {
        switch self {
        case .nothing: return
        case .hashFields:
            let fields =
                parts.contains(.principal) ? SpringFormat.Field.metadata : Array(SpringFormat.Field.metadata.prefix(3))
            batch.begin(2 + fields.count)
            batch.add("HMGET")
            batch.add(key)
            for field in fields { batch.add(field) }
        case .wholeHash:
            batch.append([Array("HGETALL".utf8), key])
        case .stringStart:
            batch.begin(4)
            batch.add("GETRANGE")
            batch.add(key)
            batch.add(0)
            batch.add(Self.prefixLength(parts) - 1)
        }
        // The remaining life also tells whether a hash without the fields is there at all.
        batch.append([Array("PTTL".utf8), key])
        if needsShadowKey(parts), let shadow = SpringFormat.shadowKey(ofKey: key) {
            batch.append([Array("EXISTS".utf8), shadow])
            batch.append([Array("EXISTS".utf8), SpringFormat.indexKey(ofKey: key) ?? shadow])
        }
    }

    func needsShadowKey(_ parts: SessionParts) -> Bool {
        (self == .hashFields || self == .wholeHash) && parts.contains(.variant)
    }
}
