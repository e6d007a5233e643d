package import Sessions

/// One reason why a token is refused.
package struct TokenRefusal: Hashable, Sendable {
    /// The kind of reason.
    package let reason: Reason
    /// Where in the token it is.
    package let part: JWTFinding.Part
    /// The header parameter or claim it is about, if any. It is data: escape it before showing it.
    package let name: JSONString?
    /// One sentence for people, without any value of the token but times.
    package let message: String

    init(_ reason: Reason, _ part: JWTFinding.Part, _ name: String? = nil, _ message: String) {
        self.init(reason, part, of: name.map { JSONString($0) }, message)
    }

    init(_ reason: Reason, _ part: JWTFinding.Part, of name: JSONString?, _ message: String) {
        self.reason = reason
        self.part = part
        self.name = name
        self.message = message
    }

    init(_ finding: JWTFinding) {
        reason = .finding(finding.code)
        part = finding.part
        name = finding.name
        message = finding.message
    }

    /// The kinds of reasons.
    package enum Reason: Hashable, Sendable {
        /// One that shows without a key.
        case finding(JWTFinding.Code)
        /// The bytes are no token (RFC 7515 §5.2, RFC 7519 §7.2).
        case malformed
        /// Something stands around the token.
        case wrapped
        /// The token is encrypted (RFC 7516).
        case encrypted
        /// `alg` is none of those that the key, or the policy, allows (RFC 8725 §3.1).
        case algorithm
        /// No key has the token's `kid`.
        case unknownKey
        /// The key that the token names must not be used.
        case unusableKey
        /// The signature was made with another key, or of other bytes.
        case signature
        /// `iss` is none of those that are accepted (RFC 7519 §4.1.1, RFC 8725 §3.8).
        case issuer
        /// `aud` does not name whoever accepts the token (RFC 7519 §4.1.3, RFC 8725 §3.9).
        case audience
        /// `typ` is another one (RFC 8725 §3.11).
        case type
        /// A claim that is asked for is not there.
        case missingClaim
    }

    /// The stable name of ``reason`` for scripts.
    package var code: String {
        switch reason {
        case .finding(let code): code.rawValue
        case .malformed: "malformed"
        case .wrapped: "not-bare"
        case .encrypted: "encrypted"
        case .algorithm: "alg-not-allowed"
        case .unknownKey: "kid-unknown"
        case .unusableKey: "key-unusable"
        case .signature: "signature-wrong"
        case .issuer: "iss-not-accepted"
        case .audience: "aud-not-accepted"
        case .type: "typ-not-accepted"
        case .missingClaim: "claim-missing"
        }
    }
}
