import Redis
import Sessions

/// What is asked of the server for one key, by what its name says.
///
/// Asking for less when less is needed is what makes listing fast: HMGET of the times costs the server less than half of
/// HGETALL; strings are recognised by their first kilobyte.
enum KeyRequest: Int {
    /// Not a session's key: nothing is asked.
    case nothing = 0
    /// A hash whose fields of known names are enough: Spring Session's.
    case hashFields
    /// The same of another format, which the key tells.
    case formatFields
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

    init(key: [UInt8], parts: SessionParts) {
        let (role, format) = SessionFormats.place(ofKey: key)
        switch role {
        case .auxiliary: self = .nothing
        case .undecided: self = .stringStart
        case .session:
            guard parts.isDisjoint(with: [.attributes, .size]) else {
                self = .wholeHash
                return
            }
            self = format == SpringFormat.self ? .hashFields : .formatFields
        }
    }

    /// The fields that are asked for of the hash at `key`.
    func fields(ofKey key: [UInt8], _ parts: SessionParts) -> [[UInt8]] {
        switch self {
        case .hashFields: SpringFormat.hashFields(withPrincipal: parts.contains(.principal))
        case .formatFields:
            SessionFormats.place(ofKey: key).format?.hashFields(withPrincipal: parts.contains(.principal)) ?? []
        default: []
        }
    }

    /// Appends the commands for `key`; `replyCount` says how many replies they bring.
    func append(key: [UInt8], parts: SessionParts, to batch: inout CommandBatch) {
        switch self {
        case .nothing: return
        case .hashFields, .formatFields:
            let fields = fields(ofKey: key, parts)
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
        if needsShadowKey(parts), let shadow = SessionFormats.shadowKey(ofKey: key) {
            batch.append([Array("EXISTS".utf8), shadow])
            batch.append([Array("EXISTS".utf8), SpringFormat.indexKey(ofKey: key) ?? shadow])
        }
    }

    func needsShadowKey(_ parts: SessionParts) -> Bool {
        (self == .hashFields || self == .formatFields || self == .wholeHash) && parts.contains(.variant)
    }
}
