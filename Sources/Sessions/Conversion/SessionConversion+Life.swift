// When sessions end in the layout that they get, and where they have ended.

extension SessionConversion {
    /// Refuses what the application of the target would find ended although it lives on at the source, or would end sooner than its key by an
    /// interval that its manager takes no notice of.
    ///
    /// - Parameter now: milliseconds since 1970 by the clock of the source.
    public func requireLife(of converted: ConvertedSession, now: Int64) throws(ConversionRefusal) {
        let session = converted.session
        if let end = end(of: session), end <= now { throw ended(session) }
        guard let key = session.endOfKey, let end = endByInterval(of: session, now: now), Self.isSooner(end, than: key)
        else { return }
        throw ConversionRefusal(
            (heedsIntervals
                ? "by its own interval of \(session.maxInactiveSeconds) s it would end before its key does, by which its manager goes: "
                : "by its own interval of \(session.maxInactiveSeconds) s ran-jit's manager would end it "
                    + "\(TomcatLayout.ranjitSeconds(of: session)) s after its next use, before its key does: ")
                + "--max-inactive-interval says what the manager allows")
    }

    /// When the interval of a session ends it, at the latest; nil where the layout takes no notice of intervals, and for never.
    ///
    /// - Parameter now: ran-jit's manager takes a session for as long as its key lives, and gives that the interval at each use.
    private func endByInterval(of session: PortableSession, now: Int64) -> Int64? {
        guard case .tomcat(let layout) = layout, layout.manager == .ranjit else {
            return heedsIntervals ? session.end : nil
        }
        let (life, first) = TomcatLayout.ranjitSeconds(of: session).multipliedReportingOverflow(by: 1000)
        let (end, second) = now.addingReportingOverflow(life)
        return first || second ? nil : end
    }

    private func ended(_ session: PortableSession) -> ConversionRefusal {
        ConversionRefusal(
            interval == nil
                ? "by its own interval of \(session.maxInactiveSeconds) s it has ended, though its key lives on: --max-inactive-interval "
                    + "says what its manager allows"
                : "by --max-inactive-interval \(session.maxInactiveSeconds) it has ended, though it lives on at the source: give a longer one"
        )
    }

    /// When a session ends in the layout if nobody uses it; nil for never.
    package func end(of session: PortableSession) -> Int64? {
        heedsIntervals ? session.end : session.endOfKey ?? session.end
    }

    /// Whether an end is that much before another one that it is no accident: the life of a key counts from the command and not from the request,
    /// each look at it is a moment later than the last one, and managers count in seconds.
    package static func isSooner(_ end: Int64, than other: Int64) -> Bool {
        let (least, overflow) = other.subtractingReportingOverflow(1000)
        return !overflow && end < least
    }

    /// Whether the interval of a session ends it in the layout, and not the life of its key alone.
    var heedsIntervals: Bool {
        switch layout {
        case .spring: true
        case .tomcat(let layout): layout.manager == .raw
        case .jwt: false
        }
    }
}
