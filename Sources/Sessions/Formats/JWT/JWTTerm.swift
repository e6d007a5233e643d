/// What specifications say about the name of a header parameter or claim.
struct JWTTerm: Sendable {
    /// What its value must be.
    enum Shape: Hashable, Sendable {
        case string, strings, stringOrStrings, numericDate, bool, object
    }

    let meaning: String
    let shape: Shape

    init(_ meaning: String, _ shape: Shape = .string) {
        self.meaning = meaning
        self.shape = shape
    }

    /// Header parameters: RFC 7515 §4.1, RFC 7516 §4.1, RFC 7518 §4, RFC 7797.
    static let header: [String: JWTTerm] = [
        "alg": JWTTerm("algorithm"), "enc": JWTTerm("content encryption"), "zip": JWTTerm("compression"),
        "typ": JWTTerm("type"), "cty": JWTTerm("content type"), "kid": JWTTerm("key id"),
        "jku": JWTTerm("URL of a key set"), "jwk": JWTTerm("key", .object), "x5u": JWTTerm("URL of a certificate"),
        "x5c": JWTTerm("certificate chain", .strings), "x5t": JWTTerm("SHA-1 of the certificate"),
        "x5t#S256": JWTTerm("SHA-256 of the certificate"), "crit": JWTTerm("must be understood", .strings),
        "b64": JWTTerm("payload is encoded", .bool), "epk": JWTTerm("ephemeral key", .object),
        "apu": JWTTerm("producer"), "apv": JWTTerm("recipient"), "iv": JWTTerm("initialization vector"),
        "tag": JWTTerm("authentication tag"), "p2s": JWTTerm("salt"),
    ]

    /// Claims: RFC 7519 §4.1, OpenID Connect Core §2 and §5.1, its logout specifications, RFC 8693, RFC 7800, RFC
    /// 8417, RFC 9068.
    static let claims: [String: JWTTerm] = [
        "iss": JWTTerm("issuer"), "sub": JWTTerm("subject"), "aud": JWTTerm("audience", .stringOrStrings),
        "exp": JWTTerm("expires", .numericDate), "nbf": JWTTerm("not before", .numericDate),
        "iat": JWTTerm("issued", .numericDate), "jti": JWTTerm("token id"), "sid": JWTTerm("session id"),
        "auth_time": JWTTerm("logged in", .numericDate), "updated_at": JWTTerm("profile changed", .numericDate),
        "toe": JWTTerm("time of the event", .numericDate), "nonce": JWTTerm("nonce"),
        "azp": JWTTerm("authorized party"), "acr": JWTTerm("authentication class"),
        "amr": JWTTerm("authentication methods", .strings), "at_hash": JWTTerm("hash of the access token"),
        "c_hash": JWTTerm("hash of the code"), "scope": JWTTerm("scopes"), "scp": JWTTerm("scopes", .stringOrStrings),
        "client_id": JWTTerm("client"), "roles": JWTTerm("roles", .stringOrStrings),
        "groups": JWTTerm("groups", .stringOrStrings), "name": JWTTerm("full name"),
        "preferred_username": JWTTerm("user name"), "email": JWTTerm("e-mail address"),
        "email_verified": JWTTerm("e-mail address verified", .bool), "act": JWTTerm("actor", .object),
        "may_act": JWTTerm("may be actor", .object), "cnf": JWTTerm("bound to a key", .object),
        "events": JWTTerm("events", .object),
    ]
}

extension JWTTerm.Shape {
    func fits(_ node: JSONNode) -> Bool {
        switch self {
        case .string: node.kind == .string
        case .strings: isStrings(node)
        case .stringOrStrings: node.kind == .string || isStrings(node)
        case .numericDate: node.kind == .number
        case .bool: node.kind == .bool
        case .object: node.kind == .object
        }
    }

    private func isStrings(_ node: JSONNode) -> Bool {
        node.array?.allSatisfy { $0.kind == .string } ?? false
    }

    /// What must be there, for people.
    var name: String {
        switch self {
        case .string: "a string"
        case .strings: "an array of strings"
        case .stringOrStrings: "a string or an array of strings"
        case .numericDate: "a number of seconds"
        case .bool: "true or false"
        case .object: "an object"
        }
    }
}
