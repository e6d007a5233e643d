import Sessions

extension CurrentState {
    /// What must still be so of a key for it to be as it was read: of a hash each field, of a string its digest, and that it lives no
    /// longer.
    ///
    /// - Parameter now: milliseconds since 1970 by the server's clock.
    func conditions(at key: [UInt8], now: Int64) -> [PlanCondition] {
        func condition(_ test: PlanCondition.Test, otherwise: PlanCondition.Meaning = .changed) -> PlanCondition {
            PlanCondition(key, test, otherwise: otherwise)
        }
        guard isThere else { return [condition(.missing)] }
        switch content {
        case .string(let bytes)?:
            return [condition(.exists, otherwise: .gone), condition(.digest(SHA1.hexadecimal(of: bytes)))]
                + life(now).map { condition($0, otherwise: .usedSince) }
        case .hash(let fields)?:
            return [condition(.exists, otherwise: .gone), condition(.fieldCount(fields.count))]
                + fields.map { condition(.fieldDigest($0.field, SHA1.hexadecimal(of: $0.value))) }
        default: return []
        }
    }

    /// Managers that store a string make it live longer with each request.
    private func life(_ now: Int64) -> [PlanCondition.Test] {
        guard let expiresAt else { return [.lifeIsEndless] }
        return [.lifeAtMost(max(0, expiresAt.subtractingReportingOverflow(now).partialValue))]
    }
}
