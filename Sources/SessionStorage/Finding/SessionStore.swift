package import Redis
package import Sessions

/// A Redis database with sessions in it, and the way to them. Reads only.
package final class SessionStore {
    /// The main connection; while a scan runs, its batches are on it.
    package let connection: RedisConnection
    /// Where the store is, safe to print.
    package var endpoint: RedisEndpoint { connection.endpoint }
    private let connect: () throws(RedisError) -> RedisConnection
    private let connectForChanges: (() throws(RedisError) -> RedisConnection)?
    private var side: RedisConnection?
    private var changing: RedisConnection?
    private var isMeasuring: Bool?
    private var tellsExpiry: Bool?
    private let clock: () -> Int64
    /// What the server's clock is ahead of this one's, in milliseconds, where somebody has asked it.
    package var clockOffset: Int64 = 0
    /// Milliseconds since 1970.
    func now() -> Int64 { clock() + clockOffset }
    /// The interval in seconds that the session manager is configured with; nil where the user does not say.
    package var managerInterval: Int64?
    /// Whether a session is worth having whose variant nobody may ask for: it is shown, and nothing rests on it.
    package var mayLackVariants = false
    /// How the application names the keys beside its tokens.
    package var jwtKeys = JWTKeyTemplates.standard
    /// Whether sessions may be missing that were meant to be in it: it is of an export that was interrupted.
    package var isIncomplete = false
    /// Namespaces that its profile names, in which ids are looked for first.
    package var namespaces: [String] = []

    /// Opens a store. `connect` is asked for a second connection when a scan meets a value that has to be fetched in slices.
    ///
    /// - Parameters:
    ///   - connectForChanges: makes the connection for what writes, which is not given up in the middle when somebody
    ///     wants to stop.
    ///   - now: gives milliseconds since 1970.
    package init(
        connect: @escaping () throws(RedisError) -> RedisConnection,
        connectForChanges: (() throws(RedisError) -> RedisConnection)? = nil, now: @escaping () -> Int64
    ) throws(StorageError) {
        self.connect = connect
        self.connectForChanges = connectForChanges
        clock = now
        connection = try redis(connect)
    }

    /// The number of keys of the database, sessions or not.
    package func keyCount() throws(StorageError) -> Int {
        let reply = try redis { () throws(RedisError) in try connection.call("DBSIZE") }
        return Int(reply.integer ?? 0)
    }

    /// The whole record of `key`, or nil where there is none; must not be used while a scan runs.
    package func record(of key: [UInt8]) throws(StorageError) -> StoredRecord? {
        try redis { () throws(RedisError) in
            try RecordFetch(connection: connection, jwtKeys: jwtKeys).record(of: key)
        }
    }

    /// The session that `record` holds, or nil where no format knows it.
    func session(from record: StoredRecord) -> Session? {
        var record = record
        record.managerInterval = managerInterval
        record.jwtKeys = jwtKeys
        var session = SessionFormats.session(from: record, now: now())
        if let end = record.expiresAt {
            session?.keyExpiresAt = end
            session?.take(endOfKey: end, now: now())
        }
        if let excess = record.excess {
            session?.findings.append(Finding("too-large", "it holds \(excess): its attributes are not shown"))
        }
        return session
    }

    /// What the companions of sessions hold that a scan came across, asked for in one go.
    ///
    /// They are strings: sets are read for single sessions only.
    func addCompanions(to records: inout [StoredRecord], keys: [[[UInt8]]]) throws(StorageError) {
        let connection = try sideConnection()
        try redis { () throws(RedisError) in
            var batch = CommandBatch()
            // Times and counts: nothing of the kind is longer.
            for key in keys.joined() {
                batch.append([Array("GETRANGE".utf8), key, Array("0".utf8), Array("4095".utf8)])
            }
            guard batch.count > 0 else { return }
            var replies = ReplyBatch()
            try connection.send(batch, as: "GETRANGE")
            try connection.receive(batch.count, into: &replies)
            var index = 0
            for (number, keys) in keys.enumerated() {
                var companions: [StoredCompanion] = []
                for key in keys {
                    let reply = replies[index]
                    index = replies.index(after: index)
                    let content: StoredCompanion.Content =
                        switch reply.kind {
                        // Of a key that is not there GETRANGE gives nothing.
                        case .string where reply.byteCount == 0: .missing
                        case .string: .string(replies.array(of: reply))
                        case .error: .other
                        default: .missing
                        }
                    companions.append(StoredCompanion(key: key, content: content))
                }
                records[number].companions = companions
            }
        }
    }

    /// The record of `key` beside a running scan: the whole one, or what `needs` of it if it is a hash.
    ///
    /// - Parameter end: how it is asked when the key ends; nil where `needs` say it, or nobody wants to know.
    func recordBesideScan(
        of key: [UInt8], _ needs: RecordNeeds? = nil, end: EndQuestion? = nil
    ) throws(StorageError) -> StoredRecord? {
        let connection = try sideConnection()
        return try redis { () throws(RedisError) in
            var fetch = RecordFetch(
                connection: connection, jwtKeys: jwtKeys, end: end ?? needs?.endQuestion, now: now)
            fetch.mayLackVariant = mayLackVariants
            return try fetch.record(of: key, needs)
        }
    }

    /// What `request` asks of one key beside a running scan: no more of a string than its beginning.
    func beginningBesideScan(
        of key: [UInt8], _ request: KeyRequest, _ needs: RecordNeeds
    ) throws(StorageError) -> ReplyCursor.Found {
        let connection = try sideConnection()
        return try redis { () throws(RedisError) in
            var batch = CommandBatch()
            request.append(key: key, needs, to: &batch)
            var replies = ReplyBatch()
            try connection.send(batch, as: "GETRANGE")
            try connection.receive(batch.count, into: &replies)
            var cursor = ReplyCursor(now: now)
            return cursor.recordOrError(of: key, request, needs, in: replies, of: connection)
        }
    }

    /// What is asked for at each key; `connection` is one that is not in use.
    func recordNeeds(_ needs: SessionNeeds, on connection: RedisConnection) throws(StorageError) -> RecordNeeds {
        var wanted = RecordNeeds(needs, jwtKeys)
        if wanted.mayAskMemory {
            wanted = RecordNeeds(needs, measuresBytes: try measuresBytes(on: connection), jwtKeys)
        }
        wanted.mayLackVariant = mayLackVariants
        if needs.parts.contains(.end) { wanted.endQuestion = try endQuestion(on: connection) }
        return wanted
    }

    /// How the server is asked when keys end.
    private func endQuestion(on connection: RedisConnection) throws(StorageError) -> EndQuestion {
        let tells =
            if let tellsExpiry { tellsExpiry } else {
                try redis { () throws(RedisError) in try connection.tellsExpiry() }
            }
        tellsExpiry = tells
        return tells ? .expireTime : .timeAndLife
    }

    /// Whether the server tells by MEMORY USAGE how much a key holds: not every user may ask, nor every service answers.
    private func measuresBytes(on connection: RedisConnection) throws(StorageError) -> Bool {
        if let isMeasuring { return isMeasuring }
        let answers = try redis { () throws(RedisError) in
            do throws(RedisError) {
                // The empty key is as good as any: the question is whether there is an answer.
                try connection.call("MEMORY", "USAGE", "")
                return true
            } catch {
                guard error.isARefusal else { throw error }
                return error.isAboutTheKeyOnly
            }
        }
        isMeasuring = answers
        return answers
    }

    /// A connection that can be used while a scan runs.
    package func sideConnection() throws(StorageError) -> RedisConnection {
        if let side { return side }
        let opened = try redis(connect)
        side = opened
        return opened
    }

    /// The connection on which is written; also while a scan runs.
    package func changeConnection() throws(StorageError) -> RedisConnection {
        if let changing { return changing }
        let opened = try redis(connectForChanges ?? connect)
        changing = opened
        return opened
    }

    /// A connection beside all others, which whoever asks for it closes.
    func anotherConnection() throws(StorageError) -> RedisConnection { try redis(connect) }

    /// Closes all connections.
    package func close() {
        connection.close()
        changing?.close()
        side?.close()
    }
}

extension Session {
    /// Whether it holds more than is read of a session.
    package var isTooLarge: Bool { findings.contains { $0.code == "too-large" } }
}
