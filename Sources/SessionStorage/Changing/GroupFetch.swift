package import Redis
package import Sessions

/// Reads sessions with every key that is there because of them, many in one round trip.
///
/// Uses a connection that no scan is on. What is too large to be read is said by the session's findings.
package struct GroupFetch {
    private let store: SessionStore
    private let connection: RedisConnection
    private let fetch: SessionFetch

    /// - Parameter needs: what else is wanted of the sessions, such as what a filter looks at.
    package init(of store: SessionStore, on connection: RedisConnection, needs: SessionNeeds) {
        var all = SessionNeeds([.variant, .principal, .attributes, .size])
        all.formUnion(needs)
        self.store = store
        self.connection = connection
        fetch = SessionFetch(needs: all)
    }

    /// The groups of the sessions at `keys`, in their order: nil where there is none any more, or this user may not look.
    package func groups(at keys: [[UInt8]]) throws(StorageError) -> [SessionGroup?] {
        var found: [SessionFetch.Found?] = []
        try fetch.run(at: keys, in: store, on: connection) { (one: SessionFetch.Found?) throws(StorageError) in
            found.append(one)
            return true
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

    /// What is at keys beside sessions, as far as it concerns them.
    package func records(of keys: [GroupedKey]) throws(StorageError) -> [GroupedRecord] {
        try redis { () throws(RedisError) in
            try GroupedFetch(connection: connection, jwtKeys: store.jwtKeys).records(of: keys)
        }
    }
}
