// When sessions end in the layout that they get, and where they have ended.

extension SessionConversion {
    /// Refuses what the application of the target would find ended although it lives on at the source, or would end sooner than its key by an
    /// interval that its manager takes no notice of.
    ///
    /// - Parameter now: milliseconds since 1970 by the clock of the source.
    public func requireLife(of converted: ConvertedSession, now: Int64) throws(ConversionRefusal) {
        let session = converted.session
        guard let end = end(of: session) else { return }
        if end <= now { throw ended(session) }
        guard heedsIntervals, let key = session.endOfKey, Self.isSooner(end, than: key) else { return }
        throw ConversionRefusal(
            "by its own interval of \(session.maxInactiveSeconds) s it would end before its key does, by which its manager goes: "
                + "--max-inactive-interval says what the manager allows")
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
