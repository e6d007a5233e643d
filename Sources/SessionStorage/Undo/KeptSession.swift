package import Sessions

/// A session as it was before a change, and how the change left it.
package struct KeptSession: Sendable, Hashable {
    /// The session's id, its key, format and variant.
    package let id: [UInt8]
    package let key: [UInt8]
    package let format: String
    package let variant: String?
    /// What each key that the change writes was before; the session's own among them.
    package let states: [KeyState]
    /// What was so when the change had been made.
    package let result: [PlanCondition]

    package init(
        id: [UInt8], key: [UInt8], format: String, variant: String?, states: [KeyState], result: [PlanCondition]
    ) {
        self.id = id
        self.key = key
        self.format = format
        self.variant = variant
        self.states = states
        self.result = result
    }

    /// The fields that the change itself has written.
    var writtenFields: [[UInt8]] {
        result.compactMap { condition in
            switch condition.test {
            case .field(let name, _) where condition.key == key: name
            case .fieldDigest(let name, _) where condition.key == key: name
            default: nil
            }
        }
    }

    /// Whether the change has found the session's own key, and left it alone: a session that was logged out already left only its sets.
    var leavesOwnKey: Bool {
        !states.contains { $0.key == key } && result.contains { $0.key == key && $0.test != .missing }
    }

    /// The session with its keys, as they were.
    func group(now: Int64) -> SessionGroup? {
        guard let own = states.first(where: { $0.key == key }), own.role == .session,
            var record = record(with: own.content)
        else { return nil }
        let life = own.expiresAt.map {
            TimeToLive.milliseconds(max(0, $0.subtractingReportingOverflow(now).partialValue))
        }
        record.timeToLive = life ?? .none
        guard let session = session(from: record, now: now) else { return nil }
        return SessionGroup(session: session, record: record, others: states.filter { $0.key != key }.map(\.record))
    }

    /// The session that this content of its key would be; nil where it is none.
    func session(with content: KeyState.Content, now: Int64) -> Session? {
        record(with: content).flatMap { session(from: $0, now: now) }
    }

    private func session(from record: StoredRecord, now: Int64) -> Session? {
        var session = SessionFormats.session(from: record, now: now)
        session?.variant = variant
        return session
    }

    private func record(with content: KeyState.Content) -> StoredRecord? {
        let stored: StoredRecord.Content
        switch content {
        case .string(let bytes): stored = .string(bytes)
        case .hash(let fields): stored = .hash(fields)
        default: return nil
        }
        var record = StoredRecord(key: key, content: stored, timeToLive: .none)
        record.hasShadowKey = states.contains { $0.role == .shadow && $0.content != .missing }
        record.hasIndexKey = states.contains { $0.role == .sessionIndex && $0.content != .missing }
        return record
    }
}

extension KeyState {
    /// The same as it was read.
    fileprivate var record: GroupedRecord {
        let content: GroupedRecord.Content
        switch self.content {
        case .missing: content = .missing
        case .string(let bytes): content = .string(bytes)
        case .hash(let fields): content = .hash(fields)
        case .set(let members): content = .set(members)
        case .shared(let members):
            let scored = members.compactMap { member -> ScoredMember? in
                guard case .scored(let score) = member.place else { return nil }
                return ScoredMember(member.member, score: score)
            }
            content =
                scored.isEmpty ? .members(members.filter { $0.place == .inside }.map(\.member)) : .scores(scored)
        }
        return GroupedRecord(key: GroupedKey(key: key, role: role, members: members), content: content)
    }
}
