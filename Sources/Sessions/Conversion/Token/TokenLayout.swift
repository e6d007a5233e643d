/// How sessions become tokens, with an entry each in an application's allow-list (session-formats, ch. 17.3 and 17.4).
///
/// An entry allows its token until the token ends, and says whose it is: what the session holds stands in the token alone.
public struct TokenLayout: Sendable, Hashable {
    /// How the application names the entries of its allow-list; nil where it has none.
    public var entry: JWTKeyTemplate?
    /// The issuer, `iss`, of the tokens; nil for none.
    public var issuer: String?
    /// Whom they are for, `aud`.
    public var audiences: [String]
    /// How long they live from when they are made, in milliseconds; nil where each ends with its session.
    public var life: Int64?
    /// The attributes, and other parts, that sessions may lose although nobody keeps them; nil where all may be lost.
    public var droppable: [[UInt8]]?

    /// Creates a layout whose entries have the usual names.
    public init(issuer: String? = nil, audiences: [String] = [], life: Int64? = nil, droppable: [[UInt8]]? = nil) {
        entry = JWTKeyTemplates.standard.all(for: .allow).first
        self.issuer = issuer
        self.audiences = audiences
        self.life = life
        self.droppable = droppable
    }

    /// The session as a token's claims and the entry that allows it.
    ///
    /// - Parameter now: milliseconds since 1970 by the clock of the source.
    /// - Throws: `ConversionRefusal` where there is no token for it, no name for its entry, or it would lose what it must not.
    func converted(_ session: Session, now: Int64) throws(ConversionRefusal) -> ConvertedSession {
        guard let entry else {
            throw ConversionRefusal(
                "the target keeps no allow-list (jwt-keys of its profile), and without an entry nobody knows which tokens are allowed"
            )
        }
        let claims = try SessionClaims(
            of: session, jti: Self.tokenID(of: session.id), now: now, life: life, issuer: issuer, audiences: audiences)
        try requireNothingElseLost(claims.losses)
        let values: [JWTKeyPlaceholder: [UInt8]?] = [.sub: claims.subject, .jti: claims.jti, .sid: claims.sid]
        guard let key = entry.key(values.compactMapValues { $0 }) else {
            throw ConversionRefusal(
                "nobody is logged in, and entries of the allow-list are named \(entry.text): jwt-keys of the target's profile can name "
                    + "them without {sub}")
        }
        let (end, overflow) = claims.expiresAt.multipliedReportingOverflow(by: 1000)
        guard !overflow else { throw ConversionRefusal("its end is further away than any clock can tell") }
        let written = WrittenKey(key, .allowList, .string(Self.value(of: claims)), end: end)
        return ConvertedSession(
            session: Self.session(of: claims, end: end), keys: [written], losses: claims.losses, claims: claims)
    }

    /// The id of the token of a session: always the same one, so that a session has one entry however often it is carried over; and a digest,
    /// as who knows a session's id can take it over.
    private static func tokenID(of id: [UInt8]) -> [UInt8] { SHA256.hexadecimal(of: Array("jti:".utf8) + id) }

    private func requireNothingElseLost(_ losses: [ConversionLoss]) throws(ConversionRefusal) {
        guard let droppable else { return }
        let lost = losses.filter { $0.isDropped && !droppable.contains($0.attribute) }
        guard !lost.isEmpty else { return }
        var seen: Set<[UInt8]> = []
        let options = lost.map(\.attribute).filter { seen.insert($0).inserted }
            .map { "--drop '\(EscapedName.text(of: $0))'" }.joined(separator: " ")
        throw ConversionRefusal(
            "a token cannot hold all of it, and --move leaves nothing behind: \(options) gives it up",
            losses: lost)
    }

    /// The metadata of an entry: whose token it is, and from when to when it is good.
    private static func value(of claims: SessionClaims) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        if let subject = claims.subject {
            writer.name("sub")
            writer.string(String(decoding: subject, as: UTF8.self))
        }
        for (name, number) in [("iat", claims.issuedAt), ("exp", claims.expiresAt)] {
            writer.name(name)
            writer.integer(number)
        }
        for (name, text) in [("jti", claims.jti), ("sid", claims.sid)] {
            writer.name(name)
            writer.string(String(decoding: text, as: UTF8.self))
        }
        writer.endObject()
        return writer.takeBytes()
    }

    private static func session(of claims: SessionClaims, end: Int64) -> PortableSession {
        let issued = claims.issuedAt.multipliedReportingOverflow(by: 1000).partialValue
        return PortableSession(
            id: claims.jti, createdAt: issued, lastAccessedAt: issued,
            maxInactiveSeconds: claims.expiresAt.subtractingReportingOverflow(claims.issuedAt).partialValue,
            principalName: claims.subject)
    }
}
