/// A JSON Web Token as the value of a string key (session-formats, ch. 17).
///
/// There is no standard for such keys, so only the value decides; the session's id is the key.
public enum JWTFormat: SessionFormat {
    /// The word `jwt`.
    public static let name = "jwt"

    /// Names say nothing: any key may hold a token.
    public static func role(ofKey key: [UInt8]) -> KeyRole { .undecided }

    /// Reads the session that `record` holds, or nil where it holds none of this format.
    public static func session(from record: StoredRecord, now: Int64) -> Session? {
        guard case .string(let value) = record.content, JWT.looksLikeToken(value, isPrefix: !record.isWhole) else {
            return nil
        }
        var session = Session(id: record.key, format: name, key: record.key, timeToLive: record.timeToLive)
        session.sizeBytes = record.sizeBytes
        guard record.isWhole else { return session }
        do {
            apply(try JWT.decode(value), to: &session, now: now)
        } catch {
            session.findings.append(Finding("undecodable", error.description))
        }
        session.attributes = [SessionAttribute(name: Array("token".utf8), value: .stored(value))]
        return session
    }

    /// `sub` is the principal, `iat` the creation, `exp` the end (session-formats, ch. 17.4). When a token was last used nobody
    /// writes down.
    private static func apply(_ token: JWT, to session: inout Session, now: Int64) {
        for finding in token.findings(now: now) {
            session.findings.append(Finding(finding.code.rawValue, finding.message))
        }
        var times: [String: Int64] = [:]
        for member in token.claimMembers {
            guard let name = member.name.text else { continue }
            if name == "sub", let subject = member.value.string { session.principal = subject.lossyText }
            if let date = member.date, !date.isOutOfRange { times[name] = date.milliseconds }
        }
        session.createdAt = times["iat"]
        session.statedEnd = times["exp"]
    }
}
