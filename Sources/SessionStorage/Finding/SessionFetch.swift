import Redis
package import Sessions

/// Fetches sessions whose keys are known, many in one round trip.
package struct SessionFetch {
    /// What to fetch of each.
    package var needs: SessionNeeds

    package init(needs: SessionNeeds) {
        self.needs = needs
    }

    /// Keys in one round trip.
    private static let keysAtOnce = 512

    /// Hands over the sessions at `keys`, one for each in their order: nil where there is none any more or the user may not look.
    /// `body` returns false to stop. Must not be used while a scan runs.
    ///
    /// - Returns: how many keys the Redis user may not read.
    @discardableResult
    package func run(
        at keys: [[UInt8]], in store: SessionStore, body: (Session?) throws(StorageError) -> Bool
    ) throws(StorageError) -> Int {
        try run(at: keys, in: store, on: store.connection, body: body)
    }

    /// A session with the record that it was read from in the end.
    struct Found {
        let session: Session
        let record: StoredRecord
    }

    func run(
        at keys: [[UInt8]], in store: SessionStore, on connection: RedisConnection,
        body: (Session?) throws(StorageError) -> Bool
    ) throws(StorageError) -> Int {
        try run(at: keys, in: store, on: connection) { (found: Found?) throws(StorageError) in try body(found?.session)
        }
    }

    /// The same with the records.
    @discardableResult
    func run(
        at keys: [[UInt8]], in store: SessionStore, on connection: RedisConnection,
        body: (Found?) throws(StorageError) -> Bool
    ) throws(StorageError) -> Int {
        let needs = try store.recordNeeds(needs, on: connection)
        var denied = 0
        for start in stride(from: 0, to: keys.count, by: Self.keysAtOnce) {
            let chunk = keys[start..<min(start + Self.keysAtOnce, keys.count)]
            guard try fetch(chunk, needs, in: store, on: connection, denied: &denied, body) else { break }
        }
        return denied
    }

    private func fetch(
        _ keys: ArraySlice<[UInt8]>, _ needs: RecordNeeds, in store: SessionStore, on connection: RedisConnection,
        denied: inout Int, _ body: (Found?) throws(StorageError) -> Bool
    ) throws(StorageError) -> Bool {
        let requests = try redis { () throws(RedisError) in
            try KeyRequest.measured(Array(keys), needs: { _ in needs }, on: connection)
        }
        let replies = try replies(to: requests, keys, needs, on: connection)
        var cursor = ReplyCursor(now: store.now)
        var waiting: [Found?] = []
        for (key, request) in zip(keys, requests) {
            let first =
                request == .large || replies.wasTooLarge
                ? try scan.besideScan(key, request, needs, on: store)
                : cursor.recordOrError(of: key, request, needs, in: replies, of: connection)
            let answer = try store.withEnd(first, needs)
            if answer.record == nil, let error = answer.error {
                guard error.isAboutTheKeyOnly else { throw .redis(error) }
                denied += 1
            }
            waiting.append(try found(answer.record, needs, in: store))
            // What is beside tokens is asked of many at once; nothing waits for it where nobody wants it, or there is no token.
            let waitsForNeighbours = needs.parts.contains(.neighbours) && waiting.contains { $0?.session.jwt != nil }
            if waitsForNeighbours, request != .large { continue }
            guard try handOver(&waiting, in: store, body) else { return false }
        }
        return try handOver(&waiting, in: store, body)
    }

    /// The replies to `requests`, in one round trip; none where they pass the limits, and then on a new connection.
    private func replies(
        to requests: [KeyRequest], _ keys: ArraySlice<[UInt8]>, _ needs: RecordNeeds, on connection: RedisConnection
    ) throws(StorageError) -> ReplyBatch {
        var batch = CommandBatch()
        for (key, request) in zip(keys, requests) { request.append(key: key, needs, to: &batch) }
        var replies = ReplyBatch()
        try redis { () throws(RedisError) in
            try connection.send(batch, as: "HGETALL")
            do throws(RedisError) {
                try connection.receive(batch.count, into: &replies, within: BatchBudget.limits)
            } catch {
                guard error.kind == .overLimit else { throw error }
                replies.discard()
                try connection.reopen()
            }
        }
        return replies
    }

    private var scan: SessionScan {
        SessionScan(
            parts: needs.parts, attributes: needs.attributes, principalMatters: needs.parts.contains(.principal))
    }

    private func handOver(
        _ waiting: inout [Found?], in store: SessionStore, _ body: (Found?) throws(StorageError) -> Bool
    ) throws(StorageError) -> Bool {
        defer { waiting.removeAll(keepingCapacity: true) }
        if needs.parts.contains(.neighbours) {
            var sessions: ArraySlice<Session?> = waiting.map { $0?.session }[...]
            try store.addNeighbours(to: &sessions)
            for (index, session) in sessions.enumerated() {
                if let session, let record = waiting[index]?.record {
                    waiting[index] = Found(session: session, record: record)
                }
            }
        }
        for found in waiting where try !body(found) { return false }
        return true
    }

    private func found(
        _ record: StoredRecord?, _ needs: RecordNeeds, in store: SessionStore
    ) throws(StorageError) -> Found? {
        guard let record, let (session, source) = try scan.session(record, needs, on: store) else { return nil }
        var waiting = WaitingRecords()
        guard waiting.takes(session, source) else { return Found(session: session, record: source) }
        guard let whole = try waiting.complete(on: store).first, let told = store.session(from: whole) else {
            return nil
        }
        return Found(session: told, record: whole)
    }
}
