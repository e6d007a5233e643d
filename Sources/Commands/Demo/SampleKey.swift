import Redis
import Sessions

/// One key of the sample sessions, and the commands that create it.
struct SampleKey {
    let key: [UInt8]
    /// Milliseconds to live; nil for ever.
    let timeToLive: Int64?
    /// What DUMP gave; nil for the key that was made for the demo.
    let payload: [UInt8]?
    private let content: Content

    private enum Content {
        case string([UInt8])
        case list([[UInt8]])
        case set([[UInt8]])
        case hash([[UInt8]])
        /// Scores and members, as ZADD takes them.
        case sortedSet([[UInt8]])
    }

    /// All of them.
    static func all() throws(SessionError) -> [SampleKey] {
        let text = SampleSessions.lines.withUTF8Buffer { Array($0) }
        var keys: [SampleKey] = []
        for line in text.split(separator: UInt8(ascii: "\n")) {
            keys.append(try SampleKey(JSONReader.read(Array(line)).root))
        }
        return keys
    }

    private init(_ line: JSONNode) throws(SessionError) {
        key = try Self.bytes(line["key_b64"])
        payload = line["dump_b64"] == nil ? nil : try Self.bytes(line["dump_b64"])
        timeToLive = line["pttl"]?.number?.int64.flatMap { $0 < 0 ? nil : $0 }
        content =
            switch line["type"]?.string?.text {
            case "hash": .hash(try Self.pairs(line["fields_b64"]).flatMap { $0 })
            case "set": .set(try Self.items(line["members_b64"]))
            case "zset": .sortedSet(try Self.scores(line["members_b64"]))
            case "list": .list(try Self.items(line["items_b64"]))
            default: .string(try Self.bytes(line["value_b64"]))
            }
    }

    /// Creates the key as it was dumped: from Redis 7.0 on, as older servers do not know that form of a payload.
    var restoring: [[[UInt8]]] {
        guard let payload else { return rebuilding }
        return [[Array("RESTORE".utf8), key, Array(String(timeToLive ?? 0).utf8), payload]]
    }

    /// Creates the same from its content, on any server.
    var rebuilding: [[[UInt8]]] {
        let creation: (name: String, arguments: [[UInt8]]) =
            switch content {
            case .string(let value): ("SET", [value])
            case .list(let items): ("RPUSH", items)
            case .set(let members): ("SADD", members)
            case .hash(let fields): ("HMSET", fields)
            case .sortedSet(let members): ("ZADD", members)
            }
        let commands = [[Array(creation.name.utf8), key] + creation.arguments]
        guard let timeToLive else { return commands }
        return commands + [[Array("PEXPIRE".utf8), key, Array(String(timeToLive).utf8)]]
    }

    private static func bytes(_ node: JSONNode?) throws(SessionError) -> [UInt8] {
        try Base64.decode(node?.string?.bytes ?? [])
    }

    private static func items(_ node: JSONNode?) throws(SessionError) -> [[UInt8]] {
        var items: [[UInt8]] = []
        for item in node?.array.map(Array.init) ?? [] { items.append(try bytes(item)) }
        return items
    }

    private static func pairs(_ node: JSONNode?) throws(SessionError) -> [[[UInt8]]] {
        var pairs: [[[UInt8]]] = []
        for pair in node?.array.map(Array.init) ?? [] { pairs.append(try items(pair)) }
        return pairs
    }

    /// A member stands before its score there.
    private static func scores(_ node: JSONNode?) throws(SessionError) -> [[UInt8]] {
        var arguments: [[UInt8]] = []
        for pair in node?.array.map(Array.init) ?? [] {
            let parts = Array(pair.array.map(Array.init) ?? [])
            guard parts.count == 2, let score = parts[1].number?.text ?? parts[1].string?.text else { continue }
            arguments += [Array(score.utf8), try bytes(parts[0])]
        }
        return arguments
    }
}
