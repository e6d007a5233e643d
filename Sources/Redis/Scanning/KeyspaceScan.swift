/// A walk over all keys of a database, with commands for each batch of keys, at the speed of the server.
///
/// Two batches are in flight: while the server works on the one, we work on the other. Every key comes once, and what
/// is there during the whole walk comes surely; keys that come or go meanwhile may or may not be seen.
///
///     try KeyspaceScan().run(on: connection) { keys, batch in
///         for index in 0..<keys.count { batch.append("HGETALL", keys[index]) }
///     } replies: { keys, replies throws(RedisError) in
///         …                    // one reply per command
///         return true          // false ends the walk
///     }
package struct KeyspaceScan: Sendable {
    private let pattern: [UInt8]?
    private let measuring: Measuring?
    private let limits: ReplyLimits?

    /// Adds the commands whose answers, numbers, say how much there is at a key: HLEN, HSTRLEN, MEMORY USAGE.
    package typealias Measuring = @Sendable (_ keys: inout KeyBatch, _ index: Int, _ batch: inout CommandBatch) -> Void

    /// Only keys that match the glob-style `pattern`; the server still visits all.
    ///
    /// - Parameters:
    ///   - measuring: what is asked of each key before the commands for it are made: see `KeyBatch.measure(at:)`.
    ///   - limits: of a batch that passes them no replies are handed over: see `ReplyBatch.wasTooLarge`. Nil where that is an error.
    package init(matching pattern: [UInt8]? = nil, within limits: ReplyLimits? = nil, measuring: Measuring? = nil) {
        self.pattern = pattern
        self.limits = limits
        self.measuring = measuring
    }

    /// Walks. Errors of the caller's own type pass through `replies`; `failure` makes one of it from the connection's.
    ///
    /// After a stop or an error of the caller's the connection is drained and can be used again.
    package func run<Failure: Error>(
        on connection: RedisConnection,
        failure: (RedisError) -> Failure,
        commands: (inout KeyBatch, inout CommandBatch) -> Void,
        replies: (borrowing KeyBatch, borrowing ReplyBatch) throws(Failure) -> Bool
    ) throws(Failure) {
        var walk = ScanWalk(connection: connection, pattern: pattern, limits: limits, measuring: measuring)
        do throws(RedisError) {
            try walk.begin(commands)
        } catch {
            throw failure(error)
        }
        while true {
            do throws(RedisError) {
                try walk.advance(commands)
            } catch {
                throw failure(error)
            }
            guard walk.hasReplies else { return }
            let goesOn: Bool
            do throws(Failure) {
                goesOn = try walk.handOver(replies)
            } catch {
                walk.abandon()
                throw error
            }
            if !goesOn { return walk.abandon() }
        }
    }

    /// The same where the caller's errors are the connection's.
    package func run(
        on connection: RedisConnection,
        commands: (inout KeyBatch, inout CommandBatch) -> Void,
        replies: (borrowing KeyBatch, borrowing ReplyBatch) throws(RedisError) -> Bool
    ) throws(RedisError) {
        try run(on: connection, failure: { $0 }, commands: commands, replies: replies)
    }
}
