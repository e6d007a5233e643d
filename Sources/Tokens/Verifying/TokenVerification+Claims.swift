internal import Sessions

/// What RFC 7519 §4.1 and RFC 8725 §3.8 to §3.12 ask of claims.
extension TokenVerification {
    mutating func checkClaims() {
        for finding in findings where finding.isAgainstThePayload { refuse(finding) }
        checkType()
        guard token.claims != nil else { return }
        checkTimes()
        checkIssuer()
        checkAudience()
        for name in policy.required where claim(name)?.isNull ?? true {
            refuse(.missingClaim, .payload, name, "the claim is asked for and not there")
        }
    }

    /// A media type without a slash stands for the one with `application/` before it (RFC 7515 §4.1.9), and media types
    /// are compared without regard to case (RFC 2045 §5.1).
    private mutating func checkType() {
        guard let wanted = policy.type else { return }
        guard let type = token.header.root["typ"]?.string?.text else {
            return refuse(.type, .header, "typ", "the token does not say its type, which is asked for")
        }
        if Self.mediaType(type) != Self.mediaType(wanted) {
            refuse(.type, .header, "typ", "the token is of another type than is asked for (RFC 8725 §3.11)")
        }
    }

    private static func mediaType(_ type: String) -> [UInt8] {
        // ASCII alone: beyond it no two media types are equal.
        let lower = type.utf8.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
        return lower.contains(UInt8(ascii: "/")) ? lower : Array("application/".utf8) + lower
    }

    /// RFC 7519 §4.1.4 to §4.1.6. A time of another type was found already.
    private mutating func checkTimes() {
        let leeway = max(policy.leeway, 0)
        let latest = policy.now.adding(leeway)
        if let expires = date("exp"), policy.now >= expires.milliseconds.adding(leeway) {
            refuse(.finding(.expired), .payload, "exp", "expired\(Self.at(expires))")
        }
        if let begins = date("nbf"), latest < begins.milliseconds {
            refuse(.finding(.notYetValid), .payload, "nbf", "not valid before\(Self.at(begins))")
        }
        if let issued = date("iat"), latest < issued.milliseconds {
            refuse(.finding(.issuedInFuture), .payload, "iat", "issued in the future,\(Self.at(issued))")
        }
    }

    private func date(_ name: String) -> JWTNumericDate? { claim(name)?.number.map(JWTNumericDate.init) }

    private static func at(_ date: JWTNumericDate) -> String {
        date.text.map { " " + $0 } ?? " at a time beyond all dates"
    }

    private mutating func checkIssuer() {
        guard !policy.issuers.isEmpty else { return }
        guard let issuer = claim("iss")?.string, policy.issuers.contains(where: { JSONString($0) == issuer }) else {
            return refuse(.issuer, .payload, "iss", "the issuer is missing or none of those that are accepted")
        }
    }

    /// A string, or an array of strings of which one must be ours.
    private mutating func checkAudience() {
        guard !policy.audiences.isEmpty else { return }
        let node = claim("aud")
        let named = node?.string.map { [$0] } ?? node?.array?.compactMap(\.string) ?? []
        if !policy.audiences.contains(where: { named.contains(JSONString($0)) }) {
            refuse(.audience, .payload, "aud", "the token is not for any of those who are asked for")
        }
    }
}

extension Int64 {
    /// The sum, or the nearest number that there is.
    fileprivate func adding(_ other: Int64) -> Int64 {
        let (sum, isTooLarge) = addingReportingOverflow(other)
        guard isTooLarge else { return sum }
        return other < 0 ? .min : .max
    }
}
