import Sessions

/// Sessions of a batch that other keys tell more of: those are asked for together, when the batch has been read.
struct LaterSessions {
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
