import TestSupport
import Testing

@testable import Sessions

/// Hashes of Spring Session that are not as they should be, and what is no session at all.
struct SpringFormatTests {
    private static let now: Int64 = 1_700_000_100_000

    private static let metadata = [
        "creationTime": "1700000000000", "lastAccessedTime": "1700000050000", "maxInactiveInterval": "1800",
    ]

    private func read(
        _ fields: [String: String], key: String = "app:sessions:x", ttl: TimeToLive = .unknown, shadow: Bool? = nil
    ) -> Session? {
        var record = StoredRecord(
            key: Array(key.utf8), content: .hash(fields.map { StoredField(Array($0.key.utf8), Array($0.value.utf8)) }))
        record.timeToLive = ttl
        record.hasShadowKey = shadow
        return SessionFormats.session(from: record, now: Self.now)
    }

    @Test(arguments: ["creationTime", "lastAccessedTime", "maxInactiveInterval"])
    func aMissingFieldIsFound(_ field: String) throws {
        var fields = Self.metadata
        fields[field] = nil
        let session = try #require(read(fields))
        #expect(session.findings.map(\.code) == ["missing-field"])
        #expect(session.findings.first?.message.hasPrefix("\(field) is missing") == true)
        let missing = [session.createdAt == nil, session.lastAccessedAt == nil, session.maxInactiveSeconds == nil]
        #expect(missing.filter { $0 }.count == 1)
    }

    @Test(
        arguments: [
            "", "soon", "1e3", "1.5", "99999999999999999999", " 1", "\u{FEFF}1", "1700000000000000000000000000000000",
        ])
    func aFieldThatIsNoNumberIsFound(_ value: String) throws {
        var fields = Self.metadata
        fields["creationTime"] = value
        let session = try #require(read(fields))
        #expect(session.findings.map(\.code) == ["bad-field"])
        #expect(session.createdAt == nil && session.lastAccessedAt == 1_700_000_050_000)
    }

    /// A stream of the right length with another class in it, or cut off.
    @Test func aStreamThatIsNoNumberIsFound() throws {
        let store = FixtureStore("spring-session-3.5.7-simple")
        let record = try #require(try store.records().first { $0.type == "hash" })
        guard case .hash(let stored) = record.content else { return }
        let value = try #require(stored.first { $0.name == SpringFormat.Field.creationTime }?.value)
        #expect(value.count == 82)
        for length in 0..<value.count {
            var changed = value
            changed[length] ^= 0x20
            for bytes in [Array(value[..<length]), changed] where !(bytes.count == 82 && length >= 74) {
                let fields = [StoredField(SpringFormat.Field.creationTime, bytes)]
                let record = StoredRecord(key: record.key, content: .hash(fields))
                let session = try #require(SpringFormat.session(from: record, now: 0))
                #expect(session.createdAt == nil, "\(length)")
                #expect(session.findings.contains { $0.code == "bad-field" })
            }
        }
    }

    @Test func readsNumbersOfAllSizes() throws {
        let values: [(String, Int64)] = [
            ("0", 0), ("-1", -1), ("9223372036854775807", .max), ("-9223372036854775808", .min),
        ]
        for (text, number) in values {
            let fields = ["creationTime": text, "lastAccessedTime": text, "maxInactiveInterval": text]
            let session = try #require(read(fields, ttl: .milliseconds(.max)))
            #expect(session.createdAt == number && session.lastAccessedAt == number)
            #expect(session.maxInactiveSeconds == number)
            #expect(session.findings.allSatisfy { $0.code == "expired" })
            // None of the derived times may overflow.
            for now in [0, Int64.max, .min] {
                for field in SessionField.named { _ = session.value(of: field, now: now) }
                #expect(session.idleMilliseconds(now: now) ?? 0 >= 0)
            }
        }
    }

    @Test func fieldsThatSpringDoesNotWriteAreFound() throws {
        var fields = Self.metadata
        fields["sessionAttr"] = "x"
        fields["custom"] = "y"
        let session = try #require(read(fields))
        #expect(session.findings.map(\.code) == ["unknown-field", "unknown-field"])
        #expect(session.attributes?.isEmpty == true)
    }

