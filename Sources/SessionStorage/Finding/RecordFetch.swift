import Redis
import Sessions

/// Fetches one key whole, big ones in slices, so that no command holds the server for long.
struct RecordFetch {
    let connection: RedisConnection
    /// How the application names the keys beside its tokens.
    var jwtKeys = JWTKeyTemplates.standard
    /// How it is asked when the key ends; nil where its life is enough.
    var end: EndQuestion?
    /// Gives milliseconds since 1970 by the server's clock, as far as it is known.
    var now: () -> Int64 = { 0 }
    /// Whether it will do where nobody may ask for the keys that tell the variant.
    var mayLackVariant = false

    /// Bytes of a string in one GETRANGE.
    private static let sliceBytes = 1 << 20
    /// Fields of a hash in one HGETALL; more come in slices.
    static let fieldsAtOnce = 10_000
    /// What is larger than these is no session that anybody wrote on purpose: of it only the beginning, or the fields that
    /// every session has, are fetched.
    static let mostBytes = StoredRecord.mostBytes
    static let mostFields = 200_000

    /// The record of `key`, or nil where there is no such key.
    ///
    /// - Parameter needs: which fields of a hash are enough; nil for all.
    func record(of key: [UInt8], _ needs: RecordNeeds? = nil) throws(RedisError) -> StoredRecord? {
        let type = try call("TYPE", key)
        guard case .status(let name) = type, name != "none" else { return nil }
        var record = StoredRecord(key: key, content: .other(type: name))
        try takeLife(into: &record)
        record.jwtKeys = jwtKeys
        // Whatever lies under the name of a deny-list or a cut-off, it is no session.
        if jwtKeys.match(key)?.isSettledByName ?? false { return record }
        switch name {
        case "string": try fetchString(&record)
        case "hash":
            try fetchHash(&record, needs)
            let beside = SpringFormat.keysBeside(hash: key)
            if let shadow = beside?.shadow ?? SessionFormats.shadowKey(ofKey: key) {
                record.hasShadowKey = try isThere(shadow)
            }
            if let index = beside?.index { record.hasIndexKey = try isThere(index) }
        default: break
        }
        if record.isWhole { record.sizeBytes = record.content.byteCount }
        try addCompanions(to: &record)
        return record
    }

    private func isThere(_ key: [UInt8]) throws(RedisError) -> Bool? {
        do throws(RedisError) {
            return try call("EXISTS", key).integer == 1
        } catch {
            guard mayLackVariant, error.isARefusal else { throw error }
            return nil
        }
    }

    private func takeLife(into record: inout StoredRecord) throws(RedisError) {
        guard let end else {
            record.timeToLive = TimeToLive(pttl: try call("PTTL", record.key).integer ?? -2)
            return
        }
        let (answer, time) = try end.ask(record.key, on: connection, usesTransactions: true)
        end.note(answer, at: time ?? now(), in: &record)
    }

    /// Reads the other keys of a session that has more than one; what they hold may name more.
    private func addCompanions(to record: inout StoredRecord) throws(RedisError) {
        // A Java stream holds all of its session: it need not be read twice.
        guard case .string(let value) = record.content, value.first != 0xAC,
            let session = SessionFormats.session(from: record, now: 0)
        else { return }
        var companions: [StoredCompanion] = []
        var known: Set<[UInt8]> = []
        while true {
            let keys = SessionFormats.companionKeys(of: session, record).filter { known.insert($0).inserted }
            guard !keys.isEmpty else { return }
            for key in keys { companions.append(StoredCompanion(key: key, content: try companion(key))) }
            record.companions = companions
        }
    }

    private func companion(_ key: [UInt8]) throws(RedisError) -> StoredCompanion.Content {
        guard case .status(let type) = try call("TYPE", key) else { return .other }
        switch type {
        case "none": return .missing
        case "string": return .string(try string(key, upTo: Self.mostBytes))
        case "set": return .members(try members(key))
        default: return .other
        }
    }

    private func members(_ key: [UInt8]) throws(RedisError) -> [[UInt8]] {
        var members: Set<[UInt8]> = []
        var cursor = "0"
        repeat {
            let reply = try call("SSCAN", key, cursor, "COUNT", "1000").elements ?? []
            guard reply.count == 2, let next = reply[0].bytes else { break }
            cursor = String(decoding: next, as: UTF8.self)
            for member in reply[1].elements ?? [] { if let bytes = member.bytes { members.insert(bytes) } }
        } while cursor != "0"
        return Array(members)
    }

    private func call(_ name: String, _ key: [UInt8], _ arguments: String...) throws(RedisError) -> RedisReply {
        try connection.call([Array(name.utf8), key] + arguments.map { Array($0.utf8) })
    }

    private func fetchString(_ record: inout StoredRecord) throws(RedisError) {
        let length = try call("STRLEN", record.key).integer ?? 0
        let isLarge = length > Self.mostBytes
        record.content = .string(try string(record.key, upTo: isLarge ? Self.sliceBytes : Self.mostBytes))
        guard isLarge else { return }
        record.isWhole = false
        record.sizeBytes = Int(length)
        record.excess = "\(length) bytes, more than the \(Self.mostBytes) that are read"
    }

    private func string(_ key: [UInt8], upTo most: Int) throws(RedisError) -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            let end = bytes.count + Self.sliceBytes - 1
            let slice = try call("GETRANGE", key, String(bytes.count), String(end)).bytes ?? []
            bytes += slice
            if slice.count < Self.sliceBytes || bytes.count >= most { return bytes }
        }
    }

    private func fetchHash(_ record: inout StoredRecord, _ needs: RecordNeeds?) throws(RedisError) {
        let hash = HashFetch(connection: connection, key: record.key)
        let result: HashFetch.Result
        let spring = SpringFormat.mayHoldSession(record.key) ? SpringFormat.self : nil
        let format = SessionFormats.place(ofKey: record.key).format ?? spring ?? JWTFormat.self
        if let needs, !needs.wantsWholeHashes(of: format) {
            result = try hash.named(needs.fields(ofKey: record.key, KeyRequest(key: record.key, needs)))
            record.isWhole = false
            record.holdsAskedAttributes = needs.namesAttributes
        } else {
            let metadata = format.hashFields(withPrincipal: true)
            result = try hash.whole(orElse: metadata)
            record.isWhole = result.excess == nil
        }
        record.content = .hash(result.fields)
        record.excess = result.excess
        record.unreadFields = result.unreadFields
        record.sizeBytes = result.sizeBytes
    }

    static func pairs(_ elements: [RedisReply]) -> [HashFetch.Field] {
        stride(from: 0, to: elements.count - 1, by: 2).compactMap { index in
            guard let field = elements[index].bytes, let value = elements[index + 1].bytes else { return nil }
            return StoredField(field, value)
        }
    }
}
