import TestSupport
import Testing

@testable import Sessions

/// What the manager's own interval does to the sessions of each manager (session-formats, ch. 3.2, 3.3, 4 and 12).
struct ManagerIntervalTests {
    private static let now: Int64 = 1_800_000_000_000

    private func session(
        _ store: String, _ label: String, interval: Int64?, left: Int64 = 1_000_000
    ) throws -> Session {
        let store = FixtureStore("java-programs/" + store)
        let expected = try #require(
            try store.expectedSessions().first { try $0.required("label").requiredString() == label })
        let key = Array(try expected.required("key").requiredString().utf8)
        guard case .string(let value)? = try store.records().first(where: { $0.key == key })?.content else {
            throw FixtureError("no such session")
        }
        var record = StoredRecord(key: key, content: .string(value), timeToLive: .milliseconds(left))
        record.managerInterval = interval
        return try #require(SessionFormats.session(from: record, now: Self.now))
    }

    /// Interval shown, and milliseconds since the last access; nil where what is stored stays.
    @Test(
        arguments: [
            ("tomcat10-redis-session-manager", "strings", nil, 1800, 800_000),
            ("tomcat10-redis-session-manager", "strings", 3600, 3600, 2_600_000),
            ("tomcat10-redis-session-manager", "never-expires", nil, -1, nil),
            ("tomcat10-redis-session-manager", "never-expires", 3600, 3600, 2_600_000),
            ("tomcat10-redis-session-manager", "strings", 900, 900, nil),
            ("tomcat-redis-session-manager-1.2", "strings", 3600, 3600, 2_600_000),
            ("dotcms-redis-session-manager", "login-form", 3600, 3600, 2_600_000),
            ("chexagon-redis-session-manager", "strings", nil, 1800, 800_000),
            ("chexagon-redis-session-manager", "never-expires", 3600, 3600, 2_600_000),
            // A session's own interval is honoured if it is longer, and none is under 1800 s.
            ("ran-jit-4.x", "strings", 3600, 3600, 2_600_000), ("ran-jit-4.x", "strings", 900, 1800, 800_000),
            ("ran-jit-4.x", "never-expires", 900, 1800, 800_000),
            // What is stored is what holds.
            ("pivotal-session-managers", "strings", 3600, 1800, nil),
            ("overit-redis-manager", "strings", 3600, 1800, nil),
            ("memcached-session-manager-sticky", "strings", 3600, 1800, nil),
            ("shiro-redis", "strings", 3600, 1800, nil),
        ] as [(String, String, Int64?, Int64, Int64?)])
    func rules(_ store: String, _ label: String, _ interval: Int64?, _ shown: Int64, _ idle: Int64?) throws {
        let session = try self.session(store, label, interval: interval)
        let stored = try self.session(store, label, interval: nil, left: 0)
        #expect(session.maxInactiveSeconds == shown)
        if let idle {
            #expect(session.lastAccessedAt == Self.now - idle)
        } else {
            #expect(session.lastAccessedAt ?? 0 < 1_700_001_000_000 && session.lastAccessedAt != nil)
        }
        let detail = session.details.first { $0.name == "maxInactiveInterval" }?.value
        #expect(detail == (stored.maxInactiveSeconds == shown ? nil : stored.maxInactiveSeconds.map { String($0) }))
    }

    /// Fifteen seconds are the life of dotCMS' sessions without a user, whatever the interval.
    @Test func aLifeOfFifteenSecondsTellsNoAccessOfDotCMS() throws {
        let session = try self.session("dotcms-redis-session-manager", "strings", interval: 3600, left: 15_000)
        #expect(session.lastAccessedAt ?? 0 < 1_700_001_000_000)
        let longer = try self.session("dotcms-redis-session-manager", "strings", interval: 3600, left: 15_001)
        #expect(longer.lastAccessedAt == Self.now - 3_600_000 + 15_001)
    }

    /// The key was renewed since the clock was read; a life that is much longer is that of another interval.
    @Test func aKeyOfThisMomentTellsItsAccess() throws {
        let session = try self.session("tomcat10-redis-session-manager", "strings", interval: 999)
        #expect(session.lastAccessedAt == Self.now + 1000)
        let other = try self.session("tomcat10-redis-session-manager", "strings", interval: 939)
        #expect(other.lastAccessedAt ?? 0 < 1_700_001_000_000)
    }

    @Test func valuesAtTheEdgeOfNumbersStopNothing() throws {
        for interval: Int64 in [.max, .max / 1000 + 1, 1] {
            for left: Int64 in [.max, 0] {
                let read = try session("tomcat10-redis-session-manager", "strings", interval: interval, left: left)
                #expect(read.lastAccessedAt ?? 0 < 1_700_001_000_000 || interval == 1)
            }
        }
    }
}
