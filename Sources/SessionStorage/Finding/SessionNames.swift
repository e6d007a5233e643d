package import Redis
package import Sessions

/// The names by which the sessions of a store can be called, gathered a little at a time so that nobody waits.
///
/// For completion. It reads on a connection of its own, because one that does not answer in time is closed. At most
/// `limit` sessions are remembered; what was gathered is gathered anew after a few seconds.
package final class SessionNames {
    /// Names as text, as they can be typed.
    package struct Gathered: Equatable {
        package var ids: Set<String> = []
        package var keys: Set<String> = []
        package var principals: Set<String> = []
        /// Ways into the attributes of the first sessions.
        package var attributePaths: Set<String> = []
    }

    static let limit = 20_000
    private static let secondsFresh = 5.0
    /// A server that did not answer in time is left alone for so long.
    private static let secondsToRest = 2.0
    private static let keysAtOnce = "50"
    /// Of so many sessions in all, and in one round trip, the attributes are looked at.
    private static let sessionsWithAttributes = 40
    private static let attributesAtOnce = 20
    private static let maximumPaths = 2000

    private let connect: () throws(RedisError) -> RedisConnection
    private let clock: () -> Double
    private let jwtKeys: JWTKeyTemplates
    private var connection: RedisConnection?
    private var complete = Gathered()
    private var pass: Pass?
    private var notBefore: Double?
    /// False once attributes were too much for a person's patience.
    private var readsAttributes = true
    private var isReadingAttributes = false

    private let brief: RecordNeeds
    private let timesOnly: RecordNeeds
    private let whole: RecordNeeds

    /// A walk over the keys that may stop after each step.
    private struct Pass {
        var cursor = Array("0".utf8)
        var pending: [[UInt8]] = []
        var isAtEnd = false
        var gathered = Gathered()
        var sessionsWithAttributes = 0

        var isComplete: Bool { isAtEnd && pending.isEmpty || gathered.keys.count >= limit }
    }

    /// - Parameters:
    ///   - connect: opens a connection whose timeouts are as short as a person's patience.
    ///   - clock: gives seconds, and never goes back.
    ///   - jwtKeys: how the application names the keys beside its tokens.
    package init(
        connect: @escaping () throws(RedisError) -> RedisConnection, clock: @escaping () -> Double,
        jwtKeys: JWTKeyTemplates = .standard
    ) {
        self.connect = connect
        self.clock = clock
        self.jwtKeys = jwtKeys
        brief = RecordNeeds(SessionNeeds(.principal), jwtKeys)
        timesOnly = RecordNeeds(SessionNeeds([]), jwtKeys)
        whole = RecordNeeds(SessionNeeds([.principal, .attributes]), jwtKeys)
    }

    /// What is known after at most `seconds` of reading, and one wait of the connection. Errors are no names.
    package func gathered(within seconds: Double) -> Gathered {
        let start = clock()
        if let notBefore, start < notBefore { return known }
        var current = pass ?? Pass()
        do throws(RedisError) {
            let connection = try openConnection()
            while !current.isComplete, clock() < start + seconds { try step(&current, on: connection) }
        } catch {
            if isReadingAttributes { readsAttributes = false }
            // These would be too large the next time as well.
            if error.kind == .overLimit { current.pending = [] }
            forgetConnection()
        }
        keep(current)
        return known
    }

    /// Closes the connection.
    package func close() {
        connection?.close()
        connection = nil
    }

    private var known: Gathered {
        guard let pass else { return complete }
        return Gathered(
            ids: complete.ids.union(pass.gathered.ids), keys: complete.keys.union(pass.gathered.keys),
            principals: complete.principals.union(pass.gathered.principals),
            attributePaths: complete.attributePaths.union(pass.gathered.attributePaths))
    }

    private func keep(_ current: Pass) {
        guard current.isComplete else {
            pass = current
            return
        }
        complete = current.gathered
        pass = nil
        notBefore = clock() + Self.secondsFresh
    }

    private func openConnection() throws(RedisError) -> RedisConnection {
        if let connection, connection.isOpen { return connection }
        let opened = try connect()
        connection = opened
        return opened
    }

    private func forgetConnection() {
        close()
        notBefore = clock() + Self.secondsToRest
    }

    /// One round trip: the next keys, or what is to be known of those that came.
    private func step(_ pass: inout Pass, on connection: RedisConnection) throws(RedisError) {
        guard pass.pending.isEmpty else {
            try read(&pass, on: connection)
            return
        }
        let arguments = [Array("SCAN".utf8), pass.cursor, Array("COUNT".utf8), Array(Self.keysAtOnce.utf8)]
        guard let reply = try connection.call(arguments).elements, reply.count == 2, let next = reply[0].bytes else {
            pass.isAtEnd = true
            return
        }
        pass.pending = (reply[1].elements ?? []).compactMap { $0.bytes }
        pass.cursor = next
        pass.isAtEnd = next == Array("0".utf8)
    }

    private func read(_ pass: inout Pass, on connection: RedisConnection) throws(RedisError) {
        let keys = pass.pending
        let withAttributes = min(Self.attributesAtOnce, Self.sessionsWithAttributes - pass.sessionsWithAttributes)
        var left = readsAttributes ? withAttributes : 0
        var needs = keys.map { key -> RecordNeeds in
            if [.nothing, .unlessHash].contains(KeyRequest(key: key, brief)) { return brief }
            left -= 1
            return left >= 0 ? whole : brief
        }
        isReadingAttributes = needs.contains { $0.wantsWholeHashes }
        var requests = try KeyRequest.measured(keys, needs: { needs[$0] }, on: connection)
        // A large session is known by its id alone.
        for index in keys.indices where requests[index] == .large {
            needs[index] = timesOnly
            requests[index] = KeyRequest(key: keys[index], timesOnly).ofHash
        }
        let asked = zip(requests, needs).map { (request: $0, needs: $1) }
        var batch = CommandBatch()
        for (key, asked) in zip(keys, asked) { asked.request.append(key: key, asked.needs, to: &batch) }
        var replies = ReplyBatch()
        try connection.send(batch, as: "HMGET")
        try connection.receive(batch.count, into: &replies, within: BatchBudget.limits)
        var cursor = ReplyCursor(now: { 0 })
        for (key, asked) in zip(keys, asked) {
            guard var record = cursor.record(of: key, asked.request, asked.needs, in: replies) else { continue }
            record.jwtKeys = jwtKeys
            guard let session = SessionFormats.session(from: record, now: 0) else { continue }
            pass.gathered.insert(session)
            guard asked.needs.wantsWholeHashes else { continue }
            pass.sessionsWithAttributes += 1
            let room = Self.maximumPaths - pass.gathered.attributePaths.count
            if room > 0 { pass.gathered.attributePaths.formUnion(session.attributePaths(limit: min(room, 200))) }
        }
        pass.pending = []
        isReadingAttributes = false
    }
}

extension SessionNames.Gathered {
    fileprivate mutating func insert(_ session: Session) {
        ids.insert(EscapedName.text(of: session.id))
        keys.insert(EscapedName.text(of: session.key))
        if let principal = session.principal { principals.insert(principal) }
    }
}
