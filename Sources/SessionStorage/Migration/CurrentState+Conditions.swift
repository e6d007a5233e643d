import Sessions

extension CurrentState {
    /// What must still be so of a key for it to be as it was read: of a hash each field, of a string its digest and its end.
    func conditions(at key: [UInt8]) -> [PlanCondition] {
        func condition(_ test: PlanCondition.Test, otherwise: PlanCondition.Meaning = .changed) -> PlanCondition {
            PlanCondition(key, test, otherwise: otherwise)
        }
        guard isThere else { return [condition(.missing)] }
        switch content {
        case .string(let bytes)?:
            // Managers that store a string give it another life with each request.
            return [condition(.exists, otherwise: .gone), condition(.digest(SHA1.hexadecimal(of: bytes)))]
                + [condition(expiresAt.map { .endsAt($0) } ?? .lifeIsEndless, otherwise: .usedSince)]
        case .hash(let fields)?:
            return [condition(.exists, otherwise: .gone), condition(.fieldCount(fields.count))]
                + fields.map { condition(.fieldDigest($0.field, SHA1.hexadecimal(of: $0.value))) }
        // It is written member by member: a part alone would be made of one that is gone.
        case .set?: return [condition(.exists, otherwise: .gone)]
        default: return []
        }
    }
}
