extension Trouble {
    /// Keys of other types than their names promise, indexes that lead nowhere, and strings that are no sessions.
    static func keys() -> [Trouble] { types() + indexes() + strings() }

    private static func types() -> [Trouble] {
        let names = [
            "session": "spring:session:sessions:typed-", "shadow key": "spring:session:sessions:expires:typed-",
            "bucket": "spring:session:expirations:179541900000",
            "id of Tomcat": "0123456789ABCDEF0123456789ABCDE", "redisson session": "redisson:tomcat_session:typed-",
            "reserved id": "_rsm_typed-",
        ]
        let makers = [
            ("list", "RPUSH KEY a"), ("set", "SADD KEY a"), ("sorted set", "ZADD KEY 1 a"),
            ("stream", "XADD KEY * a b"), ("string", "SET KEY text"),
        ]
        return names.sorted { $0.key < $1.key }.flatMap { name, key in
            makers.enumerated().map { number, maker in
                Trouble(
                    "a \(maker.0) where a \(name) should be",
                    words(maker.1.replacing("KEY", with: key + String(number))))
            }
        }
    }

    private static func indexes() -> [Trouble] {
        let index =
            "spring:session:index:org.springframework.session.FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME:"
        let million = """
            for i = 1, 1000000, 500 do
                local members = {}
                for j = i, i + 499 do members[#members + 1] = 'expires:' .. j end
                redis.call('SADD', KEYS[1], unpack(members))
            end
            """
        return [
            Trouble(
                "a bucket of a million members",
                [
                    Array("EVAL".utf8), Array(million.utf8), Array("1".utf8),
                    Array("spring:session:expirations:1795420020000".utf8),
                ]),
            Trouble(
                "a bucket of the past without a life",
                words("SADD spring:session:expirations:1000000000000 expires:gone")),
            Trouble("a bucket whose minute is no number", words("SADD spring:session:expirations:never expires:gone")),
            Trouble("an index that leads to nothing", words("SADD \(index)ghost gone")),
            Trouble("an index of the principal null", words("SADD \(index)null gone")),
            Trouble("an index as a string", words("SET \(index)string gone")),
            Trouble(
                "a sorted set of expirations with ids of nobody",
                words("ZADD spring:session:sessions:expirations 1 gone 2 nobody inf never")),
            Trouble("an index of a session that leads to nothing", words("SADD spring:session:sessions:gone:idx x")),
            Trouble("a HyperLogLog", words("PFADD visitors a b c")),
            Trouble("a bitmap", words("SETBIT online 100000 1")),
            Trouble("places", words("GEOADD shops 8.5 47.4 here")),
        ]
    }

    private static func strings() -> [Trouble] {
        let id = "ABCDEF0123456789ABCDEF012345678"
        let values: [(String, [UInt8])] = [
            ("the placeholder", Array("null".utf8)), ("a cut placeholder", Array("nul".utf8)), ("nothing", []),
            ("one byte", [1]), ("an integer", Array("42".utf8)),
            ("a stream header", [0xac, 0xed, 0, 5]), ("a string's stream", JavaBytes.string("a cached page")),
            ("a Long's stream", JavaBytes.long(1)),
            ("a Long and rubbish", JavaBytes.long(1) + [0x73, 0x72, 0xff]),
            ("block data of eight bytes", [0xac, 0xed, 0, 5, 0x77, 8, 0, 0, 1, 0x8b, 0xcf, 0xe5, 0x68, 0]),
            ("two bytes of a version", [0, 1]), ("a frame with a header past its end", [0, 2, 0x7f, 0xff, 0, 0]),
            ("JSON", Array(#"{"user":"alice"}"#.utf8)), ("XML", Array("<a/>".utf8)),
        ]
        let small = values.enumerated().map { number, value in
            Trouble(
                "\(value.0) under a session's id",
                [Array("SET".utf8), Array((id + String(number, radix: 16)).utf8), value.1])
        }
        return small + [
            Trouble("50 MB that are no session", words("SETRANGE \(id)X 52428800 x")),
            Trouble(
                "50 MB that begin as a stream",
                [
                    Array("SET".utf8), Array("cache:page".utf8),
                    JavaBytes.string([UInt8](repeating: 0x41, count: 70000)),
                ], words("SETRANGE cache:page 52428800 x")),
            Trouble("50 MB of a key that says nothing", words("SETRANGE cache:other 52428800 x")),
        ]
    }
}
