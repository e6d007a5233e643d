import TestSupport
import Testing

@testable import Sessions

/// A key that lives for ever is reported in every format, unless its interval says "never" to the application that wrote it
/// (session-formats, ch. 15, rule 6).
struct KeyWithoutLifeTests {
    /// Stores, how many sessions they have, and how many of these are without content or may live for ever: Tomcat's managers give each
    /// key the life that they are set to, whatever its session says.
    private static let stores = [
        ("spring-session-3.5.7-indexed", 11, 0), ("spring-session-3.5.7-simple", 5, 0),
        ("tomcat-redis-session-manager-2.0.0", 25, 1), ("redisson-tomcat-3.52.0", 10, 1),
        ("redisson-tomcat-3.52.0-json", 5, 0), ("java-programs/redisson-spring-session", 12, 1),
        ("java-programs/ran-jit-4.x", 15, 1), ("java-programs/dotcms-redis-session-manager", 15, 1),
        ("java-programs/chexagon-redis-session-manager", 12, 0), ("java-programs/overit-redis-manager", 13, 0),
        ("java-programs/pivotal-session-managers", 13, 0), ("java-programs/shiro-redis", 13, 1),
        ("java-programs/amadeus-session-replacer", 13, 1),
        ("java-programs/memcached-session-manager-non-sticky", 16, 1),
        ("java-programs/memcached-session-manager-sticky", 17, 2),
    ]

    @Test(arguments: stores)
    func aKeyWithoutLifeIsReported(_ name: String, _ count: Int, _ excused: Int) throws {
        let records = try StoredFixture(FixtureStore(name), now: 1_800_000_000_000).records.values
        let sessions = records.compactMap { Self.session($0, .none) }
        let unreported = sessions.filter { !Self.isReported($0) }
        #expect(sessions.count == count)
        #expect(unreported.count == excused)
        #expect(unreported.allSatisfy { Self.isEmpty($0) || $0.maxInactiveSeconds == -1 })
        for life in [TimeToLive.unknown, .milliseconds(1)] {
            #expect(!records.contains { Self.session($0, life).map(Self.isReported) ?? true })
        }
    }

    private static func isEmpty(_ session: Session) -> Bool {
        session.findings.contains { ["placeholder", "lost-session"].contains($0.code) }
    }

    private static func session(_ record: StoredRecord, _ life: TimeToLive) -> Session? {
        var record = record
        record.timeToLive = life
        return SessionFormats.session(from: record, now: 1_800_000_000_000)
    }

    private static func isReported(_ session: Session) -> Bool { session.findings.contains { $0.code == "no-expiry" } }
}
