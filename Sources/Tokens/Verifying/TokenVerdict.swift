package import Sessions

/// What verifying came to: nothing between the two.
package enum TokenVerdict: Sendable {
    /// Every rule holds.
    case verified(VerifiedToken)
    /// All the reasons why it is refused; never empty.
    case refused([TokenRefusal])

    /// The reasons; none if it is verified.
    package var refusals: [TokenRefusal] { if case .refused(let refusals) = self { refusals } else { [] } }

    /// The token, if it is verified.
    package var token: VerifiedToken? { if case .verified(let token) = self { token } else { nil } }
}

/// A token whose signature and claims hold by the policy that was asked for.
package struct VerifiedToken: Sendable {
    /// What it says.
    package let token: JWT
    /// How it is signed.
    package let algorithm: SignatureAlgorithm
    /// The `kid` of the key that verified it, if that has one. It is data: escape it before showing it.
    package let keyID: JSONString?
    /// What is worth knowing although it is no reason to refuse.
    package let notes: [JWTFinding]
    /// Claims and parameters that are there and that the policy says nothing about, of `iss`, `aud` and `typ`.
    package let unchecked: [String]
}
