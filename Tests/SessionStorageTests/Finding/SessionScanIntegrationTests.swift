import Redis
import Sessions
import TestSupport
import Testing

@testable import SessionStorage

/// Walks over all sessions of a real server.
struct SessionScanIntegrationTests {
    private func scan(
        _ server: RedisServer, _ parts: SessionParts = [], pattern: String? = nil
    ) throws -> (sessions: [Session], summary: ScanSummary) {
        var sessions: [Session] = []
        let scan = SessionScan(parts: parts, pattern: pattern.map { Array($0.utf8) })
        let summary = try scan.run(on: server.store()) { session in
            sessions.append(session)
            return true
        }
        return (sessions, summary)
    }

    /// 93 hashes of Spring Session, 33 values of the Tomcat manager, 15 hashes of Redisson; the rest is told apart.
    @Test(arguments: [
        SessionParts(), .principal, .timeToLive, .variant, .size, .attributes,
        [.principal, .timeToLive, .variant, .size, .attributes],
    ])
    func countsEveryKeyOfAllStores(_ parts: SessionParts) throws {
        let server = try RedisServer()
        defer { server.stop() }
        try server.loadAllFixtures()
        try server.command("SET", "a token", Self.token)
        let (sessions, summary) = try scan(server, parts)
        #expect(try server.command("DBSIZE") == .integer(240))
        #expect(summary.sessions == 142 && sessions.count == 142)
        #expect(sessions.filter { $0.format == "spring" }.count == 93)
        #expect(sessions.filter { $0.format == "tomcat" }.count == 33)
        #expect(sessions.filter { $0.format == "redisson" }.count == 15)
        #expect(sessions.filter { $0.format == "jwt" }.count == 1)
        #expect(summary.auxiliary == ["shadow key": 70, "principal index": 12, "expirations": 11])
        #expect(summary.others == 5)
        #expect(Set(sessions.map(\.key)).count == 142)
    }

    @Test func findsTheSameOfEachSessionAsALookAtItsKey() throws {
        let server = try RedisServer()
        defer { server.stop() }
        try server.loadAllFixtures()
        let store = try server.store()
        let (sessions, _) = try scan(server, [.principal, .variant, .size, .attributes])
        var compared = 0
        for session in sessions {
            let record = try #require(try store.record(of: session.key))
            let whole = try #require(SessionFormats.session(from: record, now: 1_800_000_000_000))
            let label = String(decoding: session.key, as: UTF8.self)
            #expect(session.id == whole.id && session.namespace == whole.namespace)
            #expect(session.variant == whole.variant, "\(label)")
            #expect(session.principal == whole.principal, "\(label)")
            #expect(session.createdAt == whole.createdAt && session.maxInactiveSeconds == whole.maxInactiveSeconds)
            #expect(session.sizeBytes == whole.sizeBytes && session.sizeBytes != nil, "\(label)")
            #expect(session.attributes?.map(\.name) == whole.attributes?.map(\.name), "\(label)")
            #expect(session.attributes?.map(\.value.bytes) == whole.attributes?.map(\.value.bytes), "\(label)")
            #expect(session.findings == whole.findings, "\(label)")
            compared += 1
        }
        #expect(compared == 141)
    }

    @Test func readsValuesLargerThanTheFirstSlice() throws {
        let server = try RedisServer()
        defer { server.stop() }
        let store = FixtureStore("tomcat-redis-session-manager-2.0.0")
        try server.load(store, .big)
        let (sessions, _) = try scan(server, .attributes)
        let sizes = try store.expectedSessions("big-expected").map { try $0.required("bytes").requiredInteger() }
        #expect(sessions.map { Int64($0.sizeBytes ?? 0) }.sorted() == sizes.sorted())
        #expect(sessions.allSatisfy { $0.findings.isEmpty })
        #expect(sessions.map { $0.attributes?.count ?? 0 }.sorted() == [2, 4])
    }

