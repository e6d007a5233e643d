package import Redis

/// Whether a server may throw away keys that have not ended, where its memory is full: a token whose deny-list entry is evicted is
/// good again (session-formats, ch. 17.3).
package struct KeyEviction: Sendable, Equatable {
    /// The most bytes that its data may take.
    package let limit: Int64
    /// How it chooses keys: `allkeys-lru`, …
    package let policy: String

    /// Whether nobody could find out whether it does.
    package static func isUnknown(to connection: RedisConnection, _ info: ServerInfo) throws(StorageError) -> Bool {
        guard info.evictionPolicy == nil else { return false }
        return try setting("maxmemory-policy", connection) == nil
    }

    /// Nil where it evicts none, and where it does not say.
    ///
    /// - Parameter info: what it says of itself. Where that leaves the memory out, as with some services, its configuration is asked;
    ///   not every user may.
    package init?(of connection: RedisConnection, _ info: ServerInfo) throws(StorageError) {
        var (limit, policy) = (info.memoryLimit, info.evictionPolicy)
        if policy == nil {
            limit = try Self.setting("maxmemory", connection).flatMap { Int64($0) }
            policy = try Self.setting("maxmemory-policy", connection)
        }
        guard let limit, limit > 0, let policy, policy != "noeviction" else { return nil }
        self.limit = limit
        self.policy = policy
    }

    private static func setting(_ name: String, _ connection: RedisConnection) throws(StorageError) -> String? {
        try redis { () throws(RedisError) in
            do throws(RedisError) {
                let answer = try connection.call("CONFIG", "GET", name)
                return answer.elements?.last?.bytes.map { String(decoding: $0, as: UTF8.self) }
            } catch {
                guard error.isARefusal else { throw error }
                return nil
            }
        }
    }
}
