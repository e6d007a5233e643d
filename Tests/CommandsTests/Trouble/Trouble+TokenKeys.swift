import TestSupport

extension Trouble {
    /// Keys beside tokens that are of another type, size or content than they are for.
    static func tokenKeys() -> [Trouble] { wrongTypes() + wrongContents() + attacksOnTokenKeys() }

    private static func set(_ key: String, _ value: [UInt8]) -> [[UInt8]] {
        [Array("SET".utf8), Array(key.utf8), value]
    }

    private static func wrongTypes() -> [Trouble] {
        let makers = [
            "list": "RPUSH KEY a", "sorted set": "ZADD KEY 1 a", "stream": "XADD KEY * a b", "hash": "HSET KEY a b",
        ]
        return makers.sorted { $0.key < $1.key }.flatMap { type, maker in
            ["jwt:deny:", "jwt:cutoff:", "user:ver:", "refresh:fam:"].enumerated().compactMap { number, prefix in
                // A hash is a family as it should be.
                if prefix == "refresh:fam:", type == "hash" { return nil }
                let name = "typed-" + type.filter { $0 != " " }
                let owner = number == 0 ? words("SET jwt:allow:\(name):\(name) 1 EX 86400") : words("PING")
                return Trouble(
                    "a \(type) at \(prefix)", words(maker.replacing("KEY", with: prefix + name)), owner)
            }
        } + [
            Trouble("a string as an index of tokens", words("SET user:tokens:typed-list a")),
            Trouble("a list as an entry of an allow-list", words("RPUSH jwt:allow:a:list x")),
            Trouble("a set as a refresh token", words("SADD refresh:f00d x")),
        ]
    }

    private static func wrongContents() -> [Trouble] {
        let million = """
            for i = 1, 1000000, 500 do
                local members = {}
                for j = i, i + 499 do members[#members + 1] = 'jti-' .. j end
                redis.call('SADD', KEYS[1], unpack(members))
            end
            """
        let fields = """
            redis.call('HSET', KEYS[1], 'sub', 'crowd', 'family', 'crowd', 'iat', '1')
            for i = 1, 20000, 100 do
                local fields = {}
                for j = i, i + 99 do fields[#fields + 1] = 'f' .. j; fields[#fields + 1] = 'value' end
                redis.call('HSET', KEYS[1], unpack(fields))
            end
            """
        func run(_ script: String, _ key: String) -> [[UInt8]] {
            [script, "1", key].reduce([Array("EVAL".utf8)]) { $0 + [Array($1.utf8)] }
        }
        let big = [UInt8](repeating: UInt8(ascii: "7"), count: 10 << 20)
        let entry = { (user: String) in
            words("SET jwt:allow:\(user):jti-of-\(user) {\"iat\":1700000000,\"ver\":1} EX 86400")
        }
        return [
            Trouble("a cut-off of 10 MB", entry("huge"), set("jwt:cutoff:huge", big)),
            Trouble("a cut-off that is no number", entry("late"), set("jwt:cutoff:late", Array("yesterday".utf8))),
            Trouble("a cut-off in milliseconds", entry("milli"), words("SET jwt:cutoff:milli 1700000000000")),
            Trouble("a version of 10 MB", set("user:ver:huge", big)),
            Trouble("a denial of 10 MB", entry("denied"), set("jwt:deny:jti-of-denied", big)),
            Trouble("an entry of 10 MB", set("jwt:allow:large:jti-large", big)),
            Trouble("an entry of 10 MB that begins as JSON", set("jwt:allow:json:jti-json", [UInt8(ascii: "{")] + big)),
            Trouble("a refresh token of 10 MB", set("refresh:b16", Array(#"{"sub":"a","family":""#.utf8) + big)),
            Trouble("an index of a million tokens", entry("crowd"), run(million, "user:tokens:crowd")),
            Trouble("a family of a million tokens", run(million, "refresh:fam:crowd")),
            Trouble("a refresh token of 20,000 fields", run(fields, "refresh:c0ffee")),
            Trouble(
                "an entry that is its own denial",
                words("SET jwt:deny:self eyJhbGciOiJIUzI1NiJ9.eyJqdGkiOiJzZWxmIn0.c2ln")),
            Trouble(
                "claims that are lists",
                words("SET jwt:allow:a:lists {\"sub\":[1],\"iat\":[],\"exp\":{},\"ver\":\"x\"}")),
        ]
    }

    private static func attacksOnTokenKeys() -> [Trouble] {
        TerminalAttack.all.map { attack in
            let (user, id) = (Array("user".utf8) + attack.text, Array("id".utf8) + attack.text)
            let key = Array("jwt:allow:".utf8) + user + Array(":".utf8) + id
            return Trouble(
                "\(attack.name) in jti and sub",
                [
                    Array("HSET".utf8), key, Array("sub".utf8), user, Array("iat".utf8), attack.text, attack.text,
                    attack.text,
                ],
                [Array("SET".utf8), Array("jwt:deny:".utf8) + id, attack.text],
                [Array("SET".utf8), Array("jwt:cutoff:".utf8) + user, attack.text],
                [Array("ZADD".utf8), Array("user:tokens:".utf8) + user, Array("1".utf8), attack.text])
        }
    }
}
