import Redis
import Sessions

/// Walks over a batch of replies and makes records of them.
struct ReplyCursor {
    private(set) var index = 0
    /// Where the error stands that came for the last key instead of its content, unless it only says that the key is of
    /// another type.
    private(set) var failureIndex: Int?
    /// Whether the last key was of another type than the one that was asked for.
    private(set) var wasOfAnotherType = false
    /// Where the error stands that came in place of whether a key beside the last one is there.
    private var neighbourFailureIndex: Int?
    /// Whether a reply of the last key cannot be the answer to its command: the connection is out of step.
    private var isOutOfStep = false
    private var names = SharedNames()
    /// Gives milliseconds since 1970 by the server's clock, as far as it is known.
    private let now: () -> Int64

    init(now: @escaping () -> Int64) { self.now = now }

    /// The record of `key` from the replies to the commands of `request`; nil where the key was gone or of another type, and
    /// where the server refused to show it.
    mutating func record(
        of key: [UInt8], _ request: KeyRequest, _ needs: RecordNeeds, in replies: borrowing ReplyBatch
    ) -> StoredRecord? {
        failureIndex = nil
        wasOfAnotherType = false
        neighbourFailureIndex = nil
        isOutOfStep = false
        guard request != .nothing, request != .large else { return nil }
        let content = content(key, request, needs, in: replies)
        var record = StoredRecord(key: key, content: content ?? .other(type: "another type"))
        record.isWhole = isWhole(request, content, needs.parts)
        record.holdsAskedAttributes = needs.namesAttributes && (request == .hashFields || request == .formatFields)
        if request.asksLife { takeLife(needs.endQuestion, into: &record, in: replies) }
        if request.needsShadowKey(needs.parts), hasShadowKey(request, key) {
            record.hasShadowKey = isThere(in: replies)
            record.hasIndexKey = isThere(in: replies)
        }
        guard let content, record.timeToLive != .unknown || !request.asksLife else { return nil }
        if record.isWhole { record.sizeBytes = content.byteCount }
        return record
    }

    /// What was found of one key: its record, or why there is none where that is not that there is no such key.
    typealias Found = (record: StoredRecord?, error: RedisError?)

    /// The same with the error that stands in its place, if one does.
    mutating func recordOrError(
        of key: [UInt8], _ request: KeyRequest, _ needs: RecordNeeds, in replies: borrowing ReplyBatch,
        of connection: RedisConnection
    ) -> Found {
        let record = record(of: key, request, needs, in: replies)
        if isOutOfStep { return (nil, connection.unexpectedAnswer(to: "HGETALL")) }
        // Whoever may not ask at all would take an indexed session for one of another repository, and leave its other keys behind.
        if record != nil, !needs.mayLackVariant, let index = neighbourFailureIndex,
            let refusal = connection.failure(in: replies, at: index, of: "EXISTS"), refusal.deniesCommands
        {
            return (nil, refusal)
        }
        return (record, failureIndex.flatMap { connection.failure(in: replies, at: $0) })
    }

    private mutating func takeLife(
        _ question: EndQuestion?, into record: inout StoredRecord, in replies: borrowing ReplyBatch
    ) {
        guard let question else {
            record.timeToLive = TimeToLive(pttl: life(in: replies) ?? -2)
            return
        }
        guard question == .timeAndLife else { return question.note(life(in: replies), at: now(), in: &record) }
        let before = time(in: replies)
        let life = life(in: replies)
        let after = time(in: replies)
        guard let before, let life, let after else { return record.timeToLive = .unknown }
        let reading = EndReading(life: life, before: before, after: after)
        // Whoever needs to know the end asks again (`SessionStore.withEnd`).
        guard reading.isClose else { return record.timeToLive = TimeToLive(pttl: life) }
        question.note(life, at: reading.time, in: &record)
    }

    /// The answer to TIME, in milliseconds since 1970.
    private mutating func time(in replies: borrowing ReplyBatch) -> Int64? {
        guard index < replies.count else { return nil }
        defer { index = replies.index(after: index) }
        let time = ChangeServer.milliseconds(replies.reply(at: index))
        if time == nil, replies[index].kind != .error { isOutOfStep = true }
        if time == nil, failureIndex == nil { failureIndex = index }
        return time
    }

    /// The answer to PTTL or PEXPIRETIME. That a user may not ask must not look as if the key were gone.
    private mutating func life(in replies: borrowing ReplyBatch) -> Int64? {
        if index < replies.count, replies[index].kind == .error, failureIndex == nil { failureIndex = index }
        if index < replies.count, replies[index].kind != .error, replies[index].kind != .integer { isOutOfStep = true }
        return nextInteger(replies)
    }

