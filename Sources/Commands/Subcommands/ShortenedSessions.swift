import Sessions

// What is told of sessions whose keys live longer than their intervals, which their managers take no notice of (session-formats, ch. 3.2).

extension SessionConversion {
    /// Whether `session`, which ends with its key, ends sooner as what it becomes: users would be logged out before their time.
    ///
    /// - Parameter now: milliseconds since 1970 by the clock of the source.
    func shortens(_ session: Session, to portable: PortableSession, now: Int64) -> Bool {
        guard !isToTokens, session.endsWithItsKey, let end = end(of: portable) else { return false }
        switch session.timeToLive {
        case .none: return true
        case .milliseconds: return session.expiresAt(now: now).map { Self.isSooner(end, than: $0) } ?? false
        case .unknown: return false
        }
    }
}

extension MigrationPreflight.Look {
    /// How many end sooner than where they are, and by what.
    var shortenedLines: [String] {
        guard shortened > 0 else { return [] }
        let (ends, keys) =
            shortened == 1 ? ("1 session ends", "its key lives") : ("\(shortened) sessions end", "their keys live")
        let reason =
            conversion?.interval.map { "--max-inactive-interval \($0) is less than that" }
            ?? "--max-inactive-interval says what the manager has"
        return ["\(ends) sooner at the target than at the source, where \(keys) longer than the interval: \(reason)"]
    }
}
