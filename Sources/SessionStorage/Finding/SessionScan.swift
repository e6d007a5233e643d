package import Redis
package import Sessions

/// Gets the number of keys that a scan has seen, and the number of all.
package typealias ScanProgress = (_ seen: Int, _ total: Int) -> Void

/// Gets the cursor with which a batch of keys was asked for, before the sessions of that batch.
package typealias ScanPlaces = (ScanCursor) -> Void

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
        places: ScanPlaces = { _ in },
        body: (Session) throws(StorageError) -> Bool
    ) throws(StorageError) -> ScanSummary {
        if let preselection { return try run(on: store, preselection, progress: progress, places: places, body: body) }
        return try walk(on: store, progress: progress, places: places, body: body)
    }

    /// Two looks: at the cheap parts of all, and at the rest of those that are still in, a batch at a time.
    private func run(
        on store: SessionStore, _ preselection: Preselection, progress: ScanProgress, places: ScanPlaces,
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
        var summary = try first.walk(on: store, progress: progress, places: places) { session throws(StorageError) in
            if !preselection.isOut(session, store.now()) { remaining.append(session.key) }
            return true
        } afterBatch: { () throws(StorageError) in
            try handOver()
        }
        summary.denied += denied
        return summary
    }

    private func walk(
        on store: SessionStore, progress: ScanProgress, places: ScanPlaces,
        body: (Session) throws(StorageError) -> Bool,
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
            if let cursor = keys.cursor { places(cursor) }
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
        var cursor = ReplyCursor(now: store.now)
        var later = LaterSessions()
        for index in 0..<keys.count {
            let key = keys.array(at: index)
            let request = KeyRequest(rawValue: keys.tag(at: index)) ?? .nothing
            let first =
                request == .large || replies.wasTooLarge
                ? try besideScan(key, request, needs, on: store)
                : cursor.recordOrError(of: key, request, needs, in: replies, of: store.connection)
            let found = try store.withEnd(first, needs)
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
        guard let whole = try store.recordBesideScan(of: record.key, end: needs.endQuestion) else { return nil }
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
