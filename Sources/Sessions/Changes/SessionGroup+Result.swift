extension SessionGroup {
    /// Whether the session is as a plan leaves it, and shows that by what nobody else writes: fields with their values, its bytes, or when its key
    /// ends. What other keys hold is not looked at.
    package func shows(_ result: [PlanCondition]) -> Bool {
        let own = result.filter { $0.key == record.key }.map(\.test)
        return own.contains { $0.tells } && own.allSatisfy(isMet)
    }

    private func isMet(_ test: PlanCondition.Test) -> Bool {
        switch test {
        case .exists: true
        case .missing, .member: false
        case .field(let name, nil): record.isWhole && field(name) == nil
        case .field(let name, let value): field(name) == value
        case .fieldDigest(let name, let digest): field(name).map { SHA1.hexadecimal(of: $0) } == digest
        case .fieldCount(let count): fields?.count == count
        case .hashDigest(let digest): fields.map { HashDigest.hexadecimal(of: $0) } == digest
        case .digest(let digest): string.map { SHA1.hexadecimal(of: $0) } == digest
        case .lifeAtMost(let life): record.timeToLive.isAtMost(life)
        case .endsAt(let end): record.ends(at: end)
        case .lifeIsEndless: record.timeToLive == .none
        }
    }

    /// All fields of a hash.
    private var fields: [StoredField]? {
        guard record.isWhole, case .hash(let fields) = record.content else { return nil }
        return fields
    }

    /// All bytes of a string.
    private var string: [UInt8]? {
        guard record.isWhole, case .string(let bytes) = record.content else { return nil }
        return bytes
    }
}

extension StoredRecord {
    fileprivate func ends(at end: Int64) -> Bool {
        guard let expiresAt, case (let difference, false) = expiresAt.subtractingReportingOverflow(end) else {
            return false
        }
        return (-endTolerance...endTolerance).contains(difference)
    }
}

extension PlanCondition.Test {
    /// Whether only the plan itself makes it so.
    fileprivate var tells: Bool {
        switch self {
        case .field(_, .some), .fieldDigest, .digest, .hashDigest, .endsAt: true
        default: false
        }
    }
}

extension TimeToLive {
    fileprivate func isAtMost(_ life: Int64) -> Bool {
        guard case .milliseconds(let left) = self else { return false }
        return left <= life
    }
}