    @Test func readsAnAttributeOfTenMegabytes() throws {
        let server = try RedisServer()
        defer { server.stop() }
        let value = [UInt8](repeating: UInt8(ascii: "x"), count: 10 << 20)
        try server.load(FixtureStore("spring-session-3.5.7-simple"))
        let key = Array("spring:session:sessions:large".utf8)
        try server.command(Self.hset(key, Self.metadata + [("sessionAttr:big", value)]))
        let (sessions, _) = try scan(server, .attributes)
        let large = try #require(sessions.first { $0.key == key })
        #expect(large.attributes?.map(\.value.bytes.count) == [10 << 20])
        #expect(sessions.count == 6)
        #expect(try scan(server).sessions.count == 6)
    }

    @Test func readsAHashOfTwentyThousandFields() throws {
        let server = try RedisServer()
        defer { server.stop() }
        let key = Array("spring:session:sessions:wide".utf8)
        let attributes = (0..<20_000).map { ("sessionAttr:a\($0)", Array("v\($0)".utf8)) }
        try server.command(Self.hset(key, Self.metadata + attributes))
        let record = try #require(try server.store().record(of: key))
        let session = try #require(SessionFormats.session(from: record, now: 0))
        #expect(session.attributes?.count == 20_000)
        #expect(Set(session.attributes?.map(\.name) ?? []).count == 20_000)
        #expect(try scan(server, .attributes).sessions.map { $0.attributes?.count } == [20_000])
    }

    @Test func survivesKeysThatGoWhileItWalks() throws {
        let server = try RedisServer()
        defer { server.stop() }
        try server.pipeline(
            (0..<20_000).map { Self.hset(Array("spring:session:sessions:s\($0)".utf8), Self.metadata) })
        let client = try server.client()
        var seen: Set<[UInt8]> = []
        let summary = try SessionScan(parts: .timeToLive).run(on: server.store()) { session in
            seen.insert(session.key)
            guard seen.count == 100 else { return true }
            // Odd ones are deleted, expire, or become something else.
            for index in stride(from: 1, to: 20_000, by: 2) {
                let key = Array("spring:session:sessions:s\(index)".utf8)
                let change: [[UInt8]]
                switch index % 3 {
                case 0: change = [Array("UNLINK".utf8), key]
                case 1: change = [Array("PEXPIRE".utf8), key, Array("1".utf8)]
                default: change = [Array("SET".utf8), key, Array("text".utf8)]
                }
                guard (try? client.command(change)) != nil else { return false }
            }
            return true
        }
        for index in stride(from: 0, to: 20_000, by: 2) {
            #expect(seen.contains(Array("spring:session:sessions:s\(index)".utf8)))
        }
        #expect(summary.sessions == seen.count)
        #expect(seen.count < 12_000)
    }

    @Test func leavesKeysOfOtherTypesAloneWhateverTheirName() throws {
        let server = try RedisServer()
        defer { server.stop() }
        try server.command("SET", "spring:session:sessions:text", "no hash")
        try server.command("SADD", "spring:session:sessions:set", "member")
        try server.command("RPUSH", "0123456789ABCDEF0123456789ABCDEF", "item")
        try server.command("XADD", "stream:sessions:x", "*", "field", "value")
        try server.command("HSET", "chat:sessions:room", "topic", "not a session")
        try server.command("SET", "spring:session:sessions:expires:late", "")
        for parts in [SessionParts(), .principal, .size, .attributes, .variant] {
            let (sessions, summary) = try scan(server, parts)
            #expect(sessions.map { String(decoding: $0.key, as: UTF8.self) } == [])
            #expect(summary.sessions == 0 && summary.others == 2 && summary.misnamed == 3)
            #expect(summary.auxiliary == ["shadow key": 1])
        }
    }

    /// A request that ran while the session was deleted leaves a hash with some of the fields.
    @Test(arguments: [["lastAccessedTime"], ["sessionAttr:cart"], ["creationTime", "sessionAttr:cart"]])
    func findsSessionsWithMissingFieldsInEveryWay(_ fields: [String]) throws {
        let server = try RedisServer()
        defer { server.stop() }
        for field in fields { try server.command("HSET", "app:sessions:poor", field, "1") }
        for parts in [SessionParts(), .principal, .attributes] {
            let (sessions, summary) = try scan(server, parts)
            #expect(summary.sessions == 1 && summary.others == 0)
            let missing = sessions.first?.findings.filter { $0.code == "missing-field" }.count
            #expect(missing == 3 - fields.filter { !$0.hasPrefix("sessionAttr") }.count)
        }
    }

