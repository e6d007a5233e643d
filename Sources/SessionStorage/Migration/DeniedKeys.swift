import Redis
import Sessions

/// Which keys of sessions a Redis user may not read: the server says only that there is one among many.
struct DeniedKeys {
    let connection: RedisConnection

    /// Of each list of keys those that may not be read.
    func among(_ groups: [[[UInt8]]]) throws(StorageError) -> [[[UInt8]]] {
        let denied = Set(try redis { () throws(RedisError) in try self.denied(among: groups.flatMap { $0 }) })
        return groups.map { keys in keys.filter { denied.contains($0) } }
    }

    /// Keys in one round trip.
    private static let keysAtOnce = 4096

    private func denied(among keys: [[UInt8]]) throws(RedisError) -> [[UInt8]] {
        var found: [[UInt8]] = []
        for start in stride(from: 0, to: keys.count, by: Self.keysAtOnce) {
            let some = keys[start..<min(start + Self.keysAtOnce, keys.count)]
            var batch = CommandBatch()
            var replies = ReplyBatch()
            for key in some { batch.append([Array("TYPE".utf8), key]) }
            try connection.send(batch, as: "TYPE")
            try connection.receive(batch.count, into: &replies)
            for (index, key) in some.enumerated() {
                if connection.failure(in: replies, at: index)?.isAboutTheKeyOnly ?? false { found.append(key) }
            }
        }
        return found
    }

    // MARK: Words

    private static let mostNames = 10

    /// Why a session with such keys is not migrated, and what lets it be.
    ///
    /// - Parameters:
    ///   - keys: those that may not be read; not empty.
    ///   - side: the word for the store.
    ///   - templates: how the application names keys about tokens, where the session is one.
    static func refusal(_ keys: [[UInt8]], at side: String, _ templates: JWTKeyTemplates? = nil) -> String {
        let names = keys.prefix(mostNames).map { "'\(EscapedName.text(of: $0))'" }.joined(separator: ", ")
        let more = keys.count > mostNames ? " and \(keys.count - mostNames) more" : ""
        let patterns = unique(keys.compactMap { pattern($0) }).joined(separator: " ")
        return
            "the Redis user at the \(side) may not read \(names)\(more), which may belong to it: it needs the rights that it has on the "
            + "session's key on such keys as well" + (patterns.isEmpty ? "" : " (ACL SETUSER … \(patterns))")
            + hint(keys, templates)
    }

    /// The pattern of an ACL for keys of the same beginning; nil where none can be told. People paste it: nothing that data may say is in it
    /// that has a meaning of its own in a pattern or a shell.
    private static func pattern(_ key: [UInt8]) -> String? {
        let plain = key.prefix { isPlain($0) }
        let isWhole = plain.count == key.count
        if isWhole, !key.isEmpty, !key.contains(UInt8(ascii: ":")) {
            return "'~\(String(decoding: key, as: UTF8.self))'"
        }
        return plain.lastIndex(of: UInt8(ascii: ":")).map { "'~\(String(decoding: plain[...$0], as: UTF8.self))*'" }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || ":._-{}".utf8.contains(byte)
    }

    /// An application may have no keys for a purpose, and then nobody has to look at them.
    private static func hint(_ keys: [[UInt8]], _ templates: JWTKeyTemplates?) -> String {
        let purposes = unique(keys.compactMap { templates?.match($0)?.purpose.rawValue })
        guard !purposes.isEmpty else { return "" }
        let settings = purposes.map { "'\($0)='" }.joined(separator: ", ")
        return "; where the application keeps none for such a purpose, jwt-keys of its profile says so (\(settings))"
    }

    private static func unique(_ words: [String]) -> [String] {
        var seen: Set<String> = []
        return words.filter { seen.insert($0).inserted }
    }
}
