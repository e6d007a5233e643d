/// Something about a token that whoever accepts it, or is surprised by it, should know; found without any key.
public struct JWTFinding: Hashable, Sendable {
    /// How grave it is.
    public enum Severity: String, Hashable, Sendable {
        /// A verifier must refuse the token.
        case error
        /// Likely a mistake, or dangerous with a careless verifier.
        case warning
        /// Only worth knowing.
        case note
    }

    /// Where in the token it is.
    public enum Part: String, Hashable, Sendable {
        /// Around it, or all of it.
        case token
        /// Its first part.
        case header
        /// Its claims.
        case payload
        /// Its last part.
        case signature
    }

    /// What was found.
    public let code: Code
    /// Where.
    public let part: Part
    /// The header parameter or claim it is about, if any. It is data: escape it before showing it.
    public let name: JSONString?
    /// One sentence for people, without any value of the token but times.
    public let message: String

    /// How grave it is.
    public var severity: Severity { code.severity }

    /// ``message`` behind the name that it is about; may hold text from the data, so escape it before a terminal sees it.
    var sentence: String { name.map { "\(EscapedName.text(of: $0.bytes)): \(message)" } ?? message }

    /// The kinds of findings; the raw values are stable names for scripts.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// White space around the token.
        case surroundingSpace = "surrounding-space"
        /// Quotation marks around the token.
        case surroundingQuotes = "surrounding-quotes"
        /// `Bearer` before the token.
        case bearerPrefix = "bearer-prefix"
        /// A name twice in the header or the claims (RFC 7519 §4).
        case duplicateMember = "duplicate-member"
        /// A value of another type than its specification says.
        case wrongType = "wrong-type"
        /// No `alg`.
        case algorithmMissing = "alg-missing"
        /// `alg` is `none`, in any spelling (RFC 8725 §3.2).
        case algorithmNone = "alg-none"
        /// `alg` is no registered algorithm for this kind of token.
        case algorithmUnknown = "alg-unknown"
        /// `crit` breaks the rules of RFC 7515 §4.1.11.
        case criticalMalformed = "crit-malformed"
        /// `crit` names an extension that is not known.
        case criticalUnknown = "crit-unknown"
        /// `jku` or `x5u`: a URL to fetch a key from (RFC 8725 §3.10).
        case keyURL = "key-url"
        /// `jwk` or `x5c`: the key comes with the token.
        case embeddedKey = "embedded-key"
        /// `kid` looks like an injection (RFC 8725 §3.10).
        case suspectKeyID = "suspect-kid"
        /// `zip`: compressed content, which is not inflated.
        case compressed = "compressed"
        /// `b64` is false (RFC 7797).
        case unencodedPayload = "unencoded-payload"
        /// The payload is encrypted.
        case payloadEncrypted = "payload-encrypted"
        /// The payload is another token (RFC 7519 §5.2).
        case payloadIsToken = "payload-is-token"
        /// The payload is no JSON.
        case payloadIsNotJSON = "payload-not-json"
        /// The payload is JSON, but no object.
        case payloadIsNoObject = "payload-no-object"
        /// No `exp`.
        case expiryMissing = "exp-missing"
        /// `exp` has come.
        case expired = "expired"
        /// `nbf` has not come.
        case notYetValid = "not-yet-valid"
        /// `iat` is more than a minute ahead.
        case issuedInFuture = "issued-in-future"
        /// `exp` is before `iat`.
        case expiresBeforeIssued = "exp-before-iat"
        /// `exp` is not after `nbf`.
        case expiresBeforeValid = "exp-before-nbf"
        /// A date above 10¹¹, surely written in milliseconds.
        case looksLikeMilliseconds = "looks-like-milliseconds"
        /// A date beyond 64-bit milliseconds.
        case timeOutOfRange = "time-out-of-range"
        /// No signature, or no authentication tag.
        case signatureEmpty = "signature-empty"
        /// The signature is longer or shorter than its algorithm makes it.
        case signatureLength = "signature-length"

        /// How grave it is.
        public var severity: Severity {
            switch self {
            case .duplicateMember, .wrongType, .algorithmMissing, .algorithmNone, .criticalMalformed, .criticalUnknown,
                .payloadIsNotJSON, .payloadIsNoObject, .expired, .notYetValid, .signatureEmpty, .signatureLength:
                .error
            case .algorithmUnknown, .keyURL, .embeddedKey, .suspectKeyID, .compressed, .unencodedPayload,
                .expiryMissing, .issuedInFuture, .expiresBeforeIssued, .expiresBeforeValid, .looksLikeMilliseconds,
                .timeOutOfRange:
                .warning
            case .surroundingSpace, .surroundingQuotes, .bearerPrefix, .payloadEncrypted, .payloadIsToken:
                .note
            }
        }
    }
}
