import Sessions

/// What a key was found to hold, and when it was found to end: two answers of the server, which belong together only where both have seen the key.
struct KeyLook {
    /// What it holds.
    let record: GroupedRecord
    /// Whether there was such a key when it was asked how long it lives.
    let isThere: Bool
    /// When it expires, in milliseconds since 1970; nil for never, and where there is none.
    let expiresAt: Int64?
    /// Whether it held something when its content was read, and was gone then.
    let hasJustGone: Bool

    /// A key that is gone by the second answer holds nothing, whatever the first one was.
    init(record: GroupedRecord, isThere: Bool, expiresAt: Int64?) {
        self.isThere = isThere
        self.expiresAt = expiresAt
        hasJustGone = !isThere && !record.content.isEmpty
        self.record = isThere ? record : GroupedRecord(key: record.key, content: .missing)
    }

    /// Whether nothing was there when its content was read, and something when it was asked how long it lives.
    var hasJustCome: Bool { isThere && record.content == .missing }
}

extension GroupedRecord.Content {
    /// Whether nothing is known to have been there: the answer about a key that is not there is empty where its type was told wrongly, by a
    /// connection that garbles answers.
    fileprivate var isEmpty: Bool {
        switch self {
        case .missing, .other: true
        case .string(let bytes): bytes.isEmpty
        case .hash(let fields): fields.isEmpty
        case .set(let members), .members(let members): members.isEmpty
        case .scores(let members): members.isEmpty
        }
    }
}
