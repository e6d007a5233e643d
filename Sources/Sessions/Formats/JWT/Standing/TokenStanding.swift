/// What Redis says of a token: whether it is revoked there, and by which keys.
package struct TokenStanding {
    /// The sum of it.
    package enum Verdict: String, Sendable {
        /// Nothing that was asked speaks against it.
        case allowed
        /// A key revokes it.
        case revoked
        /// The application keeps an allow-list, and the token is not on it: absence revokes.
        case notListed = "not-listed"
        /// It has ended by itself.
        case expired
        /// A key that may revoke it could not be read, or holds nothing that can be compared.
        case unknown
    }

    /// Something that a key says, or that is not as it should be.
    package struct Reason: Sendable {
        /// A word for scripts (docs/tokens.md).
        package let code: String
        /// The key; nil where it is about none.
        package let key: [UInt8]?
        /// How long the key lives.
        package let timeToLive: TimeToLive
        /// One sentence for people.
        package let message: String

        init(_ finding: Finding, _ key: [UInt8], _ timeToLive: TimeToLive) {
            (code, message) = (finding.code, finding.message)
            self.key = key
            self.timeToLive = timeToLive
        }

        /// What no finding of a session says.
        init(_ code: String, _ message: String, _ key: [UInt8]? = nil, _ timeToLive: TimeToLive = .unknown) {
            (self.code, self.message) = (code, message)
            (self.key, self.timeToLive) = (key, timeToLive)
        }
    }

    /// The token, as far as it is known: from itself, or from its entry.
    package let token: Session
    /// The sum.
    package private(set) var verdict = Verdict.allowed
    /// Everything that speaks against the token.
    package private(set) var reasons: [Reason] = []
    /// What is worth knowing beside that.
    package private(set) var notes: [Reason] = []
    /// The keys that were asked.
    package let asked: [[UInt8]]
    /// The keys of its entries on the allow-list.
    package let entries: [[UInt8]]

    /// A key and what is at it.
    package typealias Answer = (neighbour: JWTNeighbour, state: JWTNeighbourState)

    /// Judges.
    ///
    /// - Parameters:
    ///   - token: the token, or its entry where only its id is known.
    ///   - entries: its entries on the allow-list.
    ///   - keepsAllowList: whether a token that is on no allow-list is revoked by that.
    ///   - judgesEnd: whether it is told that the token has ended; who verifies it says so by its own rules.
    ///   - now: milliseconds since 1970.
    package init(
        of token: Session, entries: [Session], _ answers: [Answer], keepsAllowList: Bool, judgesEnd: Bool, now: Int64
    ) {
        self.token = token
        self.entries = entries.map(\.key)
        asked = answers.map { $0.neighbour.key }
        for answer in answers { take(answer, now: now) }
        for entry in entries { take(entry) }
        if judgesEnd, let end = token.statedEnd ?? entries.lazy.compactMap(\.statedEnd).first, end <= now {
            add(.expired, Reason("expired", "it ended at \(RFC3339.text(milliseconds: end))"))
        }
        if entries.isEmpty, keepsAllowList {
            add(.notListed, Reason("not-listed", "it is on no allow-list, and such entries are kept"))
        }
    }

    private mutating func take(_ answer: Answer, now: Int64) {
        let (neighbour, state) = answer
        // What lies at the name of an entry is read as one; whoever may not look does not know whether there is one.
        if neighbour.purpose == .allow, state.type != nil { return }
        let findings = JWTNeighbourFindings(neighbour, state, now: now)
        for finding in findings.about(token) + findings.ofKey {
            let reason = Reason(finding, neighbour.key, state.timeToLive)
            switch TokenObjection(finding, at: neighbour.purpose) {
            case .revokes: add(.revoked, reason)
            case .hides: add(.unknown, reason)
            case nil: notes.append(reason)
            }
        }
    }

    private mutating func take(_ entry: Session) {
        for finding in entry.findings where [TokenObjection.otherToken, "no-expiry"].contains(finding.code) {
            let reason = Reason(finding, entry.key, entry.timeToLive)
            if finding.code == TokenObjection.otherToken { add(.revoked, reason) } else { notes.append(reason) }
        }
        for placeholder in [JWTKeyPlaceholder.sub, .jti, .sid] {
            guard let held = entry.jwt?.values[placeholder], let own = token.jwt?.values[placeholder], held != own
            else { continue }
            let message = "the entry '\(EscapedName.text(of: entry.key))' names another \(placeholder.rawValue)"
            add(.revoked, Reason(TokenObjection.otherToken, message, entry.key, entry.timeToLive))
        }
    }

    /// The gravest counts.
    private mutating func add(_ verdict: Verdict, _ reason: Reason) {
        let order: [Verdict] = [.allowed, .unknown, .expired, .notListed, .revoked]
        reasons.append(reason)
        if order.firstIndex(of: verdict) ?? 0 > order.firstIndex(of: self.verdict) ?? 0 { self.verdict = verdict }
    }
}
