/// What whoever accepts a token asks of it beside the signature (RFC 8725 §3.8 to §3.12, RFC 7519 §4.1).
package struct TokenPolicy: Hashable, Sendable {
    /// The time to judge by, in milliseconds since 1970-01-01 UTC.
    package var now: Int64
    /// How far the issuer's clock may differ, in milliseconds; less than zero is none.
    package var leeway: Int64
    /// The algorithms that are accepted where the key allows several; nil for all that the key allows.
    package var algorithms: Set<SignatureAlgorithm>?
    /// The issuers that are accepted, compared exactly; none for any.
    package var issuers: [String]
    /// The names of whoever accepts: one must be in `aud`; none leaves `aud` unchecked.
    package var audiences: [String]
    /// The `typ` that the token must have, as `at+jwt`; nil for any.
    package var type: String?
    /// Claims that must be there and not null.
    package var required: [String]

    /// A policy that asks for nothing but the right times until more is set.
    package init(
        now: Int64, leeway: Int64 = 0, algorithms: Set<SignatureAlgorithm>? = nil, issuers: [String] = [],
        audiences: [String] = [], type: String? = nil, required: [String] = []
    ) {
        self.now = now
        self.leeway = leeway
        self.algorithms = algorithms
        self.issuers = issuers
        self.audiences = audiences
        self.type = type
        self.required = required
    }
}
