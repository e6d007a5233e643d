extension JWT {
    /// What is wrong or remarkable by RFC 7519 and RFC 8725, as far as it shows without a key.
    ///
    /// - Parameter now: The time to compare `exp`, `nbf` and `iat` with, in milliseconds since 1970-01-01; nil leaves
    ///   those comparisons out.
    public func findings(now: Int64?) -> [JWTFinding] {
        var inspection = JWTInspection(token: self)
        inspection.inspectWrapping()
        inspection.inspectMembers(header.root.object, .header, JWTTerm.header)
        inspection.inspectHeader()
        inspection.inspectPayload()
        inspection.inspectMembers(claims, .payload, JWTTerm.claims)
        inspection.inspectTimes(now: now)
        inspection.inspectSignature()
        return inspection.findings
    }
}

/// Collects the findings of one token.
struct JWTInspection {
    let token: JWT
    private(set) var findings: [JWTFinding] = []
    private var counts: [JWTFinding.Code: Int] = [:]
    /// A hostile token can have a hundred thousand duplicates; nobody reads that many.
    private static let limit = 20

    init(token: JWT) { self.token = token }

    /// Adds a finding; of each kind at most `limit`, and then one that says there are more.
    mutating func add(
        _ code: JWTFinding.Code, _ part: JWTFinding.Part, _ name: JSONString? = nil, _ message: String
    ) {
        let count = counts[code, default: 0]
        counts[code] = min(count, Self.limit) + 1
        if count < Self.limit {
            findings.append(JWTFinding(code: code, part: part, name: name, message: message))
        } else if count == Self.limit {
            findings.append(JWTFinding(code: code, part: part, name: nil, message: "and more of the same"))
        }
    }

    mutating func add(_ code: JWTFinding.Code, _ part: JWTFinding.Part, named name: String, _ message: String) {
        add(code, part, JSONString(name), message)
    }

    /// The value that counts: of a name given twice, the last (RFC 7519 §4).
    func header(_ name: String) -> JSONNode? { token.header.root[name] }

    func claim(_ name: String) -> JSONNode? { token.claims?.last(named: JSONString(name)) }

    mutating func inspectWrapping() {
        let wrapping = token.wrapping
        if wrapping.hasSpace { add(.surroundingSpace, .token, nil, "white space around the token was left out") }
        if wrapping.hasQuotes { add(.surroundingQuotes, .token, nil, "quotation marks around it were left out") }
        if wrapping.hasBearer { add(.bearerPrefix, .token, nil, "the word Bearer before the token was left out") }
    }

    /// Names that occur twice (RFC 7515 §4, RFC 7519 §4) and values of the wrong kind.
    mutating func inspectMembers(_ object: JSONObject?, _ part: JWTFinding.Part, _ terms: [String: JWTTerm]) {
        guard let object else { return }
        for name in object.duplicateNames {
            add(.duplicateMember, part, name, "the name occurs more than once; readers differ in which one they take")
        }
        var seen: Set<String> = []
        for member in object {
            guard let name = member.name.text, let term = terms[name], !term.shape.fits(member.value) else { continue }
            guard seen.insert(name).inserted else { continue }
            add(.wrongType, part, member.name, "must be \(term.shape.name)")
        }
    }

    mutating func inspectPayload() {
        switch token.payload {
        case .json(let document) where document.root.kind != .object:
            add(.payloadIsNoObject, .payload, nil, "the payload is JSON, but no object, so there are no claims")
        case .json: break
        case .token: add(.payloadIsToken, .payload, nil, "the payload is another token")
        case .bytes(_, let reason): add(.payloadIsNotJSON, .payload, nil, "the payload has no claims: \(reason)")
        case .encrypted(let bytes):
            add(.payloadEncrypted, .payload, nil, "the payload is encrypted (\(bytes.count) bytes) and stays closed")
        }
    }
}
