package import Redis
package import Sessions

/// Reads sessions with every key that is there because of them, many in one round trip.
///
/// Uses a connection that no scan is on. What is too large to be read is said by the session's findings.
package struct GroupFetch {
    private let store: SessionStore
    private let connection: RedisConnection
    private let fetch: SessionFetch
    private let asksForMany: Bool

    /// - Parameters:
    ///   - needs: what else is wanted of the sessions, such as what a filter looks at.
    ///   - keepsAll: whether they are read whole, as they are kept for `undo`; else as far as plans look at them.
    package init(
        of store: SessionStore, on connection: RedisConnection, _ server: ChangeServer, needs: SessionNeeds,
        keepsAll: Bool = true
    ) {
        var all = SessionNeeds([.variant, .principal, keepsAll ? .size : .plan], attributes: .none)
        all.formUnion(needs)
        self.store = store
        self.connection = connection
        fetch = SessionFetch(needs: all)
        asksForMany = server.asksForMany
    }

    /// Bytes that are held at once; one session may have more by itself.
    private static let bytesAtOnce = 16 << 20

    /// The groups of the sessions at the first of `keys`, in their order, as many as may be held at once: nil where there is none any
    /// more, or this user may not look.
    package func groups(at keys: [[UInt8]]) throws(StorageError) -> [SessionGroup?] {
        var found: [SessionFetch.Found?] = []
        var bytes = 0
        try fetch.run(at: keys, in: store, on: connection) { (one: SessionFetch.Found?) throws(StorageError) in
            found.append(one)
            bytes += one?.record.content.byteCount ?? 0
            return bytes < Self.bytesAtOnce
        }
        let wanted = found.map { one in
            one.map { SessionFormats.keyGroup(of: $0.session).filter { $0.role != .session } } ?? []
        }
        var records = try records(of: wanted.flatMap { $0 })[...]
        return zip(found, wanted).map { one, keys in
            let others = Array(records.prefix(keys.count))
            records = records.dropFirst(keys.count)
            return one.map { SessionGroup(session: $0.session, record: $0.record, others: others) }
        }
    }

    /// Keys that are asked for at once.
    private static let keysAtOnce = 400

    /// Hands over the groups of the sessions at the first `limit` of `keys`, without those that are gone; `body` returns false to stop.
    ///
    /// - Parameter atOnce: how many are read at once at most, where `body` may stop soon.
    package func forEach(
        _ keys: KeySpool, limit: Int = .max, atOnce: Int? = nil, _ body: (SessionGroup) throws -> Bool
    ) throws {
        var left = limit
        try keys.forEach(min(atOnce ?? .max, Self.keysAtOnce)) { some in
            var rest = some.prefix(left)
            left -= rest.count
            while !rest.isEmpty {
                let found = try groups(at: Array(rest))
                for case let group? in found where try !body(group) { return false }
                rest = rest.dropFirst(max(found.count, 1))
            }
            return left > 0
        }
    }

    /// What is at keys beside sessions, as far as it concerns them.
    package func records(of keys: [GroupedKey]) throws(StorageError) -> [GroupedRecord] {
        try redis { () throws(RedisError) in
            try GroupedFetch(
                connection: connection, jwtKeys: store.jwtKeys, asksForMany: asksForMany
            ).records(of: keys)
        }
    }
}