    /// Whether a key beside the last one is there; nil where the server does not say, as to a user who may not look at it.
    private mutating func isThere(in replies: borrowing ReplyBatch) -> Bool? {
        let isRefused = index < replies.count && replies[index].kind == .error
        if isRefused, neighbourFailureIndex == nil { neighbourFailureIndex = index }
        let answer = nextInteger(replies)
        return isRefused ? nil : answer == 1
    }

    /// Whether a shadow key was asked for: not every format has one.
    private func hasShadowKey(_ request: KeyRequest, _ key: [UInt8]) -> Bool {
        request == .hashFields || SessionFormats.shadowKey(ofKey: key) != nil
    }

    private func isWhole(_ request: KeyRequest, _ content: StoredRecord.Content?, _ parts: SessionParts) -> Bool {
        guard case .string(let bytes) = content else { return request.isWholeHash }
        return bytes.count < request.prefixLength(parts)
    }

    private mutating func nextInteger(_ replies: borrowing ReplyBatch) -> Int64? {
        guard index < replies.count else { return nil }
        defer { index = replies.index(after: index) }
        return replies[index].integer
    }

    /// Nil for an error (a key of another type) and for a key that is not there.
    private mutating func content(
        _ key: [UInt8], _ request: KeyRequest, _ needs: RecordNeeds, in replies: borrowing ReplyBatch
    ) -> StoredRecord.Content? {
        if request == .tokenEntry { return tokenEntry(key, request, needs, in: replies) }
        guard index < replies.count else { return nil }
        let start = index
        let reply = replies[start]
        index = replies.index(after: start)
        switch (request, reply.kind) {
        case (.hashFields, .array), (.formatFields, .array):
            return fields(needs.fields(ofKey: key, request), after: start, reply.count, replies)
        case (.wholeHash, .array), (.wholeHashAlone, .array):
            return pairs(after: start, reply.count, replies)
        case (.stringStart, .string):
            return reply.byteCount == 0 ? nil : .string(replies.array(of: reply))
        case (_, .error):
            wasOfAnotherType = replies.text(of: reply).hasPrefix("WRONGTYPE")
            if !wasOfAnotherType { failureIndex = start }
            return nil
        case (_, .null): return nil
        default:
            isOutOfStep = true
            return nil
        }
    }

    /// Of a string its beginning, of a hash the fields that were asked for; one of the two commands fails.
    private mutating func tokenEntry(
        _ key: [UInt8], _ request: KeyRequest, _ needs: RecordNeeds, in replies: borrowing ReplyBatch
    ) -> StoredRecord.Content? {
        guard index < replies.count else { return nil }
        let string = index
        let hash = replies.index(after: string)
        index = replies.index(after: hash)
        guard hash < replies.count else { return nil }
        if replies[hash].kind == .array {
            // Of a key that is gone both say nothing; its life tells.
            return fields(needs.fields(ofKey: key, request), after: hash, replies[hash].count, replies)
        }
        if replies[string].kind == .string { return .string(replies.array(of: replies[string])) }
        if replies[string].kind == .error, !replies.text(of: replies[string]).hasPrefix("WRONGTYPE") {
            failureIndex = string
        }
        return nil
    }

    private func fields(
        _ names: [[UInt8]], after start: Int, _ count: Int, _ replies: borrowing ReplyBatch
    ) -> StoredRecord.Content? {
        var fields: [StoredField] = []
        fields.reserveCapacity(count)
        for offset in 0..<min(count, names.count) {
            let element = replies[start + 1 + offset]
            if element.kind == .string { fields.append(StoredField(names[offset], replies.array(of: element))) }
        }
        return .hash(fields)
    }

    private mutating func pairs(
        after start: Int, _ count: Int, _ replies: borrowing ReplyBatch
    ) -> StoredRecord.Content? {
        guard count > 0 else { return nil }
        var fields: [StoredField] = []
        fields.reserveCapacity(count / 2)
        for offset in stride(from: 0, to: count - 1, by: 2) {
            let name = replies[start + 1 + offset]
            let value = replies[start + 2 + offset]
            if name.kind == .string, value.kind == .string {
                fields.append(StoredField(names.array(of: name, in: replies), replies.array(of: value)))
            }
        }
        return .hash(fields)
    }
}

extension StoredRecord.Content {
    /// Bytes of the content, names included.
    var byteCount: Int {
        switch self {
        case .string(let bytes): bytes.count
        case .hash(let fields): fields.reduce(0) { $0 + $1.field.count + $1.value.count }
        case .other: 0
        }
    }
}
