import TestSupport

@testable import Sessions

extension RedisServer {
    /// Milliseconds since 1970 by the server's clock.
    func now() throws -> Int64 {
        guard case .array(let words) = try command("TIME"), words.count == 2,
            let seconds = Int64(words[0].text), let microseconds = Int64(words[1].text)
        else { throw RedisGroupError("no time") }
        return seconds * 1000 + microseconds / 1000
    }

    /// The session at `key` with all keys of its group, read one by one.
    func group(_ key: [UInt8], now: Int64, managerInterval: Int64? = nil) throws -> SessionGroup {
        guard let content = try content(of: key) else { throw RedisGroupError("no key") }
        var record = StoredRecord(key: key, content: content, timeToLive: try life(of: key))
        record.managerInterval = managerInterval
        record.hasShadowKey = try SessionFormats.shadowKey(ofKey: key).map { try exists($0) }
        record.hasIndexKey = try SpringFormat.indexKey(ofKey: key).map { try exists($0) }
        try addCompanions(to: &record, now: now)
        guard let session = SessionFormats.session(from: record, now: now) else { throw RedisGroupError("no session") }
        let others = try SessionFormats.keyGroup(of: session).dropFirst().map { try grouped($0) }
        return SessionGroup(session: session, record: record, others: others)
    }

    /// The keys of all sessions, in the order of their bytes.
    func sessionKeys(now: Int64) throws -> [[UInt8]] {
        try keys().filter { key in
            if case .auxiliary = SessionFormats.role(ofKey: key) { return false }
            return (try? group(key, now: now)) != nil
        }
    }

    /// All keys, in the order of their bytes.
    func keys() throws -> [[UInt8]] {
        try command("KEYS", "*").items.sorted { $0.lexicographicallyPrecedes($1) }
    }

    func type(of key: [UInt8]) throws -> String { try command([Array("TYPE".utf8), key]).text }

    func call(_ name: String, _ key: [UInt8], _ arguments: [UInt8]...) throws -> RespValue {
        try command([Array(name.utf8), key] + arguments)
    }

    private func exists(_ key: [UInt8]) throws -> Bool { try call("EXISTS", key) == .integer(1) }

    private func life(of key: [UInt8]) throws -> TimeToLive {
        guard case .integer(let left) = try call("PTTL", key) else { return .unknown }
        return TimeToLive(pttl: left)
    }

    private func content(of key: [UInt8]) throws -> StoredRecord.Content? {
        switch try type(of: key) {
        case "string": return .string(try call("GET", key).bytes)
        case "hash": return .hash(try fields(of: key))
        case "none": return nil
        case let type: return .other(type: type)
        }
    }

    private func fields(of key: [UInt8]) throws -> [StoredField] {
        let items = try call("HGETALL", key).items
        return stride(from: 0, to: items.count, by: 2).map { StoredField(items[$0], items[$0 + 1]) }
    }

    private func addCompanions(to record: inout StoredRecord, now: Int64) throws {
        guard let session = SessionFormats.session(from: record, now: now) else { return }
        while true {
            let known = Set(record.companions?.map(\.key) ?? [])
            let wanted = SessionFormats.companionKeys(of: session, record).filter { !known.contains($0) }
            guard !wanted.isEmpty else { return }
            let found = try wanted.map { key -> StoredCompanion in
                switch try type(of: key) {
                case "string": StoredCompanion(key: key, content: .string(try call("GET", key).bytes))
                case "set": StoredCompanion(key: key, content: .members(try call("SMEMBERS", key).items))
                case "none": StoredCompanion(key: key, content: .missing)
                default: StoredCompanion(key: key, content: .other)
                }
            }
            record.companions = (record.companions ?? []) + found
        }
    }

    private func grouped(_ key: GroupedKey) throws -> GroupedRecord {
        let content: GroupedRecord.Content
        switch try type(of: key.key) {
        case "none": content = .missing
        case "string": content = .string(try call("GET", key.key).bytes)
        case "hash": content = .hash(try fields(of: key.key))
        case "set" where key.members.isEmpty || key.role == .sessionIndex:
            content = .set(try call("SMEMBERS", key.key).items)
        case "set": content = .members(try key.members.filter { try call("SISMEMBER", key.key, $0) == .integer(1) })
        case "zset":
            content = .scores(
                try key.members.compactMap { member in
                    guard case .string(let score) = try call("ZSCORE", key.key, member) else { return nil }
                    return ScoredMember(member, score: score)
                })
        case let type: content = .other(type: type)
        }
        return GroupedRecord(key: key, content: content)
    }
}

struct RedisGroupError: Error {
    let reason: String

    init(_ reason: String) { self.reason = reason }
}

extension RespValue {
    var bytes: [UInt8] {
        guard case .string(let bytes) = self else { return [] }
        return bytes
    }

    var items: [[UInt8]] {
        guard case .array(let items) = self else { return [] }
        return items.map(\.bytes)
    }

    var text: String {
        switch self {
        case .string(let bytes): String(decoding: bytes, as: UTF8.self)
        case .status(let text), .error(let text): text
        case .integer(let number): String(number)
        case .null, .array: ""
        }
    }
}
