/// What all revocations of one command have in common.
package struct RevocationTerms: Sendable {
    /// When ends come that no token tells.
    package enum End: Sendable {
        /// At this time, in milliseconds since 1970, and not a moment later.
        case at(Int64)
        /// So many milliseconds from now, the longest life of a token, and the leeway.
        case after(Int64)
    }

    /// How keys are named.
    package let keys: JWTKeyTemplates
    /// Milliseconds for which applications accept a token that has ended.
    package let leeway: Int64
    /// Where no token tells it: how long what is revoked may be used; nil where the user does not say.
    package let end: End?

    package init(keys: JWTKeyTemplates, leeway: Int64, end: End?) {
        (self.keys, self.leeway, self.end) = (keys, leeway, end)
    }

    /// When the user says that it ends; nil where that was not said, or is beyond all times.
    func saidEnd(now: Int64) -> Int64? {
        switch end {
        case .at(let time): return time
        case .after(let span):
            let (sum, overflow) = now.addingReportingOverflow(span)
            return overflow ? nil : last(sum)
        case nil: return nil
        }
    }

    /// Until when applications may accept what ends at this time.
    func last(_ end: Int64) -> Int64 {
        let (sum, overflow) = end.addingReportingOverflow(leeway)
        return overflow ? .max : sum
    }
}
