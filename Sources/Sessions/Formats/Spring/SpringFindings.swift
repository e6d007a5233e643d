/// What is known to go wrong with Spring sessions, as far as one session shows it (session-formats, ch. 5.3, 6.2, 6.3, 8 and
/// 16; the codes are in docs/findings.md).
struct SpringFindings {
    let record: StoredRecord
    /// Milliseconds since 1970.
    let now: Int64

    /// Times that differ by less than this may do so because of clocks and long requests.
    private static let tolerance: Int64 = 300_000
    /// How much longer an indexed repository keeps the hash (ch. 6.1).
    private static let surplus: Int64 = 300_000

    func add(to session: inout Session) {
        addLife(to: &session)
        addKeys(to: &session)
        if record.isWhole { addContents(to: &session) }
    }

    // MARK: The key's life

    private func addLife(to session: inout Session) {
        let interval = session.maxInactiveSeconds
        switch session.timeToLive {
        case .unknown: break
        case .none: session.noteKeyWithoutLife(unlessIntervalIsBelow: 0)
        case .milliseconds(let left):
            guard let interval, interval < 0 else { return addDifference(left, to: &session) }
            guard left <= Self.surplus else { break }
            session.findings.append(
                Finding(
                    "negative-interval",
                    "its interval says that it never ends, but its key ends in \(DurationText.short(milliseconds: left)): "
                        + "Spring Session before 1.3 and 3.4 to 4.1 lose such sessions; a long interval is kept"))
        }
    }

    /// The remaining life must be that of the session, and 300 s more in indexed repositories. A tenth of the interval is
    /// passed over, since a request may take long after it set the time of access.
    private func addDifference(_ left: Int64, to session: inout Session) {
        guard let interval = session.maxInactiveSeconds, let end = session.expiresAt(now: now), end > now,
            session.lastAccessedAt != nil
        else { return }
        let (remaining, overflow) = end.subtractingReportingOverflow(now)
        guard !overflow else { return }
        // A thousand times the interval fits, or there was no end.
        let tolerance = Self.tolerance + interval.multipliedReportingOverflow(by: 100).partialValue
        let (earliest, first) = remaining.subtractingReportingOverflow(tolerance)
        let (latest, second) = remaining.addingReportingOverflow(tolerance + Self.surplus)
        guard !first, !second, left < earliest || left > latest else { return }
        let life = DurationText.short(milliseconds: left)
        session.findings.append(
            Finding(
                "ttl-mismatch",
                "its key ends in \(life), the session by its interval in \(DurationText.short(milliseconds: remaining))"
            ))
    }

    // MARK: Keys and names

    private func addKeys(to session: inout Session) {
        let isReactive = session.variant == "reactive-indexed"
        guard session.variant == "indexed" || isReactive else { return }
        let isAlive = session.expiresAt(now: now).map { $0 > now } ?? false
        if record.hasShadowKey == false, isAlive, session.lastAccessedAt != nil {
            session.findings.append(
                Finding(
                    "missing-shadow-key",
                    "its shadow key is gone: the application was told that it ended, or never will be, and it still works"
                ))
        }
        if session.id.contains(UInt8(ascii: ":")) {
            session.findings.append(
                Finding(
                    "colon-in-id", "its id has a colon: the application takes what is behind it for the id of events"))
        }
        if isReactive, session.principal?.utf8.contains(UInt8(ascii: ":")) ?? false {
            session.findings.append(
                Finding(
                    "colon-in-principal",
                    "its principal has a colon: the reactive repository cuts the name off there and leaves entries behind"
                ))
        }
        if session.principal == "null" {
            session.findings.append(
                Finding("null-principal", "its principal is the word null, as versions 2.5.4 to 2.6.1 index nobody"))
        }
    }
}
