package import Sessions

/// Why a token is not signed.
package enum SigningProblem: Hashable, Sendable {
    /// The key has no private part.
    case publicKey
    /// `key_ops` of the key do not name `sign` (RFC 7517 §4.3).
    case notForSigning
    /// The algorithm is none of those that the key is for (RFC 8725 §3.1).
    case algorithm
    /// The key is for several algorithms, and none was chosen.
    case algorithmUndecided
    /// The claims are no JSON.
    case claimsAreNotJSON(SessionError)
    /// Whoever verifies by ``TokenVerifier`` would refuse the token for this.
    case refused(TokenRefusal)
    /// swift-crypto could not sign.
    case failed
}

extension SigningProblem: CustomStringConvertible {
    /// One sentence for people.
    package var description: String {
        switch self {
        case .publicKey: "the key has no private part (d; of an RSA key in JSON also p and q), so nothing can be signed"
        case .notForSigning: "key_ops of the key do not allow to sign"
        case .algorithm: "the key is not for this algorithm"
        case .algorithmUndecided: "the key is for several algorithms; one must be named"
        case .claimsAreNotJSON(let error): "the claims are no JSON: \(error)"
        case .refused(let refusal):
            "such a token would be refused: "
                + (refusal.name.map { "\(EscapedName.text(of: $0.bytes)): \(refusal.message)" } ?? refusal.message)
        case .failed: "the signature could not be made"
        }
    }
}
