import Redis
import Sessions

/// Reads keys beside sessions: at once where their names say what type they are, else their types first.
struct GroupedFetch {
    let connection: RedisConnection
    let jwtKeys: JWTKeyTemplates
    /// Whether the server knows SMISMEMBER and ZMSCORE (Redis 6.2).
    let asksForMany: Bool

    /// Keys in one round trip.
    private static let keysAtOnce = 4096
    /// Members of a set that one session has for itself; more are a sign of something else.
    private static let mostMembers: Int64 = 10_000

    func records(of keys: [GroupedKey]) throws(RedisError) -> [GroupedRecord] {
        var records: [GroupedRecord] = []
        records.reserveCapacity(keys.count)
        for start in stride(from: 0, to: keys.count, by: Self.keysAtOnce) {
            records += try some(keys[start..<min(start + Self.keysAtOnce, keys.count)])
        }
        return records
    }

    private func some(_ keys: ArraySlice<GroupedKey>) throws(RedisError) -> [GroupedRecord] {
        let questions = keys.map { GroupedQuestion($0, asksForMany: asksForMany) }
        var batch = CommandBatch()
        for question in questions { question?.append(to: &batch) }
        let replies = try replies(to: batch)
        var index = 0
        let contents = questions.map { $0?.content(in: replies, at: &index) }
        var others = try byType(zip(keys, contents).filter { $0.1 == nil }.map { $0.0 })[...]
        return zip(keys, contents).compactMap { key, content in
            content.map { GroupedRecord(key: key, content: $0) } ?? others.popFirst()
        }
    }

    private func replies(to batch: borrowing CommandBatch) throws(RedisError) -> ReplyBatch {
        var replies = ReplyBatch()
        guard batch.count > 0 else { return replies }
        try connection.send(batch, as: "TYPE")
        try connection.receive(batch.count, into: &replies)
        // Whoever may not look at a key must not change its session.
        for index in 0..<replies.count where replies[index].kind == .error {
            if let error = connection.failure(in: replies, at: index), error.kind == .permission { throw error }
        }
        return replies
    }
}

// Keys that may be of several types, or are of another one than they should be.
extension GroupedFetch {
    private func byType(_ keys: [GroupedKey]) throws(RedisError) -> [GroupedRecord] {
        var batch = CommandBatch()
        for key in keys { batch.append([Array("TYPE".utf8), key.key]) }
        let types = try answers(to: batch).map { Self.type($0) }
        let questions = zip(keys, types).map { Self.questions(about: $0, type: $1) }
        batch.removeAll()
        for question in questions.joined() { batch.append(question) }
        var contents = try answers(to: batch)[...]
        var hashes = try hashes(at: zip(keys, types).filter { $1 == "hash" }.map { $0.0 })[...]
        var records: [GroupedRecord] = []
        for (index, key) in keys.enumerated() {
            let own = Array(contents.prefix(questions[index].count))
            contents = contents.dropFirst(own.count)
            if types[index] == "hash", case let hash?? = hashes.popFirst() {
                records.append(GroupedRecord(key: key, content: hash))
                continue
            }
            records.append(GroupedRecord(key: key, content: try content(of: key, type: types[index], own)))
        }
        return records
    }

    private func answers(to batch: borrowing CommandBatch) throws(RedisError) -> [RedisReply] {
        let replies = try replies(to: batch)
        var all: [RedisReply] = []
        var index = 0
        while index < replies.count {
            all.append(replies.reply(at: index))
            index = replies.index(after: index)
        }
        return all
    }

    private static func type(_ answer: RedisReply) -> String {
        guard case .status(let type) = answer else { return "none" }
        return type
    }

    private static func questions(about key: GroupedKey, type: String) -> [[[UInt8]]] {
        func question(_ name: String, _ arguments: [UInt8]...) -> [[UInt8]] { [Array(name.utf8), key.key] + arguments }
        switch type {
        case "string":
            return [question("GETRANGE", Array("0".utf8), Array(String(GroupedQuestion.bytesAtOnce - 1).utf8))]
        case "set" where key.isOwnSet: return [question("SCARD")]
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
            guard let bytes = answers.first?.bytes, bytes.count < GroupedQuestion.bytesAtOnce else {
                return try whole(key, type)
            }
            return .string(bytes)
        case "set" where key.isOwnSet:
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

    /// All hashes of which the server says that they are small; nil in place of the others.
    private func hashes(at keys: [GroupedKey]) throws(RedisError) -> [GroupedRecord.Content?] {
        let needs = RecordNeeds(SessionNeeds([.size]), jwtKeys)
        var batch = CommandBatch()
        var measures = ReplyBatch()
        for key in keys { KeyRequest.wholeHashAlone.appendMeasuring(key: key.key, needs, to: &batch) }
        guard batch.count > 0 else { return [] }
        // Whoever may not ask for that reads each by itself.
        try connection.send(batch, as: "MEMORY USAGE")
        try connection.receive(batch.count, into: &measures)
        var budget = BatchBudget()
        batch.removeAll()
        let areSmall = keys.indices.map { index in
            guard index < measures.count, let measure = measures[index].integer else { return false }
            return budget.request(.wholeHashAlone, needs, measure: Int(truncatingIfNeeded: measure)) == .wholeHashAlone
        }
        for (key, isSmall) in zip(keys, areSmall) where isSmall { batch.append([Array("HGETALL".utf8), key.key]) }
        let replies = try replies(to: batch)
        var index = 0
        return areSmall.map { isSmall in
            guard isSmall, index < replies.count else { return nil }
            defer { index = replies.index(after: index) }
            return Self.hash(in: replies, at: index)
        }
    }

    /// Nil for what is no hash any more.
    private static func hash(in replies: borrowing ReplyBatch, at index: Int) -> GroupedRecord.Content? {
        let count = replies[index].kind == .array ? replies[index].count : 0
        guard count > 0, index + count < replies.count else { return nil }
        var fields: [StoredField] = []
        fields.reserveCapacity(count / 2)
        for place in stride(from: index + 1, to: index + count, by: 2) {
            fields.append(StoredField(replies.array(of: replies[place]), replies.array(of: replies[place + 1])))
        }
        return .hash(fields)
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
