extension Finding {
    /// All codes that a finding may have (docs/findings.md), in the order of the alphabet: what a filter may ask for.
    public static let codes = (others + JWTFinding.Code.allCases.map { $0.rawValue }).sorted()

    /// The codes that are not those of a token itself.
    private static let others = [
        "bad-attribute", "bad-count", "bad-cutoff", "bad-field", "bad-principal", "bad-sequence", "bad-version",
        "before-cutoff", "colon-in-id", "colon-in-principal", "denied", "deny-ends-early", "double-route",
        "duplicate-attribute", "family-revoked", "jti-forever", "logged-out", "lost-session", "missing-attribute",
        "missing-field", "missing-shadow-key", "missing-trailer", "mixed-encodings", "negative-interval", "no-expiry",
        "not-indexed", "not-permitted", "not-serialized", "null-principal", "opaque", "other-token", "placeholder",
        "refresh-used", "stale-index", "stopped", "stored-exception", "stored-password", "stored-tokens", "too-large",
        "truncated", "ttl-mismatch", "undecodable", "unknown-field", "version-mismatch", "wrong-key-type",
    ]
}
