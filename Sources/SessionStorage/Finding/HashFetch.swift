import Redis
import Sessions

/// Fetches one hash, a large one bit by bit: what its fields hold is measured before it is asked for.
struct HashFetch {
    let connection: RedisConnection
    let key: [UInt8]

    typealias Field = StoredField

    /// What was got, and why that is not all.
    struct Result {
        var fields: [Field] = []
        var excess: String?
        /// Fields that are there and too large.
        var unreadFields: [[UInt8]] = []
        /// Bytes of all fields where they are too many; of very large hashes those that they take in the server's memory.
        var sizeBytes: Int?
    }

    /// A longer value is not fetched: the server gives it only whole, which holds up a busy one for a tenth of a second.
    static let mostValueBytes = StoredRecord.mostFieldBytes
    /// Fields whose names are asked for in one HKEYS.
    private static let namesAtOnce = 20_000
    /// What a field takes on average of those that may come by HSCAN, a thousand at a time.
    private static let bytesOfShortFields: Int64 = 1024
    /// Fields that MEMORY USAGE looks at: to look at all of 200,000 takes the server a twentieth of a second.
    private static let fieldsSampled = "20000"
    /// Fields whose lengths are asked for in one round trip.
    private static let fieldsMeasuredAtOnce = 1000
    /// Names that HKEYS may give: they are held several times, and sent back to ask for their values.
    private static let limitsOfNames = ReplyLimits(valueBytes: 1 << 20, batchBytes: 16 << 20)
    /// What a slice of short fields may hold: one that is none among them is not fetched.
    private static let limitsOfSlice = ReplyLimits(valueBytes: mostValueBytes, batchBytes: 32 << 20)
    /// Bytes that HSCAN may go through: its slices are so many fields, however long, and it copies each value twice.
    private static let bytesToSlice = 4 << 20

    /// The whole hash, or, where it passes the limits, the fields of `metadata`.
    func whole(orElse metadata: [[UInt8]]) throws(RedisError) -> Result {
        let count = try integer("HLEN") ?? 0
        guard count <= RecordFetch.mostFields else {
            return try part(metadata, "\(count) fields, more than the \(RecordFetch.mostFields) that are read")
        }
        let memory = try bytesInMemory()
        if let memory {
            if memory > 2 * Int64(RecordFetch.mostBytes) {
                let excess = "more than the \(RecordFetch.mostBytes) that are read"
                return try part(metadata, "\(memory) bytes in the server's memory, \(excess)", size: memory)
            }
            if count <= RecordFetch.fieldsAtOnce, memory <= BatchBudget.bytesAtOnce {
                return Result(fields: RecordFetch.pairs(try call("HGETALL").elements ?? []))
            }
            if memory <= Self.bytesToSlice { return try sliced(orElse: metadata) }
        }
        if count <= Self.namesAtOnce { return try byNames(metadata, memory: memory) }
        // HKEYS for so many names would hold the server up, and HSCAN gives the values with the names.
        guard let memory, memory / count <= Self.bytesOfShortFields else {
            let bytes = memory.map { " and \($0) bytes in the server's memory" } ?? ""
            return try part(
                metadata, "\(count) fields\(bytes), more than \(Self.namesAtOnce) that are not short", size: memory)
        }
        return try sliced(orElse: metadata)
    }

    /// The fields of these names, without those that pass the limits.
    func named(_ names: [[UInt8]]) throws(RedisError) -> Result {
        let measured = try lengths(of: names)
        var total = 0
        let kept = measured.filter { _, length in
            guard length <= min(Self.mostValueBytes, RecordFetch.mostBytes - total) else { return false }
            total += length
            return true
        }
        var result = Result(fields: try values(of: kept))
        guard kept.count < measured.count else { return result }
        result.excess = Self.excess(of: measured)
        let names = Set(kept.map(\.name))
        result.unreadFields = measured.map(\.name).filter { !names.contains($0) }
        return result
    }

    /// What can be told of a hash that is too large.
    private func part(_ metadata: [[UInt8]], _ excess: String, size: Int64? = nil) throws(RedisError) -> Result {
        var result = try named(metadata)
        result.excess = excess
        result.sizeBytes = size.map { Int($0) }
        return result
    }

    /// Field by field, by names and lengths. How long names are no command tells: too long ones are known when they come.
    private func byNames(_ metadata: [[UInt8]], memory: Int64?) throws(RedisError) -> Result {
        guard let names = try elements(Self.limitsOfNames, "HKEYS") else {
            let limits = "\(Self.limitsOfNames.valueBytes) bytes of one or \(Self.limitsOfNames.batchBytes) of all"
            return try part(metadata, "names of fields longer than the \(limits) that are read", size: memory)
        }
        let measured = try lengths(of: names.compactMap { $0.bytes })
        let total = measured.reduce(0) { $0 + $1.name.count + $1.length }
        let isLarge = total > RecordFetch.mostBytes || measured.contains { $0.length > Self.mostValueBytes }
        guard !isLarge else { return try part(metadata, Self.excess(of: measured), size: Int64(total)) }
        return Result(fields: try values(of: measured))
    }

