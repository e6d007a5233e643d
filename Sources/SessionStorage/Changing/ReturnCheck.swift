import Redis
package import Sessions

/// Looks once more at sessions that were logged out: a request that was running at the time may have written one back
/// (session-formats, ch. 15).
package struct ReturnCheck {
    private let store: SessionStore
    private let fetch = SessionFetch(needs: SessionNeeds([], attributes: .none))

    package init(of store: SessionStore) { self.store = store }

    /// Those of the sessions at `keys` that are there again.
    package func returned(at keys: [[UInt8]]) throws(StorageError) -> [Session] {
        guard try isAnyThere(keys) else { return [] }
        var found: [Session] = []
        try fetch.run(at: keys, in: store) { session throws(StorageError) in
            if let session, !SessionFormats.isLoggedOut(session) { found.append(session) }
            return true
        }
        return found
    }

    /// Of most formats nothing is left, and one command says so of all.
    private func isAnyThere(_ keys: [[UInt8]]) throws(StorageError) -> Bool {
        guard !keys.isEmpty else { return false }
        return try redis { () throws(RedisError) in
            do throws(RedisError) {
                return try store.connection.call([Array("EXISTS".utf8)] + keys).integer ?? 1 > 0
            } catch {
                // A node of a cluster looks at the keys of one slot at a time.
                guard error.kind == .server(code: "CROSSSLOT") else { throw error }
                return true
            }
        }
    }
}
