package import Sessions

/// Verifies tokens by the rules of RFC 7519 §7.2 and RFC 8725, with keys and a policy that are the caller's.
///
/// Nothing that comes with a token is trusted before its signature holds: its `alg` is compared with the key's, its
/// `kid` chooses among the given keys, its `jwk`, `x5c`, `jku` and `x5u` are never used or fetched.
///
/// ```swift
/// let verifier = TokenVerifier(keys: try .pem(text), policy: TokenPolicy(now: 1_767_225_600_000))
/// switch verifier.verify(bytes) {
/// case .verified(let token): token.token.claims
/// case .refused(let reasons): reasons.map(\.message)
/// }
/// ```
package struct TokenVerifier: Sendable {
    /// The keys that may have signed.
    package let keys: KeySet
    /// What else is asked for.
    package let policy: TokenPolicy

    /// A verifier for tokens of the owners of these keys.
    package init(keys: KeySet, policy: TokenPolicy) {
        self.keys = keys
        self.policy = policy
    }

    /// Whether the bytes are a token that may be accepted; if not, all the reasons at once.
    ///
    /// The bytes must be the token and nothing else: white space, quotation marks and `Bearer` around it are taken off
    /// by whoever knows where they come from.
    package func verify(_ bytes: [UInt8], limits: JSONLimits = JWT.limits) -> TokenVerdict {
        verify(bytes, limits) { $0.checkClaims() }
    }

    /// The same for the signature alone: the payload may be anything (RFC 7515 §5.2), and of the policy only the
    /// algorithms count.
    package func verifySignature(_ bytes: [UInt8], limits: JSONLimits = JWT.limits) -> TokenVerdict {
        verify(bytes, limits) { _ in }
    }

    private func verify(
        _ bytes: [UInt8], _ limits: JSONLimits, _ checkPayload: (inout TokenVerification) -> Void
    ) -> TokenVerdict {
        let token: JWT
        do {
            token = try JWT.decode(bytes, limits: limits)
        } catch {
            return .refused([TokenRefusal(.malformed, .token, nil, error.description)])
        }
        var verification = TokenVerification(token, bytes, policy)
        guard verification.checkForm() else { return verification.verdict }
        verification.checkSignature(keys)
        checkPayload(&verification)
        return verification.verdict
    }
}
