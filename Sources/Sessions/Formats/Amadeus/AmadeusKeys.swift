/// The names of HttpSessionReplacer's keys (session-formats, ch. 13).
enum AmadeusKeys {
    private static let sessions = Array("com.amadeus.session::".utf8)
    private static let expire = Array("com.amadeus.session:expire::".utf8)
    private static let all = Array("com.amadeus.session:all-sessions-set:".utf8)
    private static let beforeId = Array(":{".utf8)
    private static let braces = (open: UInt8(ascii: "{"), close: UInt8(ascii: "}"))

    static func role(of key: [UInt8]) -> KeyRole {
        if key.hasPrefix(expire) { return .auxiliary(GroupedKey.Role.shadow.rawValue) }
        if key.hasPrefix(all) { return .auxiliary(GroupedKey.Role.sessionIds.rawValue) }
        guard key.hasPrefix(sessions), key.last == braces.close, let start = key.firstIndex(of: beforeId),
            start >= sessions.count, start + beforeId.count < key.count - 1
        else { return .undecided }
        return .session(id: start + beforeId.count..<key.count - 1, namespace: sessions.count..<start)
    }

    static func sessionKey(namespace: [UInt8], id: [UInt8]) -> [UInt8] {
        sessions + namespace + beforeId + id + [braces.close]
    }

    static func expireKey(of key: [UInt8]) -> [UInt8]? {
        guard case .session = role(of: key) else { return nil }
        return expire + key[sessions.count...]
    }

    /// The keys of both ways: a set of all ids by their end, or a key that expires and a set for each minute.
    static func group(of session: Session) -> [GroupedKey] {
        guard let namespace = session.namespace else { return [] }
        let owner = session.details.first { $0.name == "owner" }.map { [UInt8(ascii: ":")] + Array($0.value.utf8) }
        let isNotified = session.variant == "notification"
        var keys = [
            GroupedKey(
                key: all + namespace, role: .sessionIds,
                members: [session.id] + (owner.map { [session.id + $0] } ?? []),
                isExpected: !isNotified)
        ]
        if let key = expireKey(of: session.key) {
            keys.append(GroupedKey(key: key, role: .shadow, isExpected: isNotified))
        }
        if let minute = session.endingMinute {
            keys.append(
                GroupedKey(
                    key: sessions + namespace + Array(":expirations:\(minute)".utf8), role: .expirations,
                    members: [session.key], isExpected: isNotified))
        }
        return keys
    }
}

extension Session {
    /// The minute in whose bucket the session ends, in milliseconds; a time exactly on a minute belongs to the next.
    var endingMinute: Int64? {
        guard lastAccessedAt != nil, let end = expiresAt(now: 0) else { return nil }
        let (later, overflow) = end.addingReportingOverflow(60_000)
        return overflow || later < 0 ? nil : later - later % 60_000
    }
}
