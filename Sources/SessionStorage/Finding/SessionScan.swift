import Redis
package import Sessions

/// Gets the number of keys that a scan has seen, and the number of all.
package typealias ScanProgress = (_ seen: Int, _ total: Int) -> Void

/// A walk over all sessions of a store, streamed: memory does not grow with their number.
package struct SessionScan {
    /// What to fetch of each.
    package var needs: SessionNeeds
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
        parts: SessionParts, attributes: NeededAttributes = .all, pattern: [UInt8]? = nil,
        principalMatters: Bool = false, preselection: Preselection? = nil
    ) {
        needs = SessionNeeds(parts, attributes: attributes)
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
        let fetch = SessionFetch(needs: needs)
        var remaining: [[UInt8]] = []
        var denied = 0
        func handOver() throws(StorageError) -> Bool {
            guard !remaining.isEmpty else { return true }
            var goesOn = true
            denied += try fetch.run(at: remaining, in: store, on: try store.sideConnection()) {
                session throws(StorageError) in
                if let session { goesOn = try body(session) }
                return goesOn
            }
            remaining.removeAll(keepingCapacity: true)
            return goesOn
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
        let needs = try store.recordNeeds(needs, on: store.connection)
        try KeyspaceScan(matching: pattern, within: BatchBudget.limits, measuring: Self.measuring(needs)).run(
            on: store.connection, failure: { StorageError.redis($0) }
        ) {
            keys, batch in
            Self.request(needs, &keys, &batch)
        } replies: { keys, replies throws(StorageError) in
            keysSeen += keys.count
            defer { progress(keysSeen, total) }
            guard try handOver(keys, replies, needs, on: store, &summary, body) else { return false }
            return try afterBatch()
        }
        return summary
    }

    /// Hands over the sessions of a batch, and counts what holds none.
    private func handOver(
        _ keys: borrowing KeyBatch, _ replies: borrowing ReplyBatch, _ needs: RecordNeeds, on store: SessionStore,
        _ summary: inout ScanSummary, _ body: (Session) throws(StorageError) -> Bool
    ) throws(StorageError) -> Bool {
        var cursor = ReplyCursor()
        var later = LaterSessions()
        for index in 0..<keys.count {
            let key = keys.array(at: index)
            let request = KeyRequest(rawValue: keys.tag(at: index)) ?? .nothing
            let found =
                request == .large || replies.wasTooLarge
                ? try besideScan(key, request, needs, on: store)
                : cursor.recordOrError(of: key, request, needs, in: replies, of: store.connection)
            guard let record = found.record else {
                let isOfAnotherType = cursor.wasOfAnotherType && request != .large && !replies.wasTooLarge
                try summary.count(key, request, found.error, isOfAnotherType: isOfAnotherType, store.jwtKeys)
                continue
            }
            guard let (session, source) = try session(record, needs, on: store) else {
                summary.count(record)
                continue
            }
            if later.takes(session, source, needs) { continue }
            summary.sessions += 1
            if try !body(session) { return false }
        }
        for session in try later.complete(on: store) {
            summary.sessions += 1
            if try !body(session) { return false }
        }
        return true
    }

    /// What is large, or stands among what is, or the error where the user may not read it.
    func besideScan(
        _ key: [UInt8], _ request: KeyRequest, _ needs: RecordNeeds, on store: SessionStore
    ) throws(StorageError) -> ReplyCursor.Found {
        do throws(StorageError) {
            switch request {
            case .nothing: return (nil, nil)
            // Of these no more is asked than the beginning and what was measured.
            case .stringStart, .tokenEntry: return try store.beginningBesideScan(of: key, request, needs)
            default: return (try store.recordBesideScan(of: key, needs), nil)
            }
        } catch .redis(let error) where error.isAboutTheKeyOnly {
            return (nil, error)
        }
    }

    /// What may be large is measured before it is asked for.
    private static func measuring(_ needs: RecordNeeds) -> KeyspaceScan.Measuring {
        { keys, index, batch in
            let key = keys.array(at: index)
            let request = KeyRequest(key: key, needs)
            keys.setTag(request.rawValue, at: index)
            request.appendMeasuring(key: key, needs, to: &batch)
        }
    }

    private static func request(_ needs: RecordNeeds, _ keys: inout KeyBatch, _ batch: inout CommandBatch) {
        var budget = BatchBudget()
        for index in 0..<keys.count {
            // Their requests were made when they were measured.
            let asked = KeyRequest(rawValue: keys.tag(at: index)) ?? .nothing
            guard asked != .nothing else { continue }
            let key = keys.array(at: index)
            let request = budget.request(asked, needs, measure: keys.measure(at: index))
            keys.setTag(request.rawValue, at: index)
            request.append(key: key, needs, to: &batch)
        }
    }

    /// The session that `record` holds, and the record that it was read from in the end.
    func session(
        _ record: StoredRecord, _ needs: RecordNeeds, on store: SessionStore
    ) throws(StorageError) -> (Session, StoredRecord)? {
        let session = store.session(from: record)
        guard needsWhole(session, record, needs) else { return session.map { ($0, record) } }
        guard let whole = try store.recordBesideScan(of: record.key) else { return nil }
        return store.session(from: whole).map { ($0, whole) }
    }

    /// Whether more than the fetched part is needed: of a string what was not asked for at first, of a hash without any of the
    /// fields that were asked for whatever it has.
    private func needsWhole(_ session: Session?, _ record: StoredRecord, _ needs: RecordNeeds) -> Bool {
        if case .hash(let fields) = record.content {
            guard !record.isWhole, record.excess == nil else { return false }
            // Of what may be an entry beside tokens all known fields were asked for, and no others.
            let isEntry = KeyRequest(key: record.key, needs) == .tokenEntry
            let wantsAll =
                needs.wantsWholeHashes(of: session.flatMap { SessionFormats.format(named: $0.format) })
                || isEntry && needs.namesAttributes
            return fields.isEmpty && !isEntry || wantsAll && session != nil
        }
        guard let session else { return false }
        // What is whole and has no attributes has them in other keys, and its principal with them.
        let isElsewhere = record.isWhole && session.attributes == nil
        guard !record.isWhole || isElsewhere else { return false }
        if needs.wantsWholeStrings { return true }
        return session.principal == nil && (principalMatters || (isElsewhere && needs.parts.contains(.principal)))
    }
}

