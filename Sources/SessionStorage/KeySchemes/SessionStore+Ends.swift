import Redis
import Sessions

extension SessionStore {
    /// What was found of a key among others, with its end asked for by itself where it is wanted and is not known closely.
    ///
    /// - Throws: also where it cannot be had but approximately.
    func withEnd(_ found: ReplyCursor.Found, _ needs: RecordNeeds) throws(StorageError) -> ReplyCursor.Found {
        guard let question = needs.endQuestion, var record = found.record, record.lacksEnd else { return found }
        let connection = try sideConnection()
        let (answer, time) = try redis { () throws(RedisError) in
            try question.ask(record.key, on: connection, usesTransactions: true)
        }
        question.note(answer, at: time ?? now(), in: &record)
        return record.timeToLive == .unknown ? (nil, nil) : (record, found.error)
    }
}

extension StoredRecord {
    /// Whether its key has an end, and it is not known when.
    fileprivate var lacksEnd: Bool {
        guard case .milliseconds = timeToLive else { return false }
        return expiresAt == nil
    }
}
