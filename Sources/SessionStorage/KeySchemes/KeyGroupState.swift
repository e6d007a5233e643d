import Redis
package import Sessions

/// One key of a session's group as it is in the store.
package struct KeyGroupState {
    /// The key and what it is for.
    package let key: GroupedKey
    /// Redis' name of its type; nil where it is not there.
    package let type: String?
    /// How long it will live.
    package let timeToLive: TimeToLive
    /// For sets: whether the session is in it; nil for other keys.
    package let holdsSession: Bool?
    /// What is wrong with the key, or what it says against the session.
    package var findings: [Finding] = []

    /// Whether the Redis user may not read it.
    package var isDenied: Bool { findings.contains { $0.code == "not-permitted" } }

    /// The types of which the key must have one and has none; empty where its type is right.
    package var missedTypes: [String] {
        guard let type, !key.types.contains(type) else { return [] }
        return key.types
    }
}

extension SessionStore {
    /// Looks at each key of the session's group.
    package func keyGroup(of session: Session) throws(StorageError) -> [KeyGroupState] {
        var states: [KeyGroupState] = []
        for key in SessionFormats.keyGroup(of: session) { states.append(try stateOrDenial(of: key)) }
        states.removeAll { $0.type == nil && !$0.key.isExpected && !$0.isDenied }
        // An application keeps its expirations in one way or the other: what the other would need is not missing.
        let ways: [GroupedKey.Role] = [.expirations, .sortedExpirations]
        if let way = Self.way(of: states) {
            states.removeAll { ways.contains($0.key.role) && $0.key.role != way && $0.holdsSession != true }
        }
        states.removeAll { $0.key.isOptional && !$0.isDenied && ($0.type == nil || $0.holdsSession == false) }
        try addFindings(to: &states, of: session)
        return states
    }

    /// In which way the application keeps its expirations: where the session is, else where there is such a key, else in buckets,
    /// which is what applications do that say nothing (session-formats, ch. 6.1). Nil where there is but one way.
    private static func way(of states: [KeyGroupState]) -> GroupedKey.Role? {
        let (buckets, sorted) = (
            states.filter { $0.key.role == .expirations }, states.filter { $0.key.role == .sortedExpirations }
        )
        guard !buckets.isEmpty, !sorted.isEmpty else { return nil }
        if sorted.contains(where: { $0.holdsSession == true }) { return .sortedExpirations }
        if buckets.contains(where: { $0.holdsSession == true }) { return .expirations }
        return sorted.contains { $0.type == "zset" } && !buckets.contains { $0.type != nil }
            ? .sortedExpirations : .expirations
    }

    /// A key that the Redis user may not read says so; the others are shown.
    private func stateOrDenial(of key: GroupedKey) throws(StorageError) -> KeyGroupState {
        do throws(StorageError) {
            return try state(of: key)
        } catch {
            guard case .redis(let refusal) = error, refusal.isAboutTheKeyOnly else { throw error }
            var state = KeyGroupState(key: key, type: nil, timeToLive: .unknown, holdsSession: nil)
            state.findings = [Finding("not-permitted", "this Redis user may not read the key")]
            return state
        }
    }

    private func state(of key: GroupedKey) throws(StorageError) -> KeyGroupState {
        // A session may have the name of such a key (ch. 5.3): it is not in the place of one.
        if Self.rolesWithNamesOfSessions.contains(key.role), try isSessionHash(key.key) {
            return KeyGroupState(key: key, type: nil, timeToLive: .unknown, holdsSession: nil)
        }
        return try redis { () throws(RedisError) in
            guard case .status(let type) = try connection.call([Array("TYPE".utf8), key.key]), type != "none" else {
                return KeyGroupState(key: key, type: nil, timeToLive: .unknown, holdsSession: nil)
            }
            let pttl = try connection.call([Array("PTTL".utf8), key.key]).integer ?? -2
            return KeyGroupState(
                key: key, type: type, timeToLive: TimeToLive(pttl: pttl), holdsSession: try membership(key, type))
        }
    }

    private static let rolesWithNamesOfSessions: [GroupedKey.Role] = [
        .shadow, .sortedExpirations, .principalIndex, .sessionIndex,
    ]

    private func isSessionHash(_ key: [UInt8]) throws(StorageError) -> Bool {
        let type = try redis { () throws(RedisError) in try connection.call([Array("TYPE".utf8), key]) }
        guard case .status("hash") = type, let record = try record(of: key) else { return false }
        return session(from: record) != nil
    }

    private func membership(_ key: GroupedKey, _ type: String) throws(RedisError) -> Bool? {
        guard !key.members.isEmpty else { return nil }
        for member in key.members {
            switch type {
            case "set":
                if try connection.call([Array("SISMEMBER".utf8), key.key, member]).integer == 1 { return true }
            case "zset":
                if try connection.call([Array("ZSCORE".utf8), key.key, member]).bytes != nil { return true }
            default: return nil
            }
        }
        return false
    }
}
