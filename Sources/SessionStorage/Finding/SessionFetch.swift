import Redis
package import Sessions

/// Fetches sessions whose keys are known, many in one round trip.
package struct SessionFetch {
    /// What to fetch of each.
    package var parts: SessionParts

    package init(parts: SessionParts) {
        self.parts = parts
    }

    /// Keys in one round trip.
    private static let keysAtOnce = 128

    /// What is at the keys now.
    package struct Result {
        /// A session for each key in their order; nil where there is none any more or the user may not look.
        package var sessions: [Session?] = []
        /// Keys that the Redis user may not read.
        package var denied = 0
    }

    /// The sessions at `keys`; must not be used while a scan runs.
    package func sessions(at keys: [[UInt8]], in store: SessionStore) throws(StorageError) -> Result {
        try sessions(at: keys, in: store, on: store.connection)
    }

    func sessions(
        at keys: [[UInt8]], in store: SessionStore, on connection: RedisConnection
    ) throws(StorageError) -> Result {
        var result = Result()
        for start in stride(from: 0, to: keys.count, by: Self.keysAtOnce) {
            let chunk = keys[start..<min(start + Self.keysAtOnce, keys.count)]
            try fetch(chunk, in: store, on: connection, into: &result)
        }
        return result
    }

    private func fetch(
        _ keys: ArraySlice<[UInt8]>, in store: SessionStore, on connection: RedisConnection, into result: inout Result
    ) throws(StorageError) {
        let start = result.sessions.count
        let requests = try requests(for: keys, store.jwtKeys, on: connection)
        var batch = CommandBatch()
        for (key, request) in zip(keys, requests) { request.append(key: key, parts: parts, to: &batch) }
        var replies = ReplyBatch()
        do throws(RedisError) {
            try connection.send(batch, as: "HGETALL")
            try connection.receive(batch.count, into: &replies)
        } catch {
            throw .redis(error)
        }
        let scan = SessionScan(parts: parts, principalMatters: parts.contains(.principal))
        var cursor = ReplyCursor()
        for (key, request) in zip(keys, requests) {
            guard let record = cursor.record(of: key, request, parts, in: replies) else {
                if let index = cursor.failureIndex, let error = connection.failure(in: replies, at: index) {
                    guard error.isAboutTheKeyOnly else { throw .redis(error) }
                    result.denied += 1
                }
                result.sessions.append(nil)
                continue
            }
            result.sessions.append(try session(record, scan, in: store))
        }
        guard parts.contains(.neighbours) else { return }
        try store.addNeighbours(to: &result.sessions[start...])
    }

    private func session(
        _ record: StoredRecord, _ scan: SessionScan, in store: SessionStore
    ) throws(StorageError) -> Session? {
        guard let (session, source) = try scan.session(record, on: store) else { return nil }
        var waiting = WaitingRecords()
        guard waiting.takes(session, source) else { return session }
        return try waiting.complete(on: store).first.flatMap { store.session(from: $0) }
    }

    /// What to ask of each key; of large hashes, which are measured first, only the fields that every session has.
    private func requests(
        for keys: ArraySlice<[UInt8]>, _ jwtKeys: JWTKeyTemplates, on connection: RedisConnection
    ) throws(StorageError) -> [KeyRequest] {
        var requests = keys.map { KeyRequest(key: $0, parts: parts, jwtKeys) }
        var batch = CommandBatch()
        for (key, request) in zip(keys, requests) where request == .wholeHash {
            batch.append([Array("HLEN".utf8), key])
        }
        guard batch.count > 0 else { return requests }
        var lengths = ReplyBatch()
        do throws(RedisError) {
            try connection.send(batch, as: "HLEN")
            try connection.receive(batch.count, into: &lengths)
        } catch {
            throw .redis(error)
        }
        var reply = 0
        for (index, key) in zip(requests.indices, keys) where requests[index] == .wholeHash {
            if let length = lengths[reply].integer, length > RecordFetch.fieldsAtOnce {
                requests[index] = KeyRequest(key: key, parts: parts.subtracting([.attributes, .size]), jwtKeys)
            }
            reply += 1
        }
        return requests
    }
}
