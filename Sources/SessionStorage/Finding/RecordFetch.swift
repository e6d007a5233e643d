import Redis
import Sessions

/// Fetches one key whole, big ones in slices, so that no command holds the server for long.
struct RecordFetch {
    let connection: RedisConnection

    /// Bytes of a string in one GETRANGE, and members of a hash in one HSCAN.
    private static let sliceBytes = 1 << 20
    private static let wholeHashFields: Int64 = 10_000

    /// The record of `key`, or nil where there is no such key.
    func record(of key: [UInt8]) throws(RedisError) -> StoredRecord? {
        let type = try call("TYPE", key)
        guard case .status(let name) = type, name != "none" else { return nil }
        let timeToLive = TimeToLive(pttl: try call("PTTL", key).integer ?? -2)
        var record = StoredRecord(key: key, content: .other(type: name), timeToLive: timeToLive)
        switch name {
        case "string": record.content = .string(try string(key))
        case "hash":
            record.content = .hash(try hash(key))
            if let shadow = SpringFormat.shadowKey(ofKey: key) {
                record.hasShadowKey = try call("EXISTS", shadow).integer == 1
            }
            if let index = SpringFormat.indexKey(ofKey: key) {
                record.hasIndexKey = try call("EXISTS", index).integer == 1
            }
        default: break
        }
        record.sizeBytes = record.content.byteCount
        return record
    }

    private func call(_ name: String, _ key: [UInt8], _ arguments: String...) throws(RedisError) -> RedisReply {
        try connection.call([Array(name.utf8), key] + arguments.map { Array($0.utf8) })
    }

    private func string(_ key: [UInt8]) throws(RedisError) -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            let end = bytes.count + Self.sliceBytes - 1
            let slice = try call("GETRANGE", key, String(bytes.count), String(end)).bytes ?? []
            bytes += slice
            if slice.count < Self.sliceBytes { return bytes }
        }
    }

    private func hash(_ key: [UInt8]) throws(RedisError) -> [(field: [UInt8], value: [UInt8])] {
        let count = try call("HLEN", key).integer ?? 0
        guard count > Self.wholeHashFields else { return pairs(try call("HGETALL", key).elements ?? []) }
        var fields: [(field: [UInt8], value: [UInt8])] = []
        var seen: Set<[UInt8]> = []
        var cursor = "0"
        repeat {
            let reply = try call("HSCAN", key, cursor, "COUNT", "1000").elements ?? []
            guard reply.count == 2, let next = reply[0].bytes else { return fields }
            cursor = String(decoding: next, as: UTF8.self)
            for pair in pairs(reply[1].elements ?? []) where seen.insert(pair.field).inserted { fields.append(pair) }
        } while cursor != "0"
        return fields
    }

    private func pairs(_ elements: [RedisReply]) -> [(field: [UInt8], value: [UInt8])] {
        stride(from: 0, to: elements.count - 1, by: 2).compactMap { index in
            guard let field = elements[index].bytes, let value = elements[index + 1].bytes else { return nil }
            return (field, value)
        }
    }
}
