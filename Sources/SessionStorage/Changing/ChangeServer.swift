package import Redis

/// What a change has to know of the server before it begins.
package struct ChangeServer: Sendable {
    /// Milliseconds since 1970 by its clock, at the time of asking.
    package let time: Int64
    /// When it was started, in milliseconds since 1970, to the second; nil where it does not say.
    package let started: Int64?
    /// Whether anybody listens to its keyspace events.
    package let isHeard: Bool
    /// Why nothing may be written here; nil where it may.
    package let refusal: String?
    /// Whether it is a node of a Redis Cluster.
    let isCluster: Bool
    /// Whether it tells by PEXPIRETIME when keys end (Redis 7.0), also to this user.
    package let tellsExpiry: Bool
    /// Whether it knows SMISMEMBER and ZMSCORE (Redis 6.2).
    let asksForMany: Bool
    /// Whether SET knows KEEPTTL (Redis 6.0).
    package let keepsLife: Bool
    /// Whether RESTORE takes a time to expire at (Redis 5.0).
    package let takesAbsoluteLives: Bool

    /// By what it is known again; nil where it does not say.
    package var identity: ServerIdentity? { ServerIdentity(info) }

    /// What else it says of itself.
    package let info: ServerInfo

    /// Asks the server.
    ///
    /// - Parameter clock: the time in milliseconds since 1970 that is taken where the user may not ask the server for its own; nil where a
    ///   change depends on it.
    package init(of connection: RedisConnection, orElse clock: Int64? = nil) throws(StorageError) {
        (info, time, isHeard) = try redis { () throws(RedisError) in
            (try ServerInfo(of: connection), try Self.time(connection, orElse: clock), try Self.isHeard(connection))
        }
        let now = time
        started = info.uptime.map { now - 1000 * min(max($0, 0), now / 1000) }
        refusal = Self.refusal(info, connection.endpoint)
        isCluster = info.isCluster
        tellsExpiry = try redis { () throws(RedisError) in try connection.tellsExpiry() }
        asksForMany = info.isAtLeast(6, 2)
        keepsLife = info.isAtLeast(6, 0)
        takesAbsoluteLives = info.isAtLeast(5, 0)
    }

    /// Of what the server tells those who listen (`notify-keyspace-events`); nil where this user may not ask.
    package static func keyspaceEvents(_ connection: RedisConnection) throws(StorageError) -> String? {
        try redis { () throws(RedisError) in
            do throws(RedisError) {
                let answer = try connection.call("CONFIG", "GET", "notify-keyspace-events")
                return answer.elements?.last?.bytes.map { String(decoding: $0, as: UTF8.self) }
            } catch {
                guard error.isARefusal else { throw error }
                return nil
            }
        }
    }

    /// Milliseconds since 1970 by the server's clock, for who changes nothing; `clock` where this user may not ask.
    package static func time(of connection: RedisConnection, orElse clock: Int64) throws(StorageError) -> Int64 {
        try redis { () throws(RedisError) in try time(connection, orElse: clock) }
    }

    private static func time(_ connection: RedisConnection, orElse clock: Int64?) throws(RedisError) -> Int64 {
        let answer: RedisReply
        do throws(RedisError) {
            answer = try connection.call("TIME")
        } catch {
            guard error.isARefusal, let clock else { throw error }
            return clock
        }
        guard let time = milliseconds(answer) else { throw connection.unexpectedAnswer(to: "TIME") }
        return time
    }

    /// The seconds until the year 10,000: with what no clock shows nobody has to reckon.
    private static let seconds: Range<Int64> = 0..<253_402_300_800

    /// The answer to TIME, seconds and microseconds, in milliseconds since 1970; nil for what is no time.
    static func milliseconds(_ answer: RedisReply) -> Int64? {
        let parts = answer.elements?.compactMap { $0.bytes } ?? []
        let numbers = parts.compactMap { Int64(String(decoding: $0, as: UTF8.self)) }
        guard numbers.count == 2, seconds.contains(numbers[0]), (0..<1_000_000).contains(numbers[1]) else { return nil }
        return numbers[0] * 1000 + numbers[1] / 1000
    }

    /// Applications subscribe to the events of one database, or, before Spring Session 2.0.7, to a pattern. Where nobody may ask, it
    /// is taken that somebody does.
    private static func isHeard(_ connection: RedisConnection) throws(RedisError) -> Bool {
        let channel = "__keyevent@\(connection.endpoint.database)__:del"
        do throws(RedisError) {
            let patterns = try connection.call("PUBSUB", "NUMPAT").integer ?? 0
            let subscribers = try connection.call("PUBSUB", "NUMSUB", channel).elements?.last?.integer ?? 0
            return patterns > 0 || subscribers > 0
        } catch {
            guard error.isARefusal else { throw error }
            return true
        }
    }

    private static func refusal(_ info: ServerInfo, _ endpoint: RedisEndpoint) -> String? {
        if info.role == .replica { return "\(endpoint) is a replica: what is written there is lost, or refused" }
        return info.isLoading ? "\(endpoint) is still loading its data" : nil
    }
}