    @Test func stopsWhenTheCallerHasEnough() throws {
        let server = try RedisServer()
        defer { server.stop() }
        try server.loadAllFixtures()
        let store = try server.store()
        var count = 0
        _ = try SessionScan(parts: .attributes).run(on: store) { _ in
            count += 1
            return count < 5
        }
        #expect(count == 5)
        #expect(try store.keyCount() == 239)
    }

    @Test func walksOnlyOverWhatIsAskedFor() throws {
        let server = try RedisServer()
        defer { server.stop() }
        try server.loadAllFixtures()
        #expect(try scan(server, pattern: "spring:session:shop:*").sessions.count == 3)
    }

    /// Reading by a user who may not is no empty database.
    @Test func aUserWhoMayNotReadIsTold() throws {
        let server = try RedisServer { $0.users = ["walker on >pw ~* +scan +dbsize +pttl"] }
        defer { server.stop() }
        try server.load(FixtureStore("spring-session-3.5.7-simple"))
        #expect {
            try SessionScan(parts: []).run(on: server.store(user: "walker", password: "pw")) { _ in true }
        } throws: { error in
            guard case StorageError.redis(let error) = error else { return false }
            return error.kind == .permission
        }
    }

    @Test func keysThatTheUserMayNotReadAreCounted() throws {
        let server = try RedisServer { $0.users = ["shop on >pw ~spring:session:shop:* +@all -@write"] }
        defer { server.stop() }
        try server.load(FixtureStore("spring-session-1.2.1"))
        let summary = try SessionScan(parts: .principal).run(on: server.store(user: "shop", password: "pw")) { _ in true
        }
        #expect(summary.sessions == 3)
        #expect(summary.denied == 27)
        #expect(summary.auxiliary.values.reduce(0, +) == 41)
    }

    // MARK: Made sessions

    /// RFC 7519 §3.1.
    private static let token =
        "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS"
        + "9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"

    private static let metadata: [(String, [UInt8])] = [
        ("creationTime", Array("1795417059037".utf8)), ("lastAccessedTime", Array("1795417059037".utf8)),
        ("maxInactiveInterval", Array("1800".utf8)),
    ]

    private static func hset(_ key: [UInt8], _ fields: [(String, [UInt8])]) -> [[UInt8]] {
        [Array("HSET".utf8), key] + fields.flatMap { [Array($0.0.utf8), $0.1] }
    }

    /// What is out after a look at the cheap parts costs nothing more; the others are as a scan for all finds them.
    @Test func fetchesTheRestOnlyOfWhatIsStillIn() throws {
        let server = try RedisServer()
        defer { server.stop() }
        try server.loadAllFixtures()
        let all = try scan(server, [.attributes, .size, .principal]).sessions.filter { $0.principal == "frank" }
        try server.command("CONFIG", "RESETSTAT")
        let filter = try SessionFilter("class ~ . and user = frank", now: 0)
        var found: [Session] = []
        let some = SessionScan(
            parts: [.attributes, .size, .principal], principalMatters: true,
            preselection: .init(parts: filter.cheapParts) { session, now in
                filter.decision(on: session, now: now, known: filter.cheapParts) == false
            })
        let summary = try some.run(on: server.store()) { session in
            if filter.matches(session, now: 0) { found.append(session) }
            return true
        }
        #expect(summary.sessions == 141 && found.count == all.count && found.count == 5, "\(found.count)")
        let byKey = Dictionary(uniqueKeysWithValues: all.map { ($0.key, $0) })
        for session in found {
            let other = try #require(byKey[session.key])
            #expect(session.attributes?.map(\.value.bytes) == other.attributes?.map(\.value.bytes))
            #expect(session.sizeBytes == other.sizeBytes)
        }
        guard case .string(let bytes) = try server.command("INFO", "commandstats") else { return #expect(Bool(false)) }
        let statistics = String(decoding: bytes, as: UTF8.self)
        #expect(statistics.contains("cmdstat_hgetall:calls=\(found.count),"), "\(statistics)")
    }
}
