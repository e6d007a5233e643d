/// A hash as it is kept for `undo`, or shown.
package struct ReadHash {
    /// All its fields.
    package let fields: [StoredField]
    /// How long it was found to live, by each look at it; nothing where that was not asked for.
    package var lives: [PlanCondition.Test]

    package init(_ fields: [StoredField], lives: [PlanCondition.Test]) {
        self.fields = fields
        self.lives = lives
    }
}

extension ChangePlan {
    /// The same plan, which takes no hash away that is another than the one that is kept for `undo`: a field that somebody has written since
    /// would be lost for good. Nor does it do so to a hash whose life is another than the one that was found: that would not come back either.
    ///
    /// - Parameter kept: gives what is kept of a key; nil where it is no hash.
    package func sparing(_ kept: ([UInt8]) -> ReadHash?) -> ChangePlan {
        var plan = self
        for key in writtenKeys {
            let names = commands.lazy.filter { $0.key == key }.map(\.name)
            let isDeleted = names.contains { Self.deleting.contains($0) }
            guard isDeleted || names.contains(where: { Self.aboutLives.contains($0) }), let hash = kept(key) else {
                continue
            }
            let lives = hash.lives.map { PlanCondition(key, $0, otherwise: .changed) }
            plan.add((isDeleted ? [HashDigest.condition(key, hash.fields)] : []) + lives)
        }
        return plan
    }

    /// The same plan, which ends and extends no hash of a session that was given another life since it was read: some applications write
    /// nothing else at a request. The life of a string is compared by its format's own plan.
    func sparingUse(of group: SessionGroup) -> ChangePlan {
        let key = group.record.key
        let isEnding = commands.contains {
            $0.key == key && (Self.deleting.contains($0.name) || Self.aboutLives.contains($0.name))
        }
        guard isEnding, case .hash = group.record.content else { return self }
        var plan = self
        plan.add([group.lifeIsAsRead])
        return plan
    }

    /// Behind the conditions that are there: what tells of a use says more.
    private mutating func add(_ more: [PlanCondition]) {
        for condition in more
        where !conditions.contains(where: { $0.key == condition.key && $0.test == condition.test }) {
            conditions.append(condition)
        }
    }

    private static let deleting: Set<String> = ["DEL", "UNLINK"]
    private static let aboutLives: Set<String> = ["PEXPIRE", "PEXPIREAT", "PERSIST"]

    /// The same plan as it is run where just this is kept that was read of the session.
    package func sparing(hashesOf group: SessionGroup) -> ChangePlan { sparing { group.hash(at: $0) } }
}

extension SessionGroup {
    /// What was read at a key, where that is a hash.
    fileprivate func hash(at key: [UInt8]) -> ReadHash? {
        if key == record.key, case .hash(let fields) = record.content { return ReadHash(fields, lives: lives(of: key)) }
        guard case .hash(let fields)? = others.first(where: { $0.key.key == key })?.content else { return nil }
        return ReadHash(fields, lives: [])
    }

    /// How long a key was found to live when the session was read; nothing where that was not asked for.
    package func lives(of key: [UInt8]) -> [PlanCondition.Test] {
        guard key == record.key else { return [] }
        if record.timeToLive == .none { return [.lifeIsEndless] }
        return record.expiresAt.map { [.endsAt($0)] } ?? []
    }
}
