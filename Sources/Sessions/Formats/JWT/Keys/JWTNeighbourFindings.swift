/// What the keys beside tokens say, as findings (session-formats, ch. 17.3; the codes are in docs/findings.md).
package struct JWTNeighbourFindings {
    private let neighbour: JWTNeighbour
    private let state: JWTNeighbourState
    /// Milliseconds since 1970.
    private let now: Int64

    package init(_ neighbour: JWTNeighbour, _ state: JWTNeighbourState, now: Int64) {
        self.neighbour = neighbour
        self.state = state
        self.now = now
    }

    private var name: String { "'\(EscapedName.text(of: neighbour.key))'" }
    private var hasRightType: Bool { neighbour.purpose.types.contains(state.type ?? "") }

    // MARK: The key by itself

    /// What is wrong with the key, whosever it is.
    package var ofKey: [Finding] {
        guard let type = state.type else {
            return [Finding("not-permitted", "\(name) may not be read by this Redis user: what it says is not known")]
        }
        guard state.isThere else { return [] }
        guard hasRightType else { return [wrongType(type)] }
        switch neighbour.purpose {
        case .cutoff: return cutOff == nil ? [badNumber("seconds since 1970", state.beginning)] : []
        case .version: return number == nil ? [badNumber("a whole number", state.beginning)] : []
        case .index: return staleMembers
        case .family where state.isRevoked: return [Finding("family-revoked", "\(name) says that it is revoked")]
        default: return []
        }
    }

    private func wrongType(_ type: String) -> Finding {
        let types = neighbour.purpose.types.joined(separator: " or ")
        let doubt = neighbour.purpose == .deny ? "; whether that denies a token depends on how it is asked" : ""
        return Finding("wrong-key-type", "\(name) is a \(type) and must be a \(types)\(doubt)")
    }

    private func badNumber(_ wanted: String, _ text: [UInt8]?) -> Finding {
        let isMilliseconds = neighbour.purpose == .cutoff && number != nil
        let reason = isMilliseconds ? "holds what looks like milliseconds" : "holds no number"
        let message = "\(name) \(reason): it must be \(wanted)"
        return neighbour.purpose == .cutoff ? Finding("bad-cutoff", message) : Finding("bad-version", message)
    }

    /// The whole number that the key holds; the beginning is long enough for each.
    private var number: Int64? {
        guard let text = state.beginning, text.count < JWTNeighbourState.mostBytes else { return nil }
        return Int64(String(decoding: text, as: UTF8.self))
    }

    /// 10¹¹ seconds are the year 5138: what is more was meant as milliseconds.
    private var cutOff: Int64? { number.flatMap { 0...100_000_000_000 ~= $0 ? $0 : nil } }

    private var staleMembers: [Finding] {
        if state.pastMembers > 0 {
            return [
                Finding("stale-index", "\(name) names \(state.pastMembers) of \(state.members) tokens that have ended")
            ]
        }
        guard state.absentMembers > 0 else { return [] }
        let sought = state.soughtMembers < state.members ? "of \(state.soughtMembers) that were looked for, " : ""
        return [
            Finding(
                "stale-index",
                "\(name) names \(state.members) tokens; \(sought)\(state.absentMembers) are on no allow-list")
        ]
    }

    /// The same where no session is known that it is about: a deny-list entry without an end is one too many.
    package var ofKeyAlone: [Finding] {
        guard neighbour.purpose == .deny, hasRightType, state.timeToLive == .none else { return ofKey }
        return ofKey + [Finding("jti-forever", "\(name) never ends: it stays when the token has long ended")]
    }

    // MARK: The session that it is about

    /// What the key says of `session`.
    package func about(_ session: Session) -> [Finding] {
        guard hasRightType, let identity = session.jwt else { return [] }
        switch neighbour.purpose {
        case .deny: return denial(of: session, identity)
        case .cutoff: return cutOff(of: identity)
        case .version: return version(of: identity)
        case .family: return use(of: identity)
        case .index: return place(in: identity)
        case .allow, .refresh: return []
        }
    }

    private func denial(of session: Session, _ identity: JWTIdentity) -> [Finding] {
        var findings = [Finding("denied", "\(name) is on the deny-list: the token is revoked")]
        switch state.timeToLive {
        case .none:
            let end = session.expiresAt(now: now).map { "the token ends at " + RFC3339.text(milliseconds: $0) }
            guard !identity.endsNever, let ending = end ?? (identity.isNameOnly ? "tokens mostly do" : nil) else {
                break
            }
            findings.append(Finding("jti-forever", "\(name) never ends, though \(ending)"))
        case .milliseconds(let left):
            // A second: lives are set in seconds, and ours is not the server's clock.
            guard let end = session.statedEnd, let rest = Self.difference(end, now), rest > 0,
                Self.difference(rest, left) ?? 0 > 1000
            else { break }
            findings.append(
                Finding(
                    "deny-ends-early",
                    "\(name) ends in \(DurationText.short(milliseconds: left)) and the token only in "
                        + "\(DurationText.short(milliseconds: rest)): then it is good again"))
        case .unknown: break
        }
        return findings
    }

    private static func difference(_ left: Int64, _ right: Int64) -> Int64? {
        let (result, overflow) = left.subtractingReportingOverflow(right)
        return overflow ? nil : result
    }

    /// Both are whole seconds, so a token of the very second is out as well (ch. 17.3); and so is one that does not say when it was issued:
    /// else whoever holds it would pass every cut-off.
    private func cutOff(of identity: JWTIdentity) -> [Finding] {
        guard let cutOff, identity.issuedAt.map({ $0 <= cutOff }) ?? identity.lacksIssue else { return [] }
        let reason =
            identity.lacksIssue ? "it has no iat, so nobody can tell that it was issued after the cut-off" : "it was"
        let time = RFC3339.text(milliseconds: cutOff * 1000)
        return [Finding("before-cutoff", "\(name) revokes what was issued until \(time), and \(reason)")]
    }

    private func version(of identity: JWTIdentity) -> [Finding] {
        guard let number, let version = identity.version, version != number else { return [] }
        return [Finding("version-mismatch", "its version is \(version), and \(name) says \(number)")]
    }

    private func use(of identity: JWTIdentity) -> [Finding] {
        let isUsed = state.holdsMember == true && !(state.memberText.map { JWTNeighbourState.isGood($0) } ?? false)
        guard isUsed, !identity.isNameOnly else { return [] }
        return [Finding("refresh-used", "\(name) has it as used: whoever presents it again gives the family away")]
    }

    private func place(in identity: JWTIdentity) -> [Finding] {
        guard state.holdsMember == false, !identity.isNameOnly else { return [] }
        return [Finding("not-indexed", "\(name) does not name it: what ends all of the user's tokens misses it")]
    }
}
