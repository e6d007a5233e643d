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
    /// What may be an entry beside tokens: its first bytes, if it is a string, and fields of known names, if it is a hash.
    case tokenEntry

    /// How much of a string is asked for: its format and times stand within the first kilobyte, a principal mostly within
    /// four, and most sessions within 64. What is longer is fetched afterwards, if it is a session.
    /// Times of an entry beside tokens may stand anywhere in its JSON.
    func prefixLength(_ parts: SessionParts) -> Int {
        if !parts.isDisjoint(with: [.attributes, .size]) { return 64 << 10 }
        return parts.contains(.principal) || self == .tokenEntry ? 4 << 10 : 1 << 10
    }

    init(key: [UInt8], parts: SessionParts, _ tokens: JWTKeyTemplates) {
        let (role, format) = SessionFormats.place(ofKey: key)
        if let request = Self.tokenRequest(key, role, tokens) {
            self = request
            return
        }
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

    /// What is asked of a key beside tokens; nil where it is none by its name. What has a common name is one only where no
    /// other format knows the name.
    private static func tokenRequest(_ key: [UInt8], _ role: KeyRole, _ tokens: JWTKeyTemplates) -> KeyRequest? {
        guard let match = tokens.match(key), role == .undecided || !match.isCommon else { return nil }
        if match.isSettledByName { return .nothing }
        return match.purpose.isSession ? .tokenEntry : .stringStart
    }

    /// The fields that are asked for of the hash at `key`.
    func fields(ofKey key: [UInt8], _ parts: SessionParts) -> [[UInt8]] {
        switch self {
        case .hashFields: SpringFormat.hashFields(withPrincipal: parts.contains(.principal))
        case .tokenEntry:
            // Where the user's own name for entries is one of another format as well, its fields tell whose it is.
            JWTFormat.hashFields(withPrincipal: true)
                + (SessionFormats.place(ofKey: key).format?.hashFields(withPrincipal: true) ?? [])
        case .formatFields:
            SessionFormats.place(ofKey: key).format?.hashFields(withPrincipal: parts.contains(.principal)) ?? []
        default: []
        }
    }

    /// Appends the commands for `key`; `replyCount` says how many replies they bring.
    func append(key: [UInt8], parts: SessionParts, to batch: inout CommandBatch) {
        switch self {
        case .nothing: return
        case .hashFields, .formatFields: appendFields(key, parts, to: &batch)
        case .wholeHash:
            batch.append([Array("HGETALL".utf8), key])
        case .stringStart: appendStart(key, parts, to: &batch)
        case .tokenEntry:
            appendStart(key, parts, to: &batch)
            appendFields(key, parts, to: &batch)
        }
        // The remaining life also tells whether a hash without the fields is there at all.
        batch.append([Array("PTTL".utf8), key])
        if needsShadowKey(parts), let shadow = SessionFormats.shadowKey(ofKey: key) {
            batch.append([Array("EXISTS".utf8), shadow])
            batch.append([Array("EXISTS".utf8), SpringFormat.indexKey(ofKey: key) ?? shadow])
        }
    }

    private func appendFields(_ key: [UInt8], _ parts: SessionParts, to batch: inout CommandBatch) {
        let fields = fields(ofKey: key, parts)
        batch.begin(2 + fields.count)
        batch.add("HMGET")
        batch.add(key)
        for field in fields { batch.add(field) }
    }

    private func appendStart(_ key: [UInt8], _ parts: SessionParts, to batch: inout CommandBatch) {
        batch.begin(4)
        batch.add("GETRANGE")
        batch.add(key)
        batch.add(0)
        batch.add(prefixLength(parts) - 1)
    }

    func needsShadowKey(_ parts: SessionParts) -> Bool {
        (self == .hashFields || self == .formatFields || self == .wholeHash) && parts.contains(.variant)
    }
}
