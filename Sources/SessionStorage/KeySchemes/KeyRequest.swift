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
    /// The same of a format that says all its times itself, where nobody wants the life of the key.
    case wholeHashAlone
    /// A key whose name says nothing: its first bytes, if it is a string.
    case stringStart
    /// What may be an entry beside tokens: its first bytes, if it is a string, and fields of known names, if it is a hash.
    case tokenEntry
    /// A hash too large to be fetched among others: it is fetched beside the walk, bit by bit.
    case large
    /// What stands beside sessions by its name, and may be a session: if it is a hash, it is fetched as if it were large. Few are.
    case unlessHash
    /// The same of a name without id or namespace: what is no hash is looked at by its first bytes.
    case startUnlessHash

    /// How much of a string is asked for: its format and times stand within the first kilobyte, a principal mostly within
    /// four, and most sessions within 64. What is longer is fetched afterwards, if it is a session.
    /// Times of an entry beside tokens may stand anywhere in its JSON.
    func prefixLength(_ parts: SessionParts) -> Int {
        if !parts.isDisjoint(with: [.expensive, .plan]) { return 64 << 10 }
        return parts.contains(.principal) || self == .tokenEntry ? 4 << 10 : 1 << 10
    }

    init(key: [UInt8], _ needs: RecordNeeds) {
        let (role, format) = SessionFormats.place(ofKey: key)
        if let request = Self.tokenRequest(key, role, needs.jwtKeys) {
            self = request
            return
        }
        switch role {
        case .auxiliary:
            let mayBeHash = !SpringFormat.isUsualShadowKey(key) && SpringFormat.mayHoldSession(key)
            self = mayBeHash ? .unlessHash : .nothing
        case .undecided:
            let mayBeHash = Self.lacksPart(key) && SpringFormat.mayHoldSession(key)
            self = mayBeHash ? .startUnlessHash : .stringStart
        case .session:
            guard !needs.wantsWholeHashes(of: format) else {
                self = format == SpringFormat.self && !needs.wantsLife ? .wholeHashAlone : .wholeHash
                return
            }
            self = format == SpringFormat.self ? .hashFields : .formatFields
        }
    }

    /// Whether the key begins or ends with a colon, so that nothing stands before `:sessions:` or behind it.
    private static func lacksPart(_ key: [UInt8]) -> Bool {
        key.first == UInt8(ascii: ":") || key.last == UInt8(ascii: ":")
    }

    /// What is asked of a hash where only a hash is of interest.
    var ofHash: KeyRequest { self == .unlessHash || self == .startUnlessHash ? .hashFields : self }

    /// What is asked of a key beside tokens; nil where it is none by its name. What has a common name is one only where no
    /// other format knows the name.
    private static func tokenRequest(_ key: [UInt8], _ role: KeyRole, _ tokens: JWTKeyTemplates) -> KeyRequest? {
        guard let match = tokens.match(key), role == .undecided || !match.isCommon else { return nil }
        if match.isSettledByName { return .nothing }
        return match.purpose.isSession ? .tokenEntry : .stringStart
    }

    /// Appends the commands that measure what the request would bring; nothing where it cannot be much.
    ///
    /// MEMORY USAGE counts every field of a hash that is small enough for one HGETALL, and costs the server a twelfth of that more
    /// than HLEN would. One length costs a twentieth of the HMGET that follows.
    func appendMeasuring(key: [UInt8], _ needs: RecordNeeds, to batch: inout CommandBatch) {
        switch self {
        case .wholeHash where needs.measuresBytes, .wholeHashAlone where needs.measuresBytes:
            Self.appendMemoryUsage(key, to: &batch)
        case .wholeHash, .wholeHashAlone: batch.append([Array("HLEN".utf8), key])
        case .hashFields, .formatFields:
            let fields = needs.measuredFields(ofKey: key, self)
            if fields.count > Self.lengthsForMemory, needs.measuresBytes {
                return Self.appendMemoryUsage(key, to: &batch)
            }
            Self.appendLengths(key, fields, to: &batch)
        // A string of which the beginning is asked for has no such lengths, however long it is.
        case .tokenEntry: Self.appendLengths(key, needs.fields(ofKey: key, self), to: &batch)
        case .unlessHash, .startUnlessHash: Self.appendTypeTest(key, to: &batch)
        case .nothing, .stringStart, .large: break
        }
    }

    /// A command that answers with a number if the key is of the type that its name promises (session-formats, ch. 6.1 and 8):
    /// TYPE would cost the same, and an error, which servers count, comes only where something is odd.
    private static func appendTypeTest(_ key: [UInt8], to batch: inout CommandBatch) {
        batch.begin(2)
        switch SessionFormats.role(ofKey: key) {
        case .auxiliary(GroupedKey.Role.sortedExpirations.rawValue): batch.add("ZCARD")
        case .auxiliary(GroupedKey.Role.principalIndex.rawValue), .auxiliary(GroupedKey.Role.sessionIndex.rawValue):
            batch.add("SCARD")
        default: batch.add("STRLEN")
        }
        batch.add(key)
    }

    private static func appendLengths(_ key: [UInt8], _ fields: [[UInt8]], to batch: inout CommandBatch) {
        for field in fields {
            batch.begin(3)
            batch.add("HSTRLEN")
            batch.add(key)
            batch.add(field)
        }
    }

    /// More lengths cost the server more than MEMORY USAGE does.
    private static let lengthsForMemory = 2

    private static func appendMemoryUsage(_ key: [UInt8], to batch: inout CommandBatch) {
        batch.begin(5)
        batch.add("MEMORY")
        batch.add("USAGE")
        batch.add(key)
        batch.add("SAMPLES")
        batch.add(sampledFields)
    }

    /// A field takes 64 bytes at least, so a hash of more fields takes more than `BatchBudget.bytesAtOnce`.
    private static let sampledFields = 20_000

    /// Appends the commands for `key`.
    func append(key: [UInt8], _ needs: RecordNeeds, to batch: inout CommandBatch) {
        switch self {
        case .nothing, .large, .unlessHash, .startUnlessHash: return
        case .hashFields, .formatFields: appendFields(key, needs, to: &batch)
        case .wholeHash, .wholeHashAlone:
            batch.begin(2)
            batch.add("HGETALL")
            batch.add(key)
        case .stringStart: appendStart(key, needs.parts, to: &batch)
        case .tokenEntry:
            appendStart(key, needs.parts, to: &batch)
            appendFields(key, needs, to: &batch)
        }
        guard asksLife else { return }
        if let question = needs.endQuestion {
            question.append(key: key, to: &batch)
        } else {
            batch.begin(2)
            batch.add("PTTL")
            batch.add(key)
        }
        if needsShadowKey(needs.parts), let shadow = SessionFormats.shadowKey(ofKey: key) {
            batch.append([Array("EXISTS".utf8), shadow])
            batch.append([Array("EXISTS".utf8), SpringFormat.indexKey(ofKey: key) ?? shadow])
        }
    }

    private func appendFields(_ key: [UInt8], _ needs: RecordNeeds, to batch: inout CommandBatch) {
        let fields = needs.fields(ofKey: key, self)
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

    /// Whether a hash is fetched with all its fields.
    var isWholeHash: Bool { self == .wholeHash || self == .wholeHashAlone }

    /// Whether the remaining life is asked for as well. It also tells whether a hash without the fields is there at all: one with
    /// all its fields has some.
    var asksLife: Bool { self != .wholeHashAlone }

    func needsShadowKey(_ parts: SessionParts) -> Bool {
        (self == .hashFields || self == .formatFields || self == .wholeHash) && parts.contains(.variant)
    }
}

/// How much the replies to a batch of commands may hold, as far as it was measured.
struct BatchBudget {
    /// Bytes of one key; more are fetched beside the others.
    static let bytesAtOnce = 1 << 20
    /// Bytes of a batch.
    private static let bytesOfBatch = 16 << 20
    /// What is not measured, the times and names of sessions and the beginnings of strings, is far less. Where it is more, the
    /// keys of the batch are read one by one, everything measured.
    static let limits = ReplyLimits(valueBytes: 4 << 20, batchBytes: 64 << 20)

    private var bytes = 0

    /// The request for a key, given what was measured of it: nil where nothing was, or the server did not tell.
    mutating func request(_ request: KeyRequest, _ needs: RecordNeeds, measure: Int?) -> KeyRequest {
        if request == .unlessHash { return measure == nil ? .large : .nothing }
        if request == .startUnlessHash { return measure == nil ? .large : .stringStart }
        guard let measure else { return request }
        if request.isWholeHash, !needs.measuresBytes {
            return measure > RecordFetch.fieldsAtOnce ? .large : request
        }
        guard measure <= Self.bytesAtOnce, bytes + measure <= Self.bytesOfBatch else { return .large }
        bytes += measure
        return request
    }
}
