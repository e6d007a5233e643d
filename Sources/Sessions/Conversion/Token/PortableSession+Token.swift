extension PortableSession {
    /// The session that takes the place of a token (session-formats, ch. 17.4, in reverse): created when the token was issued, last used
    /// now, with an interval that ends with its `exp`, and each claim as an attribute: `attr:NAME` as NAME, which it was in the session that
    /// the token was made of. The user, `sub`, is the principal as well.
    ///
    /// The id is made of the token's SHA-256: whoever holds the token can tell it, and nobody else.
    ///
    /// - Parameters:
    ///   - session: a token as it was read from a store; whether its signature holds is its caller's to know.
    ///   - now: milliseconds since 1970.
    ///   - interval: the interval in seconds that it shall have, counted from now; nil for one that ends with the token.
    /// - Throws: `ConversionRefusal` where there is no token but only an entry beside one, it has no claims, or no end.
    init(ofToken session: Session, now: Int64, interval: Int64?) throws(ConversionRefusal) {
        guard let token = session.token else {
            throw ConversionRefusal(
                "only an entry beside a token is there, and not the token: nobody could be told of the session that takes its place"
            )
        }
        guard let decoded = try? JWT.decode(token), let claims = decoded.claims else {
            throw ConversionRefusal(
                "its claims cannot be read: \(session.findings.first?.message ?? "it is encrypted")")
        }
        // Of what was issued in the future nothing may count from there.
        let issued = session.createdAt.map { min($0, now) } ?? now
        let (used, seconds) = try Self.life(from: issued, to: session.statedEnd, now: now, interval: interval)
        self.init(
            id: SHA256.hexadecimal(of: token), createdAt: issued, lastAccessedAt: used, maxInactiveSeconds: seconds,
            principalName: session.principalName, attributes: try Self.attributes(claims))
    }

    /// When it was last used, and how many seconds it lives from then. It ends when the token does, to the millisecond: the last use is as much
    /// before now as the interval is more than what is left in whole seconds.
    private static func life(
        from issued: Int64, to end: Int64?, now: Int64, interval: Int64?
    ) throws(ConversionRefusal) -> (used: Int64, seconds: Int64) {
        if let interval { return (now, interval) }
        guard let end else {
            throw ConversionRefusal(
                "it has no exp, and a session needs an end: give an interval with --max-inactive-interval")
        }
        let (left, overflow) = end.subtractingReportingOverflow(now)
        guard !overflow, left > 0 else { throw ConversionRefusal("it has ended") }
        let (seconds, rest) = left.quotientAndRemainder(dividingBy: 1000)
        let used = rest == 0 ? now : now - (1000 - rest)
        if used >= issued { return (used, rest == 0 ? seconds : seconds + 1) }
        // It was not used before it was issued, within this second.
        guard seconds > 0 else { throw ConversionRefusal("it ends within this second") }
        return (now, seconds)
    }

    /// What is told of the interval of such a session, which no token has.
    static let intervalLoss = ConversionLoss(
        attribute: Array("interval".utf8),
        "a token ends at exp whatever is done with it, and its session has what is left until then as interval, which begins anew with each "
            + "use: --max-inactive-interval gives another")

    /// Times count for the session and are none of its values; a null says nothing.
    private static let times = ["iat", "nbf", "exp"].map { JSONString($0) }

    /// What tokens that were made of sessions say of the login beside attributes: an attribute of such a name is the one that counts.
    private static let ofTheLogin = ["iss", "sub", "aud", "jti", "sid", "roles", "scope", "amr"].map { JSONString($0) }

    /// Names by which applications find a login: no claim becomes one by its name.
    private static let reserved =
        [SpringPrincipal.indexAttribute, SpringPrincipal.reactiveIndexAttribute, SpringPrincipal.contextAttribute]
        .map { JSONString($0) }

    private static func attributes(_ claims: JSONObject) throws(ConversionRefusal) -> [PortableAttribute] {
        guard claims.duplicateNames.isEmpty else {
            throw ConversionRefusal("it has a claim twice, and nobody knows which one counts (RFC 7519 §4)")
        }
        let former = Set(claims.filter { $0.name.bytes.starts(with: prefix) }.map { attributeName(of: $0.name) })
        var attributes: [PortableAttribute] = []
        var names: Set<[UInt8]> = []
        for claim in claims where !times.contains(claim.name) && !claim.value.isNull {
            let name = attributeName(of: claim.name)
            if ofTheLogin.contains(claim.name), former.contains(name) { continue }
            guard !reserved.contains(where: { $0.bytes == name }) else {
                throw ConversionRefusal("it has a claim by whose name applications find a login")
            }
            guard names.insert(name).inserted else { throw conflict(over: name) }
            attributes.append(try attribute(claim, named: name))
        }
        return attributes
    }

    private static func attribute(
        _ claim: JSONObject.Member, named name: [UInt8]
    ) throws(ConversionRefusal) -> PortableAttribute {
        do throws(ValueProblem) {
            let value = try ClaimValue.stream(of: claim.value, named: claim.name.bytes)
            return PortableAttribute(name: name, value: value, encoding: .java)
        } catch {
            throw ConversionRefusal("the claim \(error)", losses: [ConversionLoss(attribute: name, error.reason)])
        }
    }

    private static let prefix = Array(SessionClaims.attributePrefix.utf8)

    /// What was an attribute before becomes the same again; any other claim is one of its own name.
    private static func attributeName(of claim: JSONString) -> [UInt8] {
        claim.bytes.starts(with: prefix) ? Array(claim.bytes.dropFirst(prefix.count)) : claim.bytes
    }

    private static func conflict(over name: [UInt8]) -> ConversionRefusal {
        let text = EscapedName.text(of: name)
        return ConversionRefusal(
            "its claims '\(text)' and '\(SessionClaims.attributePrefix)\(text)' would be one attribute, and nobody knows which one counts"
        )
    }
}

extension Session {
    /// The token that it is, whole and alone; nil where there is none, or only an entry beside one.
    package var token: [UInt8]? { jwt.flatMap { $0.token.isEmpty ? nil : $0.token } }

    /// Whom its token names, with the roles that it grants; nil where it is none, or names nobody.
    var tokenUser: LoggedInUser? {
        guard let jwt, let principalName, !principalName.isEmpty else { return nil }
        return LoggedInUser(name: principalName, roles: jwt.roles.compactMap { EscapedName.readings(of: $0).first })
    }
}
