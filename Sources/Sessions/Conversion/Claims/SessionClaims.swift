/// The claims of the token that takes the place of a session (session-formats, ch. 17.4).
///
/// A token can be read by everybody who holds it and tells no object of an application: what it does not say, or says in another form, is
/// among the losses.
///
/// ```swift
/// let claims = try SessionClaims(of: session, jti: jti, now: now, life: nil, issuer: "https://idp.invalid", audiences: ["shop"])
/// sign(claims.json)
/// report(claims.losses)
/// ```
public struct SessionClaims: Sendable {
    /// The claims as one JSON object, in a fixed order: `iss`, `sub`, `aud`, `exp`, `iat`, `jti`, `sid`, `roles`, `scope`, `amr`, then the
    /// attributes by name.
    public let json: [UInt8]
    /// The user's name, in UTF-8; nil where nobody is logged in.
    public let subject: [UInt8]?
    /// The token's id.
    public let jti: [UInt8]
    /// A hash of the session's id, from which nobody can tell the id: that is as good as a password.
    public let sid: [UInt8]
    /// When the session was created, in seconds since 1970.
    public let issuedAt: Int64
    /// When the token ends, in seconds since 1970.
    public let expiresAt: Int64
    /// What the token does not say, or says in another form.
    public let losses: [ConversionLoss]

    /// What stands before the name of an attribute in the name of its claim.
    public static let attributePrefix = "attr:"

    /// The claims of a session.
    ///
    /// - Parameters:
    ///   - session: whole, with all attributes.
    ///   - jti: the token's id: text without anything to escape.
    ///   - now: milliseconds since 1970 by the clock of the source.
    ///   - life: how long the token lives from now in milliseconds; nil: it ends when the session would.
    ///   - issuer: `iss`; none where nil.
    ///   - audiences: `aud`; none where empty.
    /// - Throws: `ConversionRefusal` where the session is a token already, has ended, has no end and no `life` is given, or cannot be read.
    public init(
        of session: Session, jti: [UInt8], now: Int64, life: Int64?, issuer: String?, audiences: [String]
    ) throws(ConversionRefusal) {
        guard session.format != JWTFormat.name else {
            throw ConversionRefusal("it is a token already, or what is kept beside one: whoever issued it renews it")
        }
        let portable = try PortableSession(forClaimsOf: session, now: now)
        let times = try ClaimedTimes(of: session, portable, now: now, life: life)
        let login = ClaimedLogin(of: session)
        let attributes = ClaimedAttributes(of: session, portable, login)
        self.jti = jti
        sid = Self.sid(ofID: session.id)
        subject = login.subject
        (issuedAt, expiresAt) = (times.issuedAt, times.expiresAt)
        losses = times.losses + login.losses + attributes.losses + session.fieldLosses
        var writer = JSONWriter()
        writer.beginObject()
        Self.write(issuer: issuer, login.subject, audiences, to: &writer)
        Self.write(times, jti: jti, sid: sid, to: &writer)
        login.writeRights(to: &writer)
        attributes.write(to: &writer)
        writer.endObject()
        json = writer.takeBytes()
        try Self.requireReadable(json)
    }

    private static func write(
        issuer: String?, _ subject: [UInt8]?, _ audiences: [String], to writer: inout JSONWriter
    ) {
        if let issuer { writer.member("iss", issuer) }
        if let subject { writer.member("sub", String(decoding: subject, as: UTF8.self)) }
        if audiences.count == 1 { return writer.member("aud", audiences[0]) }
        writer.member("aud", audiences)
    }

    private static func write(_ times: ClaimedTimes, jti: [UInt8], sid: [UInt8], to writer: inout JSONWriter) {
        writer.name("exp")
        writer.integer(times.expiresAt)
        writer.name("iat")
        writer.integer(times.issuedAt)
        writer.member("jti", String(decoding: jti, as: UTF8.self))
        writer.member("sid", String(decoding: sid, as: UTF8.self))
    }

    /// `sid` of the session with this id: Base64url of the SHA-256 of `session-id:` and the id.
    public static func sid(ofID id: [UInt8]) -> [UInt8] {
        Array(Base64.encode(SHA256.digest(of: Array("session-id:".utf8) + id), .url).utf8)
    }

    /// What is issued must be read again, by this program first.
    private static func requireReadable(_ json: [UInt8]) throws(ConversionRefusal) {
        do throws(SessionError) {
            _ = try JSONReader.read(json, limits: JWT.limits)
        } catch {
            throw ConversionRefusal("its claims are more than any token has: \(error)")
        }
    }
}

extension PortableSession {
    /// What is to be known of the attributes, whatever is known of the session's end: that is told in another way.
    fileprivate init(forClaimsOf session: Session, now: Int64) throws(ConversionRefusal) {
        var known = session
        known.lastAccessedAt = session.lastAccessedAt ?? session.createdAt ?? now
        try self.init(of: known, now: now, interval: session.maxInactiveSeconds ?? -1)
    }
}

extension JSONWriter {
    /// A member that is text.
    mutating func member(_ name: String, _ text: String) {
        self.name(name)
        string(text)
    }

    /// A member that is a list of texts; none for an empty one.
    mutating func member(_ name: String, _ texts: [String]) {
        guard !texts.isEmpty else { return }
        self.name(name)
        beginArray()
        for text in texts { string(text) }
        endArray()
    }
}
