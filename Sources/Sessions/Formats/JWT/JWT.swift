/// A JSON Web Token in compact form (RFC 7519), decoded without its key.
///
/// Decoding says what the token claims, never that the claims are true: no signature is checked here, no key is
/// looked at, and nothing that the token points to is fetched.
///
/// ```swift
/// let token = try JWT.decode(bytes)
/// token.claims?.last(named: JSONString("sub"))
/// token.findings(now: 1_767_225_600_000)   // [expired …]
/// ```
public struct JWT: Sendable {
    /// What the middle of the token holds.
    public enum Payload: Sendable {
        /// JSON: the claims, if it is an object.
        case json(JSONDocument)
        /// Another token, as `cty: JWT` announces it (RFC 7519 §5.2).
        case token([UInt8])
        /// Something else, kept as it is, and why it is no JSON.
        case bytes([UInt8], SessionError)
        /// The ciphertext of an encrypted token (RFC 7516); it stays closed.
        case encrypted([UInt8])
    }

    /// How the token stood in the input, and where.
    public let wrapping: JWTWrapping

    /// The header, an object.
    public let header: JSONDocument

    /// The payload.
    public let payload: Payload

    /// The signature as it came (never checked here); of an encrypted token its authentication tag.
    public let signature: [UInt8]

    /// Whether it has the five parts of an encrypted token (JWE) instead of the three of a signed one (JWS).
    public var isEncrypted: Bool { if case .encrypted = payload { true } else { false } }

    /// The claims, if the payload is a JSON object.
    public var claims: JSONObject? { if case .json(let document) = payload { document.root.object } else { nil } }

    /// Why this is no JWT although its form is right: the payload is no JSON object (RFC 7519 §7.2 step 10).
    public var malformation: SessionError? {
        switch payload {
        case .json where claims == nil: SessionError(.jwt(.claimsAreNoObject), offset: 0, path: "payload")
        case .bytes(_, let reason): reason
        case .json, .token, .encrypted: nil
        }
    }

    /// The header's members, in order, with what their names mean.
    public var headerMembers: [JWTMember] { header.root.object?.map { JWTMember($0, JWTTerm.header) } ?? [] }

    /// The claims, in order, with what their names mean and their dates.
    public var claimMembers: [JWTMember] { claims?.map { JWTMember($0, JWTTerm.claims) } ?? [] }
}

extension JWT: CustomStringConvertible {
    /// Its size; never its content, which is a secret while it is valid.
    public var description: String { "JWT of \(wrapping.range.count) bytes" }
}
