import Testing

@testable import Sessions

/// What Redisson's real stores do not have: other codecs, old names, partial hashes.
struct RedissonFormatTests {
    private static let key = Array("redisson:tomcat_session:0123456789ABCDEF.node1".utf8)

    private func read(
        _ fields: [(String, [UInt8])], key: [UInt8] = key, isWhole: Bool = true,
        life: TimeToLive = .milliseconds(60_000), now: Int64 = 0
    ) -> Session? {
        let content = fields.map { StoredField(Array($0.0.utf8), $0.1) }
        return SessionFormats.session(
            from: StoredRecord(key: key, content: .hash(content), isWhole: isWhole, timeToLive: life), now: now)
    }

    /// The key lives a minute longer than the session, which ended at 1800 s; an interval below zero, or of zero with Tomcat, is "never".
    @Test(
        arguments: [
            ("1800", 1_799_999, []), ("1800", 1_800_000, ["expired"]), ("0", 1, []), ("-1", 1, []),
        ] as [(String, Int64, [String])])
    func aSessionThatHasEndedIsReported(_ interval: String, _ now: Int64, _ expected: [String]) throws {
        let numbers = [("creationTime", "0"), ("lastAccessedTime", "0"), ("thisAccessedTime", "0")]
        let fields = (numbers + [("maxInactiveInterval", interval), ("isValid", "true")])
            .map { ("session:" + $0.0, Array($0.1.utf8)) }
        #expect(try #require(read(fields, now: now)).findings.map(\.code) == expected)
        let endless = interval == "-1" ? [] : ["no-expiry"]
        #expect(try #require(read(fields, life: .none, now: now)).findings.map(\.code) == endless + expected)
    }

    /// The examples of session-formats, ch. 10.3.
    private static let kryo5: [(String, [UInt8])] = [
        ("session:creationTime", [0x09, 0x80, 0xA0, 0xAB, 0xFE, 0xF9, 0x62]),
        ("session:lastAccessedTime", [0x09, 0x80, 0xA0, 0xAB, 0xFE, 0xF9, 0x62]),
        ("session:thisAccessedTime", [0x09, 0x80, 0xA0, 0xAB, 0xFE, 0xF9, 0x62]),
        ("session:maxInactiveInterval", [0x02, 0x90, 0x1C]), ("session:isValid", [0x05, 0x01]),
        ("session:isNew", [0x05, 0x00]), ("session:authtype", [0x03, 0x46, 0x4F, 0x52, 0xCD]),
        ("user", [0x03, 0x61, 0x6C, 0x69, 0x63, 0xE5]),
    ]

    @Test func readsTheOwnFieldsOfKryo5AndKeepsItsAttributes() throws {
        let session = try #require(read(Self.kryo5))
        #expect(session.variant == "kryo5" && session.createdAt == 1_700_000_000_000)
        #expect(session.maxInactiveSeconds == 1800 && session.lastAccessedAt == 1_700_000_000_000)
        #expect(session.details.contains(SessionDetail("isValid", "true")))
        #expect(session.details.contains(SessionDetail("isNew", "false")))
        #expect(session.details.contains(SessionDetail("authType", "FORM")))
        guard case .opaque(let bytes, _)? = session.attributes?.first?.value else {
            Issue.record("decoded")
            return
        }
        #expect(bytes == [0x03, 0x61, 0x6C, 0x69, 0x63, 0xE5])
        #expect(session.findings.map(\.code) == ["opaque"])
    }

    @Test(
        arguments: [
            ([0x02, 0x01], -1), ([0x02, 0x00], 0), ([0x09, 0x01], -1),
            ([0x09, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], .min),
            ([0x09, 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], .max),
            // An int of nine bytes; an end too early, too late; another class.
            ([0x02, 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], nil), ([0x02, 0x80], nil),
            ([0x02, 0x01, 0x01], nil), ([0x03, 0x01], nil), ([0x02], nil), ([], nil),
        ] as [([UInt8], Int64?)])
    func readsNumbersOfKryo5(_ bytes: [UInt8], _ number: Int64?) { #expect(Kryo5.number(bytes) == number) }

    /// Before 3.10.1 names are encoded as values are, and the key is another one.
    @Test func readsNamesInJSON() throws {
        let fields: [(String, String)] = [
            ("\"session:creationTime\"", "[\"java.lang.Long\",1700000000000]"),
            ("\"session:lastAccessedTime\"", "1700000000001"), ("\"session:thisAccessedTime\"", "1700000000002"),
            ("\"session:maxInactiveInterval\"", "1800"), ("\"session:isValid\"", "true"), ("\"user\"", "\"alice\""),
        ]
        let session = try #require(
            read(fields.map { ($0.0, Array($0.1.utf8)) }, key: Array("a:redisson_tomcat_session:ID".utf8)))
        #expect(session.variant == "json" && session.id == Array("ID".utf8) && session.namespace == Array("a".utf8))
        #expect(session.createdAt == 1_700_000_000_000 && session.lastAccessedAt == 1_700_000_000_002)
        #expect(session.attributes?.map(\.name) == [Array("user".utf8)])
        #expect(session.findings == [])
    }

    /// What a node leaves that uses a session after it was deleted (session-formats, ch. 10.5).
    @Test func namesWhatAPartialHashLacks() throws {
        let session = try #require(read(Self.kryo5.filter { $0.0.hasSuffix("ssedTime") }))
        #expect(session.findings.map(\.code) == ["missing-field", "missing-field", "missing-field"])
        #expect(session.createdAt == nil && session.lastAccessedAt == 1_700_000_000_000)
        let empty = try #require(read([("user", [0x01])]))
        #expect(empty.findings.filter { $0.code == "missing-field" }.count == 5)
        #expect(empty.findings.last?.code == "opaque" && empty.variant == nil)
    }

    @Test func readsThePrincipalInJSON() throws {
        let principal = #"""
            {"@class":"org.apache.catalina.realm.GenericPrincipal$SerializablePrincipal","name":"alice",\#
            "password":"hidden","roles":["[Ljava.lang.String;",["admin","user"]]}
            """#
        let number = Array("1700000000000".utf8)
        let fields =
            ["creationTime", "lastAccessedTime", "thisAccessedTime", "maxInactiveInterval"]
            .map { ("session:" + $0, number) } + [("session:isValid", Array("true".utf8))]
        let session = try #require(read(fields + [("session:principal", Array(principal.utf8))]))
        #expect(session.principal == "alice" && session.details.contains(SessionDetail("roles", "admin, user")))
        #expect(session.findings.map(\.code) == ["stored-password"])
        let bad = try #require(read(fields + [("session:principal", [0xFF, 0x00])]))
        #expect(bad.principal == nil && bad.findings.map(\.code) == ["bad-principal"])
    }
}
