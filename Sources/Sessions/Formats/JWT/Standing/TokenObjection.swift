/// What a finding about a token, or about a key beside it, means for whether the token counts. There is one list of codes for all who ask.
enum TokenObjection {
    /// The token is revoked.
    case revokes
    /// Nobody knows what the key says, which may revoke the token.
    case hides

    private static let revoking: Set<String> = [
        "denied", "before-cutoff", "version-mismatch", "family-revoked", otherToken,
    ]
    private static let unreadable: Set<String> = ["not-permitted", "wrong-key-type", "bad-cutoff", "bad-version"]
    /// The code of what an entry says by itself.
    static let otherToken = "other-token"

    /// Nil for a finding that says nothing against the token.
    ///
    /// - Parameter purpose: what the key is for that the finding is about.
    init?(_ finding: Finding, at purpose: JWTKeyPurpose) {
        if Self.revoking.contains(finding.code) {
            self = .revokes
        } else if Self.unreadable.contains(finding.code), purpose != .index {
            self = .hides
        } else {
            return nil
        }
    }
}

/// Why the token of a session counts no more, or why nobody knows whether it does.
package struct TokenObjections {
    /// What revokes it, before what hides whether it is revoked; never empty.
    private let findings: [Finding]
    private let isRevoked: Bool

    fileprivate init?(revoking: [Finding], hiding: [Finding]) {
        guard !revoking.isEmpty || !hiding.isEmpty else { return nil }
        findings = revoking + hiding
        isRevoked = !revoking.isEmpty
    }

    private var start: String { isRevoked ? "its token is revoked" : "nobody knows whether its token is revoked" }

    /// A sentence that is the same for all tokens of which the same is wrong.
    package var kind: String {
        var codes: [String] = []
        for finding in findings where !codes.contains(finding.code) { codes.append(finding.code) }
        return "\(start): \(codes.joined(separator: ", "))"
    }

    /// A sentence that names the keys that say so.
    package var reason: String {
        "\(start): " + findings.map { "\($0.message) (\($0.code))" }.joined(separator: "; ")
    }
}

extension Session {
    /// Takes what a key beside its token says, as findings.
    package mutating func take(_ neighbour: JWTNeighbour, _ state: JWTNeighbourState, now: Int64) {
        let said = JWTNeighbourFindings(neighbour, state, now: now)
        for finding in said.about(self) + said.ofKey {
            findings.append(finding)
            switch TokenObjection(finding, at: neighbour.purpose) {
            case .revokes: jwt?.revoking.append(finding)
            case .hides: jwt?.hiding.append(finding)
            case nil: break
            }
        }
    }

    /// What its own entry says against its token, and the keys beside it as far as they were asked; nil where nothing does, and for other
    /// sessions.
    package var tokenObjections: TokenObjections? {
        guard let jwt else { return nil }
        let own = findings.filter { $0.code == TokenObjection.otherToken }
        return TokenObjections(revoking: own + jwt.revoking, hiding: jwt.hiding)
    }
}
