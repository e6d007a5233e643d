/// An entry of an allow-list or a refresh token, as a string or a hash (session-formats, ch. 17.3).
struct JWTEntry {
    private let record: StoredRecord
    private let match: JWTKeyMatch
    /// Milliseconds since 1970.
    private let now: Int64
    private var fields = JWTEntryFields([])
    /// The value, where it is a token itself.
    private var token: [UInt8]?
    /// A value that is neither fields nor a token.
    private var text: [UInt8]?

    /// Names that tell such an entry, and all that `list` has to know of it.
    static let knownNames = [
        "sub", "iat", "issued", "exp", "jti", "sid", "ver", "family", "client", "scope", "ip", "ua",
    ].map { Array($0.utf8) }

    /// Nil where the record is of another type, or its name is a common one and its content does not look like it.
    init?(_ record: StoredRecord, _ match: JWTKeyMatch, now: Int64) {
        self.record = record
        self.match = match
        self.now = now
        switch record.content {
        case .hash(let all):
            fields = JWTEntryFields(all)
            if match.isCommon, !looksKnown { return nil }
        case .string(let value):
            // `session:` and a word is what half of the world calls its sessions: only a hash is one of ours.
            if match.isCommon, match.purpose == .allow { return nil }
            read(value)
            if match.isCommon, token == nil, !looksKnown { return nil }
        case .other: return nil
        }
    }

    private var looksKnown: Bool { fields.pairs.filter { Self.knownNames.contains($0.name) }.count >= 2 }

    private mutating func read(_ value: [UInt8]) {
        if JWT.looksLikeToken(value, isPrefix: !record.isWhole) {
            token = value
        } else if value.first(where: { !Hexadecimal.isSpace($0) }) == UInt8(ascii: "{"),
            let document = try? JSONReader.read(record.isWhole ? value : Self.closed(value), limits: JWT.limits),
            let object = document.root.object
        {
            fields = JWTEntryFields(object, in: document)
        } else if !value.isEmpty {
            text = value
        }
    }

    /// The whole members at the beginning of an object that was cut off, as an object.
    private static func closed(_ value: [UInt8]) -> [UInt8] {
        var (depth, end, isText, isEscaped) = (0, 0, false, false)
        for (index, byte) in value.enumerated() {
            if isText {
                isText = isEscaped || byte != UInt8(ascii: "\"")
                isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isText = true
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: ",") where depth == 1: end = index
            default: break
            }
        }
        return value[..<end] + [UInt8(ascii: "}")]
    }

    func session() -> Session {
        let isRefresh = match.purpose == .refresh
        var session = Session(id: id, format: JWTFormat.name, key: record.key, timeToLive: record.timeToLive)
        session.variant = isRefresh ? "refresh-token" : "allow-list"
        session.sizeBytes = record.sizeBytes
        var identity = JWTIdentity(keys: record.jwtKeys)
        identity.values = match.values
        identity.isRefreshToken = isRefresh
        identity.take(fields)
        session.principal = identity.values[.sub].map { EscapedName.text(of: $0) }
        session.createdAt = fields.time("iat") ?? fields.time("issued")
        session.statedEnd = fields.time("exp")
        if let token, record.isWhole {
            contradictions(of: session.take(token: token, identity, now: now), in: &session)
        } else {
            session.jwt = identity
            contradictions(of: fields, in: &session)
        }
        life(of: &session)
        if record.isWhole { session.attributes = attributes }
        return session
    }

    /// The id that the key names; where it names several, that of the token.
    private var id: [UInt8] {
        let order: [JWTKeyPlaceholder] = [.jti, .hash, .sid]
        return order.lazy.compactMap { match.values[$0] }.first ?? record.key
    }

    private var attributes: [SessionAttribute] {
        if let token { return [SessionAttribute(name: Array("token".utf8), value: .stored(token))] }
        if let text { return [SessionAttribute(name: Array("value".utf8), value: .stored(text))] }
        let all = fields.pairs.map { SessionAttribute(name: $0.name, value: .stored($0.value)) }
        // A hash has another order on each server, JSON the one that was written.
        guard case .hash = record.content else { return all }
        return all.sorted { $0.name.lexicographicallyPrecedes($1.name) }
    }

    // MARK: What is wrong with it by itself

    /// What an entry holds is to be of whom its key names.
    private func contradictions(of fields: JWTEntryFields, in session: inout Session) {
        for placeholder in [JWTKeyPlaceholder.sub, .jti, .sid, .family] {
            guard let named = match.values[placeholder], let held = fields.text(placeholder.rawValue), named != held
            else { continue }
            session.findings.append(
                Finding(
                    "other-token",
                    "its key names the \(placeholder.rawValue) '\(EscapedName.text(of: named))' and what it holds another"
                ))
        }
    }

    private func life(of session: inout Session) {
        if record.timeToLive == .none, !(session.jwt?.endsNever ?? false) {
            session.findings.append(
                Finding("no-expiry", "its key never expires: the token is allowed until the key is deleted"))
        }
        guard token == nil, let end = session.statedEnd, end <= now else { return }
        session.findings.append(
            Finding("expired", "it ended at \(RFC3339.text(milliseconds: end)) and is still stored"))
    }
}