    @Test func aPrincipalThatCannotBeReadIsFound() throws {
        let index = String(decoding: SpringFormat.Field.principal, as: UTF8.self)
        let context = String(decoding: SpringFormat.Field.securityContext, as: UTF8.self)
        let broken: [(String, [UInt8])] = [
            (index, [0xAC, 0xED, 0, 5, 0x74, 0]), (context, [0xAC, 0xED, 0, 5, 0x73]),
        ]
        for (field, value) in broken {
            var fields = Self.metadata.map { StoredField(Array($0.key.utf8), Array($0.value.utf8)) }
            fields.append(StoredField(Array(field.utf8), value))
            let record = StoredRecord(key: Array("a:sessions:b".utf8), content: .hash(fields))
            let session = try #require(SpringFormat.session(from: record, now: 0))
            #expect(session.findings.map(\.code) == ["bad-principal", "mixed-encodings"])
            #expect(session.attributes?.count == 1 && session.principal == nil)
        }
    }

    @Test(
        arguments: [
            (true, .milliseconds(1), "indexed"), (true, .none, "indexed"), (false, .none, "default"),
            // Last used 50 s ago with 1800 s to go: the hash alone lives 1750 s, or 300 s longer beside an index.
            (false, .milliseconds(1_750_000), "default"), (false, .milliseconds(2_050_000), "indexed"),
            (false, .milliseconds(2_049_000), "indexed"), (nil, .milliseconds(2_050_000), nil),
        ] as [(Bool?, TimeToLive, String?)])
    func tellsTheRepositoryByShadowKeyAndLife(_ shadow: Bool?, _ ttl: TimeToLive, _ variant: String?) throws {
        #expect(try #require(read(Self.metadata, ttl: ttl, shadow: shadow)).variant == variant)
    }

    @Test func aNegativeIntervalNeverEnds() throws {
        var fields = Self.metadata
        fields["maxInactiveInterval"] = "-1"
        let session = try #require(read(fields, ttl: .milliseconds(299_000), shadow: false))
        #expect(session.variant == "indexed")
        #expect(session.expiresAt(now: Self.now) == nil)
        #expect(session.value(of: .interval, now: Self.now) == .never)
    }

    // MARK: No sessions

    @Test func otherHashesAreNoSessions() {
        #expect(read(["topic": "x"]) == nil)
        #expect(read([:]) == nil)
        #expect(read(Self.metadata, key: "app:session:x") == nil)
        #expect(read(["topic": "x"], key: "app:sessions:expires:x") == nil)
    }

    /// An id may be any string, so a hash under the name of another key is a session as well.
    @Test(arguments: ["expires:x", "x:idx", "idx", "expirations", "index:x", ""])
    func aSessionMayHaveTheNameOfAnotherKey(_ id: String) throws {
        let session = try #require(read(Self.metadata, key: "app:sessions:" + id))
        #expect(session.id == Array(id.utf8) && session.namespace == Array("app".utf8))
    }

    @Test(
        arguments: [
            ("cache:page", "<html>"), ("0123456789ABCDEF0123456789ABCDEF", "just a value"), ("counter", "42"),
            ("cache:null", "null"), ("0123456789ABCDE", "null"), ("0123456789ABCDEG0123456789ABCDEF", "null"),
            ("0123456789ABCDEF0123456789ABCDEF", "null "), ("x", "\u{0}"), ("y", ""),
            ("app:sessions:x", "text under a session's name"),
        ])
    func otherStringsAreNoSessions(_ key: String, _ value: String) {
        let record = StoredRecord(key: Array(key.utf8), content: .string(Array(value.utf8)))
        #expect(SessionFormats.session(from: record, now: 0) == nil)
    }

    @Test(
        arguments: [
            "0123456789ABCDEF0123456789ABCDEF", "0123456789abcdef0123456789abcdef", "0123456789ABCDEF.node1",
            "0123456789ABCDEF0123456789ABCDEF.a.b",
        ])
    func aReservedIdIsASessionThatWasNeverSaved(_ key: String) throws {
        let record = StoredRecord(key: Array(key.utf8), content: .string(Array("null".utf8)))
        let session = try #require(SessionFormats.session(from: record, now: 0))
        #expect(session.format == "tomcat" && session.findings.map(\.code) == ["placeholder"])
    }

    /// Streams that are no session: one object, another metadata class, only a header.
    @Test func otherStreamsAreNoSessions() throws {
        for fixture in try JavaStreamFixture.all() {
            let record = StoredRecord(key: Array("k".utf8), content: .string(fixture.bytes))
            #expect(SessionFormats.session(from: record, now: 0) == nil, "\(fixture.name)")
        }
    }

    @Test(arguments: ["set", "zset", "list", "stream"])
    func otherTypesAreNoSessions(_ type: String) {
        let record = StoredRecord(key: Array("app:sessions:x".utf8), content: .other(type: type))
        #expect(SessionFormats.session(from: record, now: 0) == nil)
    }
}