    private static func excess(of measured: [(name: [UInt8], length: Int)]) -> String {
        let largest = measured.map(\.length).max() ?? 0
        if largest > mostValueBytes {
            return "a value of \(largest) bytes, more than the \(mostValueBytes) that are read of one"
        }
        let total = measured.reduce(0) { $0 + $1.name.count + $1.length }
        return "\(total) bytes, more than the \(RecordFetch.mostBytes) that are read"
    }

    private func lengths(of names: [[UInt8]]) throws(RedisError) -> [(name: [UInt8], length: Int)] {
        var measured: [(name: [UInt8], length: Int)] = []
        var batch = CommandBatch()
        var replies = ReplyBatch()
        for start in stride(from: 0, to: names.count, by: Self.fieldsMeasuredAtOnce) {
            let some = names[start..<min(start + Self.fieldsMeasuredAtOnce, names.count)]
            batch.removeAll()
            for name in some { batch.append([Array("HSTRLEN".utf8), key, name]) }
            try connection.send(batch, as: "HSTRLEN")
            try connection.receive(batch.count, into: &replies)
            if let error = connection.failure(in: replies, at: 0) { throw error }
            for (index, name) in some.enumerated() where index < replies.count {
                measured.append((name, Int(replies[index].integer ?? 0)))
            }
        }
        return measured
    }

    /// A megabyte at a time; a value cannot be had in slices, so a longer one comes alone.
    private func values(of measured: [(name: [UInt8], length: Int)]) throws(RedisError) -> [Field] {
        var fields: [Field] = []
        var names: [[UInt8]] = []
        var bytes = 0
        func fetch() throws(RedisError) {
            guard !names.isEmpty else { return }
            let values = try connection.call([Array("HMGET".utf8), key] + names).elements ?? []
            for (name, value) in zip(names, values) {
                if let bytes = value.bytes { fields.append(StoredField(name, bytes)) }
            }
            names.removeAll()
            bytes = 0
        }
        for (name, length) in measured {
            if bytes + length > BatchBudget.bytesAtOnce || names.count == Self.fieldsMeasuredAtOnce { try fetch() }
            names.append(name)
            bytes += length
        }
        try fetch()
        return fields
    }

    /// By HSCAN, as long as it is no more than is read of a session: of very many fields the memory is an estimate.
    private func sliced(orElse metadata: [[UInt8]]) throws(RedisError) -> Result {
        if let fields = try slices() { return Result(fields: fields) }
        return try part(metadata, "more than the \(RecordFetch.mostBytes) bytes that are read")
    }

    private func slices() throws(RedisError) -> [Field]? {
        var fields: [Field] = []
        var seen: Set<[UInt8]> = []
        var bytes = 0
        var cursor = "0"
        repeat {
            guard let reply = try elements(Self.limitsOfSlice, "HSCAN", cursor, "COUNT", "1000") else { return nil }
            guard reply.count == 2, let next = reply[0].bytes else { return fields }
            cursor = String(decoding: next, as: UTF8.self)
            for pair in RecordFetch.pairs(reply[1].elements ?? []) where seen.insert(pair.field).inserted {
                fields.append(pair)
                bytes += pair.field.count + pair.value.count
            }
            if bytes > RecordFetch.mostBytes { return nil }
        } while cursor != "0"
        return fields
    }

    /// The elements of the answer; nil where they pass the limits, which costs a new connection.
    private func elements(
        _ limits: ReplyLimits, _ name: String, _ arguments: String...
    ) throws(RedisError) -> [RedisReply]? {
        do throws(RedisError) {
            let words = [Array(name.utf8), key] + arguments.map { Array($0.utf8) }
            return try connection.call(words, within: limits).elements ?? []
        } catch {
            guard error.kind == .overLimit else { throw error }
            try connection.reopen()
            return nil
        }
    }

    /// What the hash takes in the server's memory, every field counted up to 20,000; nil where the server does not tell.
    private func bytesInMemory() throws(RedisError) -> Int64? {
        do throws(RedisError) {
            let words = ["MEMORY", "USAGE"].map { Array($0.utf8) }
            return try connection.call(words + [key] + ["SAMPLES", Self.fieldsSampled].map { Array($0.utf8) }).integer
        } catch {
            guard error.isARefusal else { throw error }
            return nil
        }
    }

    private func integer(_ name: String) throws(RedisError) -> Int64? { try call(name).integer }

    private func call(_ name: String, _ arguments: String...) throws(RedisError) -> RedisReply {
        try connection.call([Array(name.utf8), key] + arguments.map { Array($0.utf8) })
    }
}

extension RedisError {
    /// Whether the server understood and said no: the connection can be used on.
    var isARefusal: Bool {
        switch kind {
        case .permission, .server: true
        default: false
        }
    }
}
