extension SessionGroup {
    /// The last use, and the interval in whole seconds that leads from there to `end`, or a little later.
    ///
    /// Nil where it ends by then anyway: another end would lengthen its life, or bring back what has ended.
    func times(toEndAt end: Int64, _ context: ChangeContext) throws(ChangeRefusal) -> (last: Int64, interval: Int64)? {
        guard let last = session.lastAccessedAt else {
            throw ChangeRefusal("its last use is not known: its interval counts from there")
        }
        if let present = session.expiresAt(now: context.now), present <= end { return nil }
        let (idle, overflow) = end.subtractingReportingOverflow(last)
        let seconds = idle / 1000 + (idle % 1000 > 0 ? 1 : 0)
        guard !overflow, (1...Int64(Int32.max)).contains(seconds) else {
            throw ChangeRefusal("from its last use to then no interval leads that is a java.lang.Integer of seconds")
        }
        return (last, seconds)
    }
}
