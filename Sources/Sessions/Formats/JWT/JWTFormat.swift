/// JSON Web Tokens: as the value of a string key, and what an application keeps in Redis about them (session-formats,
/// ch. 17).
///
/// There is no standard for such keys. Any value that is a token is a session whose id is the key; entries of an
/// allow-list and refresh tokens are found by the names of their keys (`JWTKeyTemplates`), and have ids of their own.
public enum JWTFormat: SessionFormat {
    /// The word `jwt`.
    public static let name = "jwt"
    /// What is kept of a token, where it is not the token itself.
    public static let variants = ["allow-list", "refresh-token"]

    /// Names say nothing by themselves: any key may hold a token, and templates may be anything.
    public static func role(ofKey key: [UInt8]) -> KeyRole { .undecided }

    /// The fields that tell of an entry that is a hash all that `list` shows.
    public static func hashFields(withPrincipal: Bool) -> [[UInt8]] { JWTEntry.knownNames }

    /// The keys beside its own that exist, or may, because of `session`.
    public static func keyGroup(of session: Session) -> [GroupedKey] { session.jwt?.keyGroup(of: session.key) ?? [] }

    /// What a record without a session is for: what only its type tells, the name says (`JWTKeyPurpose`).
    public static func auxiliaryKind(of record: StoredRecord) -> String? { nil }

    /// Reads the session that `record` holds, or nil where it holds none of this format.
    public static func session(from record: StoredRecord, now: Int64) -> Session? {
        guard let match = record.jwtKeys.match(record.key) else { return tokenSession(from: record, now: now) }
        // A token that lies under the name of a deny-list is revoked, and no session.
        if match.isSettledByName { return nil }
        if match.purpose.isSession, let session = JWTEntry(record, match, now: now)?.session() { return session }
        return tokenSession(from: record, now: now)
    }

    /// A value that is a token, whatever its key.
    private static func tokenSession(from record: StoredRecord, now: Int64) -> Session? {
        guard case .string(let value) = record.content, JWT.looksLikeToken(value, isPrefix: !record.isWhole) else {
            return nil
        }
        var session = Session(id: record.key, format: name, key: record.key, timeToLive: record.timeToLive)
        session.sizeBytes = record.sizeBytes
        guard record.isWhole else { return session }
        session.take(token: value, JWTIdentity(keys: record.jwtKeys), now: now)
        session.attributes = [SessionAttribute(name: Array("token".utf8), value: .stored(value))]
        return session
    }
}

extension Session {
    /// Takes what the token says: `sub` is the principal, `iat` the creation, `exp` the end (session-formats, ch. 17.4).
    /// When a token was last used nobody writes down. Returns the claims.
    @discardableResult
    mutating func take(token bytes: [UInt8], _ start: JWTIdentity, now: Int64) -> JWTEntryFields {
        var identity = start
        var fields = JWTEntryFields([])
        do {
            let token = try JWT.decode(bytes)
            for finding in token.findings(now: now) {
                findings.append(Finding(finding.code.rawValue, finding.sentence))
            }
            fields = JWTEntryFields(token)
            identity.take(fields)
            identity.lacksIssue = token.claims != nil && fields.time("iat") == nil
            // `issued` is a word of entries, and no claim that anybody judges by.
            if identity.lacksIssue { identity.issuedAt = nil }
            identity.endsNever = token.claims != nil && fields.time("exp") == nil
            identity.token = Array(bytes[token.wrapping.range])
            principalName = token.claims?.last(named: JSONString("sub"))?.string?.bytes ?? principalName
            createdAt = fields.time("iat")
            statedEnd = fields.time("exp")
        } catch {
            findings.append(Finding("undecodable", error.description))
        }
        jwt = identity
        return fields
    }
}
