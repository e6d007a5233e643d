import Redis
import Sessions

/// Reads keys beside sessions: their types and lives first, then what they hold by their types.
struct GroupedFetch {
    let connection: RedisConnection
    let jwtKeys: JWTKeyTemplates

    /// Keys in one round trip.
    private static let keysAtOnce = 1024
    /// Members of a set that one session has for itself; more are a sign of something else.
    private static let mostMembers: Int64 = 10_000
    /// Bytes of a string in one command; what is longer is read beside the others.
    private static let bytesAtOnce = 64 << 10

    func records(of keys: [GroupedKey]) throws(RedisError) -> [GroupedRecord] {
        var records: [GroupedRecord] = []
        for start in stride(from: 0, to: keys.count, by: Self.keysAtOnce) {
            records += try some(Array(keys[start..<min(start + Self.keysAtOnce, keys.count)]))
        }
        return records
    }

    private func some(_ keys: [GroupedKey]) throws(RedisError) -> [GroupedRecord] {
        var batch = CommandBatch()
        for key in keys {
            batch.append([Array("TYPE".utf8), key.key])
            batch.append([Array("PTTL".utf8), key.key])
        }
        let answers = try answers(to: batch)
        var questions: [[[[UInt8]]]] = []
        batch.removeAll()
        for (index, key) in keys.enumerated() {
            let asked = Self.questions(about: key, type: Self.type(answers[2 * index]))
            for question in asked { batch.append(question) }
            questions.append(asked)
        }
        var contents = try self.answers(to: batch)[...]
        var records: [GroupedRecord] = []
        for (index, key) in keys.enumerated() {
            let own = Array(contents.prefix(questions[index].count))
            contents = contents.dropFirst(own.count)
            let content = try content(of: key, type: Self.type(answers[2 * index]), own)
            let life = TimeToLive(pttl: answers[2 * index + 1].integer ?? -2)
            records.append(GroupedRecord(key: key, content: content, timeToLive: life))
        }
        return records
    }

    private func answers(to batch: borrowing CommandBatch) throws(RedisError) -> [RedisReply] {
        guard batch.count > 0 else { return [] }
        var replies = ReplyBatch()
        try connection.send(batch, as: "TYPE")
        try connection.receive(batch.count, into: &replies)
        var all: [RedisReply] = []
        var index = 0
        while index < replies.count {
            // Whoever may not look at a key must not change its session.
            if let error = connection.failure(in: replies, at: index), error.kind == .permission { throw error }
            all.append(replies.reply(at: index))
            index = replies.index(after: index)
        }
        return all
    }

    private static func type(_ answer: RedisReply) -> String {
        guard case .status(let type) = answer else { return "none" }
        return type
    }

    /// Whether the set is the session's alone, and so of interest as a whole.
    private static func isOwn(_ key: GroupedKey) -> Bool {
        [.sessionIndex, .attributeNames, .notifiedNodes].contains(key.role)
    }

    private static func questions(about key: GroupedKey, type: String) -> [[[UInt8]]] {
        func question(_ name: String, _ arguments: [UInt8]...) -> [[UInt8]] { [Array(name.utf8), key.key] + arguments }
        switch type {
        case "string": return [question("GETRANGE", Array("0".utf8), Array(String(bytesAtOnce - 1).utf8))]
        case "set" where isOwn(key): return [question("SCARD")]
        case "set": return key.members.map { question("SISMEMBER", $0) }
        case "zset": return key.members.map { question("ZSCORE", $0) }
        default: return []
        }
    }

    private func content(
        of key: GroupedKey, type: String, _ answers: [RedisReply]
    ) throws(RedisError) -> GroupedRecord.Content {
        switch type {
        case "none": return .missing
        case "string":
            guard let bytes = answers.first?.bytes, bytes.count < Self.bytesAtOnce else { return try whole(key, type) }
            return .string(bytes)
        case "set" where Self.isOwn(key):
            guard let count = answers.first?.integer, count <= Self.mostMembers else { return .other(type: type) }
            let members = try connection.call([Array("SMEMBERS".utf8), key.key]).elements ?? []
            return .set(members.compactMap { $0.bytes })
        case "set": return .members(zip(key.members, answers).filter { $1.integer == 1 }.map { $0.0 })
        case "zset":
            return .scores(
                zip(key.members, answers).compactMap { member, answer in
                    answer.bytes.map { ScoredMember(member, score: $0) }
                })
        case "hash": return try whole(key, type)
        default: return .other(type: type)
        }
    }

    /// All of a key whose size nobody knows, bit by bit.
    private func whole(_ key: GroupedKey, _ type: String) throws(RedisError) -> GroupedRecord.Content {
        let record = try RecordFetch(connection: connection, jwtKeys: jwtKeys).record(of: key.key)
        guard let record, record.isWhole else { return record == nil ? .missing : .other(type: type) }
        switch record.content {
        case .string(let bytes): return .string(bytes)
        case .hash(let fields): return .hash(fields)
        case .other: return .other(type: type)
        }
    }
}
