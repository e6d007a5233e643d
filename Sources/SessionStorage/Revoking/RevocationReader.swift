import Redis
package import Sessions

/// What is to be done for one revocation.
package enum RevocationDecision {
    /// The plan, which may be empty, and what is to be said of it.
    case planned(PlannedChange, [String])
    /// It cannot be done; the text says why.
    case refused(SessionGroup, String)
    /// What was at this key is there no more, or is somebody else's.
    case gone([UInt8])
}

/// Reads what revocations have to know, many in one round trip, and plans them. Writes nothing.
struct RevocationReader {
    private let groups: GroupFetch
    private let recorder: StateRecorder

    init(
        of store: SessionStore, on connection: RedisConnection, _ server: ChangeServer, _ recorder: StateRecorder
    ) {
        groups = GroupFetch(of: store, on: connection, server, needs: SessionNeeds([.end], attributes: .none))
        self.recorder = recorder
    }

    /// One decision for each.
    func decisions(
        on revocations: [TokenRevocation], _ context: ChangeContext
    ) throws(StorageError) -> [RevocationDecision] {
        let sessions = try sessions(at: revocations.flatMap(\.sessionKeys))
        var readings = try recorder.readings(of: revocations.flatMap(\.otherKeys))[...]
        return revocations.map { revocation in
            let own = Array(readings.prefix(revocation.otherKeys.count))
            readings = readings.dropFirst(own.count)
            return Self.decision(on: revocation, sessions, own, context)
        }
    }

    /// The sessions of tokens at these keys. What else lies there, such as the session of another system, is none of them.
    private func sessions(at keys: [[UInt8]]) throws(StorageError) -> [[UInt8]: SessionGroup] {
        var found: [[UInt8]: SessionGroup] = [:]
        var rest = keys[...]
        while !rest.isEmpty {
            let some = try groups.groups(at: Array(rest))
            for case let group? in some where group.session.jwt != nil && group.session.variant != nil {
                found[group.record.key] = group
            }
            rest = rest.dropFirst(max(some.count, 1))
        }
        return found
    }

    private static func decision(
        on revocation: TokenRevocation, _ sessions: [[UInt8]: SessionGroup], _ readings: [KeyReading],
        _ context: ChangeContext
    ) -> RevocationDecision {
        let group = revocation.sessionKeys.lazy.compactMap { sessions[$0] }.first
        let shown = group ?? revocation.group(of: readings)
        guard group?.record.isWhole ?? true else {
            return .refused(shown, "it is too large to be kept for undo, or was changed meanwhile")
        }
        do throws(ChangeRefusal) {
            guard let planned = try revocation.plan(group, readings, context) else {
                return .gone(revocation.sessionKeys.first ?? [])
            }
            let all = SessionGroup(
                session: shown.session, record: shown.record,
                others: shown.others.filter { other in !readings.contains { $0.record.key.key == other.key.key } }
                    + readings.map(\.record))
            return .planned(PlannedChange(plan: planned.plan.sparing(hashesOf: all), group: all), planned.notes)
        } catch {
            return .refused(shown, error.description)
        }
    }
}

extension TokenRevocation {
    /// What stands for the session where there is none: what is revoked, at the first key that revokes it.
    fileprivate func group(of readings: [KeyReading]) -> SessionGroup {
        let key = readings.first?.record.key.key ?? sessionKeys.first ?? []
        let session = stand(at: key)
        return SessionGroup(session: session, record: StoredRecord(key: key, content: .other(type: "none")))
    }
}
