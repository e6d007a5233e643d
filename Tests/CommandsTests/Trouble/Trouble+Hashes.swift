extension Trouble {
    /// Session hashes that lack fields or hold nonsense in them.
    static func hashes() -> [Trouble] {
        let fields = ["creationTime", "lastAccessedTime", "maxInactiveInterval"]
        let attribute = [Array("sessionAttr:a".utf8), JavaBytes.string("b")]
        let partial = (1..<8).map { bits -> Trouble in
            let missing = fields.enumerated().filter { bits >> $0.offset & 1 == 1 }.map(\.element)
            return Trouble(
                "a hash without \(missing.joined(separator: ", "))",
                session("partial-\(bits)", without: missing, attribute))
        }
        let nonsense: [(String, [UInt8])] = [
            ("nothing", []), ("text", Array("yesterday".utf8)), ("a JSON number", Array("1795419000000".utf8)),
            ("a JSON float", Array("1.7954e12".utf8)), ("bytes", [0xff, 0, 1, 2]),
            ("a cut stream", Array(JavaBytes.long(5).dropLast(3))),
            ("a string", JavaBytes.string("5")), ("the least long", JavaBytes.long(.min)),
            ("the greatest long", JavaBytes.long(.max)),
            ("a stream header", [0xac, 0xed, 0, 5]), ("null", [0xac, 0xed, 0, 5, 0x70]),
        ]
        let odd = fields.flatMap { field in
            nonsense.map { kind, value in
                Trouble(
                    "\(kind) as \(field)", session("\(field)-\(kind)", without: [field], [Array(field.utf8), value]))
            }
        }
        return partial + odd + sizes() + lives()
    }

    private static func sizes() -> [Trouble] {
        func many(_ key: String, _ count: Int) -> [[UInt8]] {
            let script = """
                for i = 1, tonumber(ARGV[1]), 100 do
                    local fields = {}
                    for j = i, i + 99 do fields[#fields + 1] = 'sessionAttr:a' .. j; fields[#fields + 1] = 'value' end
                    redis.call('HSET', KEYS[1], unpack(fields))
                end
                """
            return [script, "1", key, String(count)].reduce([Array("EVAL".utf8)]) { $0 + [Array($1.utf8)] }
        }
        let big = [UInt8](repeating: UInt8(ascii: "x"), count: 10 << 20)
        return [
            Trouble(
                "9,900 attributes", session("attributes-9900"), many("spring:session:sessions:attributes-9900", 9900)),
            Trouble(
                "300,000 attributes", session("attributes-300000"),
                many("spring:session:sessions:attributes-300000", 300_000)),
            Trouble("an attribute of 10 MB", attribute("big", JavaBytes.string(big), of: "big-attribute")),
            Trouble("10 MB of plain text", attribute("big", big, of: "big-text")),
            Trouble(
                "tombstones alone",
                session("tombstones", [Array("sessionAttr:a".utf8), [], Array("sessionAttr:b".utf8), []])),
            Trouble("fields that Spring does not write", session("unknown-fields", [Array("x".utf8), [1], [], [2]])),
            Trouble("the empty attribute name", attribute("", JavaBytes.string("x"), of: "empty-name")),
            Trouble(
                "an attribute name of 64 KB",
                attribute(String(repeating: "n", count: 65536), JavaBytes.string("x"), of: "long-name")),
        ]
    }

    private static func lives() -> [Trouble] {
        [
            Trouble("a session that never ends", session("no-ttl")),
            Trouble(
                "a life longer than the interval", session("long-life"),
                words("PEXPIRE spring:session:sessions:long-life 9000000000000")),
            Trouble(
                "a hash without its shadow key", session("no-shadow"),
                words("EXPIRE spring:session:sessions:no-shadow 2100")),
            Trouble("a shadow key without its hash", words("SET spring:session:sessions:expires:gone x EX 1800")),
            Trouble(
                "a shadow key that is not empty", session("full-shadow"),
                words("SET spring:session:sessions:expires:full-shadow text")),
            Trouble(
                "the same id in two namespaces", session("twin", namespace: "one"), session("twin", namespace: "two")),
        ]
    }

    /// Two thousand sessions with lives of a few milliseconds up to two seconds.
    static func expiring() -> [[[UInt8]]] {
        let script = """
            for i = 1, 2000 do
                local key = 'spring:session:sessions:brief-' .. i
                redis.call('HSET', key, 'creationTime', '1', 'lastAccessedTime', '2', 'maxInactiveInterval', '3')
                redis.call('PEXPIRE', key, i)
            end
            """
        return [[Array("EVAL".utf8), Array(script.utf8), Array("0".utf8)]]
    }
}
