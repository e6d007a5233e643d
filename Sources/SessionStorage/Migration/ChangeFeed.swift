import Redis

/// Hears which keys of a server are changed by others, by what Redis sends those who cache what they read (since 6.0). Nothing is configured
/// for it, and nothing is kept at the server.
///
/// It speaks of all databases, and of every change: what a key is now has to be read.
package final class ChangeFeed {
    private let connection: RedisConnection
    private var keys: Set<[UInt8]> = []
    /// Whether each change since the last look is among the keys.
    private var isWhole = true

    /// So many keys are held; where more are changed between two looks, all have to be read again.
    private static let mostKeys = 20_000
    private static let channel = "__redis__:invalidate"

    /// Begins to listen; nil where the server is of another version, keeps keys at several places, or does not let this user.
    package init?(of side: MigrationBatch.Side) {
        guard !side.server.isCluster, let connection = try? side.store.anotherConnection() else { return nil }
        do throws(RedisError) {
            guard let number = try connection.call("CLIENT", "ID").integer else { return nil }
            // A connection that has subscribed gets its own messages where there is no newer protocol.
            try connection.call("CLIENT", "TRACKING", "ON", "REDIRECT", String(number), "BCAST")
            try connection.call("SUBSCRIBE", Self.channel)
        } catch {
            connection.close()
            return nil
        }
        self.connection = connection
    }

    deinit { connection.close() }

    /// Takes in what has been sent, so that the server need not hold it.
    package func listen() {
        guard connection.isOpen else { return }
        do throws(RedisError) {
            try connection.takeMessages { add($0) }
        } catch {
            isWhole = false
        }
    }

    /// The keys that were changed since the last time; nil where it is not known which.
    package func takeKeys() -> Set<[UInt8]>? {
        listen()
        defer {
            keys = []
            // Once it was lost, nothing more comes.
            isWhole = connection.isOpen
        }
        return isWhole ? keys : nil
    }

    private func add(_ message: RedisReply) {
        guard isWhole, let parts = message.elements, parts.first?.bytes == Array("message".utf8) else { return }
        // Whoever empties a database says so without naming keys.
        guard let changed = parts.last?.elements, keys.count + changed.count <= Self.mostKeys else {
            isWhole = false
            return keys = []
        }
        keys.formUnion(changed.lazy.compactMap { $0.bytes })
    }
}