/// Sessions of a batch that other keys tell more of: those are asked for together, when the batch has been read.
private struct LaterSessions {
    private var waiting = WaitingRecords()
    private var beside: ArraySlice<Session?> = []

    /// Takes the session, if its record does not say all that is wanted.
    mutating func takes(_ session: Session, _ record: StoredRecord, _ needs: RecordNeeds) -> Bool {
        if waiting.takes(session, record) { return true }
        guard session.jwt != nil, needs.parts.contains(.neighbours) else { return false }
        beside.append(session)
        return true
    }

    /// The sessions with what the other keys hold.
    mutating func complete(on store: SessionStore) throws(StorageError) -> [Session] {
        let told = try waiting.complete(on: store).compactMap { store.session(from: $0) }
        try store.addNeighbours(to: &beside)
        return told + beside.compactMap { $0 }
    }
}

/// Records of a batch whose sessions have times in other keys: those are asked for together.
struct WaitingRecords {
    private var records: [StoredRecord] = []
    private var keys: [[[UInt8]]] = []

    /// Takes the record, if its session is not all told by it.
    mutating func takes(_ session: Session, _ record: StoredRecord) -> Bool {
        guard case .string = record.content, record.companions == nil else { return false }
        // Of single sessions more is read than times; here a whole value is no reason for that.
        var part = record
        part.isWhole = false
        let companions = SessionFormats.companionKeys(of: session, part)
        guard !companions.isEmpty else { return false }
        records.append(record)
        keys.append(companions)
        return true
    }

    /// The records with what the other keys hold.
    mutating func complete(on store: SessionStore) throws(StorageError) -> [StoredRecord] {
        guard !records.isEmpty else { return [] }
        try store.addCompanions(to: &records, keys: keys)
        return records
    }
}

extension ScanSummary {
    /// Counts a record that holds no session: some tell by their bytes what they are for.
    mutating func count(_ record: StoredRecord) {
        if let kind = SessionFormats.auxiliaryKind(of: record) {
            auxiliary[kind, default: 0] += 1
        } else if record.isMisnamed {
            misnamed += 1
        } else {
            others += 1
        }
    }

    /// Counts a key that holds no session, or one that the user may not read.
    ///
    /// - Throws: `error` where it is not about the one key.
    mutating func count(
        _ key: [UInt8], _ request: KeyRequest, _ error: RedisError?, isOfAnotherType: Bool, _ jwtKeys: JWTKeyTemplates
    ) throws(StorageError) {
        if let error {
            guard error.isAboutTheKeyOnly else { throw .redis(error) }
            // What its name says is believed where the user may not look: it is no session's, as far as can be told.
            guard request == .large, case .auxiliary(let kind) = SessionFormats.role(ofKey: key) else {
                denied += 1
                return
            }
            auxiliary[kind, default: 0] += 1
            return
        }
        if request == .nothing, case .auxiliary(let kind) = SessionFormats.role(ofKey: key) {
            auxiliary[kind, default: 0] += 1
        } else if request != .tokenEntry, let match = jwtKeys.match(key), !match.purpose.isSession {
            auxiliary[match.purpose.role.rawValue, default: 0] += 1
        } else if isOfAnotherType, SessionFormats.namesSession(key) {
            misnamed += 1
        } else {
            others += 1
        }
    }
}

extension StoredRecord {
    /// Whether it has the name of a session and no session of that name is of its type: names tell only of those that are hashes.
    var isMisnamed: Bool {
        if case .hash = content { return false }
        return SessionFormats.namesSession(key)
    }

    /// The type of the key, as Redis names it.
    var typeName: String {
        switch content {
        case .string: "string"
        case .hash: "hash"
        case .other(let type): type
        }
    }
}

extension SessionFormats {
    /// Whether the name of the key alone says that a session is there.
    fileprivate static func namesSession(_ key: [UInt8]) -> Bool {
        guard case .session = role(ofKey: key) else { return false }
        return true
    }
}
