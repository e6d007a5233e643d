import Sessions

// What others may do between the look and the write.
extension UndoPlanner {
    /// What must still be so when it is written.
    var conditions: [PlanCondition] {
        zip(states, current).flatMap { conditions(before: $0, now: $1) }
            + kept.result.filter { if case .field = $0.test { holds($0) } else { false } }
    }

    private func conditions(before: KeyState, now: CurrentState) -> [PlanCondition] {
        if case .shared = before.content { return [] }
        guard before.role.isCompared || !now.isThere else {
            return now.isOfParts ? [PlanCondition(before.key, .exists, otherwise: .changed)] : []
        }
        let key = before.key
        let isThere = PlanCondition(key, now.isThere ? .exists : .missing, otherwise: .changed)
        switch (now.content, before.extent) {
        case (.string(let bytes)?, let extent):
            let digest = PlanCondition(key, .digest(SHA1.hexadecimal(of: bytes)), otherwise: .changed)
            if before.role == .shadow { return [isThere, digest, end(of: key, now)] }
            return [isThere, digest] + (extent == .content && keepsLife ? [] : life(of: key, now, extent))
        case (.hash(let fields)?, .fields(let names)):
            let found = StoredRecord.Content.hash(fields)
            return [isThere] + names.map { found.isAsRead($0, of: key) }
        case (.hash(let fields)?, _):
            return [isThere, HashDigest.condition(key, fields)] + lifeOfHash(before, now)
        default: return [isThere]
        }
    }

    /// That nobody has given a hash another life, where it is about to get the one that it had.
    private func lifeOfHash(_ before: KeyState, _ now: CurrentState) -> [PlanCondition] {
        guard !KeyState.isSame(before.expiresAt, now.expiresAt) else { return [] }
        return [end(of: before.key, now)]
    }

    /// That its life has not begun anew.
    private func life(of key: [UInt8], _ now: CurrentState, _ extent: KeyState.Extent) -> [PlanCondition] {
        guard let end = now.expiresAt else {
            return extent == .whole ? [] : [PlanCondition(key, .lifeIsEndless, otherwise: .usedSince)]
        }
        return [PlanCondition(key, .endsAt(end), otherwise: .usedSince)]
    }

    /// What must still be so where what others have written is overwritten: that each key is as it was found, as what is written is the difference
    /// to that; and that the session is the one whose places are cleared. What others write in between is looked at again, and overwritten then.
    var forcedConditions: [PlanCondition] {
        let found = zip(states, current)
        guard !isInPlace else { return found.filter { $0.0.key == kept.key }.flatMap { asFound(before: $0, now: $1) } }
        return found.flatMap { asFound(before: $0, now: $1) } + replaced
    }

    /// That a key of the session alone is as it was found: else a part of it would be written into what somebody else has put there.
    private func asFound(before: KeyState, now: CurrentState) -> [PlanCondition] {
        if case .shared = before.content { return [] }
        let presence = PlanCondition(before.key, now.isThere ? .exists : .missing, otherwise: .changed)
        guard now.isThere else { return [presence] }
        let end = keeps(before, now) ? [self.end(of: before.key, now)] : []
        switch now.content {
        case .hash(let fields)?: return [presence, HashDigest.condition(before.key, fields)] + end
        case .string(let bytes)? where !end.isEmpty:
            return [presence, PlanCondition(before.key, .digest(SHA1.hexadecimal(of: bytes)), otherwise: .changed)]
                + end
        default: return [presence] + end
        }
    }

    /// Whether what is written of a key rests on how long it lives now: a difference to what is there says nothing of a life that is right already.
    private func keeps(_ before: KeyState, _ now: CurrentState) -> Bool {
        switch (before.extent, before.content, now.content) {
        case (.fields, _, _): false
        case (.content, _, _): !keepsLife
        case (.whole, .hash, .hash?), (.whole, .set, .set?): true
        case (.whole, .string(let one), .string(let other)?): one == other
        default: false
        }
    }

    private func end(of key: [UInt8], _ now: CurrentState) -> PlanCondition {
        PlanCondition(key, now.expiresAt.map { .endsAt($0) } ?? .lifeIsEndless, otherwise: .changed)
    }

    /// That the session is there whose places are cleared.
    private var replaced: [PlanCondition] {
        guard let overwritten, !strayPlaces.isEmpty else { return [] }
        switch overwritten.record.content {
        case .string(let bytes):
            return [PlanCondition(kept.key, .digest(SHA1.hexadecimal(of: bytes)), otherwise: .changed)]
        case .hash(let fields): return fields.map { overwritten.record.content.isAsRead($0.field, of: kept.key) }
        case .other: return []
        }
    }
}

extension CurrentState {
    /// Whether it is written field by field, or member by member, so that what is not written has to be there still.
    fileprivate var isOfParts: Bool {
        switch content {
        case .hash?, .set?: isThere
        default: false
        }
    }
}

extension GroupedKey.Role {
    /// Whether what such a key holds must be what was found: it is the session itself, what its application hears of its end by, or what revokes
    /// tokens.
    fileprivate var isCompared: Bool { self == .session || self == .shadow || revokes }

    /// Whether such a key revokes tokens: what somebody has written there since is not taken back.
    fileprivate var revokes: Bool { [.denyList, .cutOff, .tokenVersion, .refreshFamily].contains(self) }
}

extension StoredRecord.Content {
    /// That a field has the value that was read, or is not there.
    fileprivate func isAsRead(_ field: [UInt8], of key: [UInt8]) -> PlanCondition {
        var value: [UInt8]?
        if case .hash(let fields) = self { value = fields.first { $0.field == field }?.value }
        let test = value.map { PlanCondition.Test.fieldDigest(field, SHA1.hexadecimal(of: $0)) }
        return PlanCondition(key, test ?? .field(field, nil), otherwise: .changed)
    }
}
