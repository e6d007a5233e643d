import Redis
package import Sessions

/// Gets the number of keys that a scan has seen, and the number of all.
package typealias ScanProgress = (_ seen: Int, _ total: Int) -> Void

/// A walk over all sessions of a store, streamed: memory does not grow with their number.
package struct SessionScan {
    /// What to fetch of each.
    package var parts: SessionParts
    /// Only keys that match this glob-style pattern.
    package var pattern: [UInt8]?
    /// A look at less before all parts are fetched.
    package var preselection: Preselection?
    /// Whether a decision rests on the principal, so that it must not be missed in a large value.
    package var principalMatters: Bool

    /// Which sessions are out after a look at a few cheap parts: nothing more is fetched of them.
    package struct Preselection {
        /// What is looked at.
        package let parts: SessionParts
        /// Gets the session and the time.
        package let isOut: (Session, Int64) -> Bool

        package init(parts: SessionParts, isOut: @escaping (Session, Int64) -> Bool) {
            self.parts = parts
            self.isOut = isOut
        }
    }

    package init(
        parts: SessionParts, pattern: [UInt8]? = nil, principalMatters: Bool = false, preselection: Preselection? = nil
    ) {
        self.parts = parts
        self.preselection = preselection
        self.principalMatters = principalMatters
        self.pattern = pattern
    }

    /// Walks; `body` gets each session and returns false to stop. `progress` gets the number of keys seen so far, and of all.
    package func run(
        on store: SessionStore,
        progress: ScanProgress = { _, _ in },
        body: (Session) throws(StorageError) -> Bool
    ) throws(StorageError) -> ScanSummary {
        if let preselection { return try run(on: store, preselection, progress: progress, body: body) }
        return try walk(on: store, progress: progress, body: body)
    }

    /// Two looks: at the cheap parts of all, and at the rest of those that are still in, a batch at a time.
    private func run(
        on store: SessionStore, _ preselection: Preselection, progress: ScanProgress,
        body: (Session) throws(StorageError) -> Bool
    ) throws(StorageError) -> ScanSummary {
        let first = SessionScan(
            parts: preselection.parts, pattern: pattern,
            principalMatters: principalMatters && preselection.parts.contains(.principal))
        let fetch = SessionFetch(parts: parts)
        var remaining: [[UInt8]] = []
        var denied = 0
        func handOver() throws(StorageError) -> Bool {
            guard !remaining.isEmpty else { return true }
            let found = try fetch.sessions(at: remaining, in: store, on: try store.sideConnection())
            remaining.removeAll(keepingCapacity: true)
            denied += found.denied
            for case let session? in found.sessions where try !body(session) { return false }
            return true
        }
        var summary = try first.walk(on: store, progress: progress) { session throws(StorageError) in
            if !preselection.isOut(session, store.now()) { remaining.append(session.key) }
            return true
        } afterBatch: { () throws(StorageError) in
            try handOver()
        }
        summary.denied += denied
        return summary
    }

    private func walk(
        on store: SessionStore, progress: ScanProgress, body: (Session) throws(StorageError) -> Bool,
        afterBatch: () throws(StorageError) -> Bool = { true }
    ) throws(StorageError) -> ScanSummary {
        var summary = ScanSummary()
        var keysSeen = 0
        let total = try store.keyCount()
        try KeyspaceScan(matching: pattern).run(on: store.connection, failure: { StorageError.redis($0) }) {
            keys, batch in
            request(&keys, &batch)
        } replies: { keys, replies throws(StorageError) in
            keysSeen += keys.count
            defer { progress(keysSeen, total) }
            let now = store.now()
            var cursor = ReplyCursor()
            for index in 0..<keys.count {
                let key = keys.array(at: index)
                let request = KeyRequest(rawValue: keys.tag(at: index)) ?? .nothing
                guard let record = cursor.record(of: key, request, parts, in: replies) else {
                    if let index = cursor.failureIndex, let error = store.connection.failure(in: replies, at: index) {
                        guard error.isAboutTheKeyOnly else { throw .redis(error) }
                        summary.denied += 1
                    } else {
                        summary.count(key, request)
                    }
                    continue
                }
                guard let session = try session(record, on: store, now: now) else {
                    summary.others += 1
                    continue
                }
                summary.sessions += 1
                if try !body(session) { return false }
            }
            return try afterBatch()
        }
        return summary
    }

    private func request(_ keys: inout KeyBatch, _ batch: inout CommandBatch) {
        for index in 0..<keys.count {
            let key = keys.array(at: index)
            let request = KeyRequest(role: SessionFormats.role(ofKey: key), parts: parts)
            keys.setTag(request.rawValue, at: index)
            request.append(key: key, parts: parts, to: &batch)
        }
    }

    /// The session in `record`, with what is missing fetched beside the scan.
    func session(_ record: StoredRecord, on store: SessionStore, now: Int64) throws(StorageError) -> Session? {
        let session = SessionFormats.session(from: record, now: now)
        guard !record.isWhole, needsWhole(session, record) else { return session }
        guard let whole = try store.recordBesideScan(of: record.key) else { return nil }
        return SessionFormats.session(from: whole, now: now)
    }

    /// Whether more than the fetched part is needed: of a string what was not asked for at first, of a hash without any of the
    /// fields that were asked for whatever it has.
    private func needsWhole(_ session: Session?, _ record: StoredRecord) -> Bool {
        if case .hash(let fields) = record.content { return fields.isEmpty }
        guard let session else { return false }
        if !parts.isDisjoint(with: [.attributes, .size]) { return true }
        return principalMatters && session.principal == nil
    }
}

extension ScanSummary {
    /// Counts a key that holds no session.
    mutating func count(_ key: [UInt8], _ request: KeyRequest) {
        if request == .nothing, case .auxiliary(let kind) = SessionFormats.role(ofKey: key) {
            auxiliary[kind, default: 0] += 1
        } else {
            others += 1
        }
    }
}
