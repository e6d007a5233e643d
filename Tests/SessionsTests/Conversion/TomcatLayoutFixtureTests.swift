import JavaSerialization
import TestSupport
import Testing

@testable import Sessions

/// What is written as Tomcat's holds every session of every store, each attribute with the bytes that it has by itself.
struct TomcatLayoutFixtureTests {
    private static let now: Int64 = 1_795_500_000_000

    /// How many sessions and attributes are carried, and how many sessions are not, by store; of stores with JSON the sessions alone.
    private static let carried: [String: [Int]] = [
        "redisson-tomcat-3.52.0": [10, 65, 0], "redisson-tomcat-3.52.0-json": [5, 0, 0],
        "spring-session-1.2.1": [30, 495, 0], "spring-session-1.2.1-json": [5, 0, 0],
        "spring-session-2.7.4-indexed": [11, 61, 0], "spring-session-2.7.4-json": [8, 0, 0],
        "spring-session-2.7.4-simple": [5, 38, 0], "spring-session-3.5.7-indexed": [11, 69, 0],
        "spring-session-3.5.7-indexed-zset": [7, 42, 0], "spring-session-3.5.7-json-security": [3, 0, 0],
        "spring-session-3.5.7-simple": [5, 35, 0], "spring-session-3.5.7-simple-json": [6, 0, 0],
        // One is a placeholder, which holds no session.
        "tomcat-redis-session-manager-2.0.0": [24, 439, 1], "tomcat9-redis-session-manager": [6, 47, 0],
    ]

    @Test(arguments: try FixtureStore.all().map(\.name)) func holdsEverySession(_ name: String) throws {
        let sessions = try StoredFixture(FixtureStore(name), now: Self.now).sessions.values
        var counts = [0, 0, 0]
        for session in sessions.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            guard var portable = try? PortableSession(of: session, now: Self.now, interval: 1800) else {
                counts[2] += 1
                continue
            }
            portable.attributes.removeAll { $0.encoding != .java }
            for objects in TomcatLayout.Objects.allCases {
                for manager in TomcatLayout.Manager.allCases {
                    try compare(portable, TomcatLayout(objects, manager: manager, keyPrefix: Array("app:".utf8)))
                }
            }
            counts[0] += 1
            counts[1] += portable.attributes.count
        }
        #expect(counts == Self.carried[name])
    }

    private func compare(_ session: PortableSession, _ layout: TomcatLayout) throws {
        let keys = try layout.keys(of: session)
        let key = try #require(keys.first)
        guard case .string(let value) = key.content else { return #expect(Bool(false)) }
        #expect(keys.count == 1)
        let life = try #require(key.end) - Self.now
        var record = StoredRecord(key: key.key, content: .string(value), timeToLive: .milliseconds(life))
        record.managerInterval = 1800
        let read = try #require(SessionFormats.session(from: record, now: Self.now))
        #expect(read.format == "tomcat" && read.variant == layout.manager.rawValue)
        let known = ["expired", "stored-password", "opaque"]
        #expect(read.findings.filter { !known.contains($0.code) }.map(\.code) == [])
        #expect(read.createdAt == session.createdAt && read.lastAccessedAt == session.lastAccessedAt)
        let again = try PortableSession(of: read, now: Self.now, interval: 1800)
        #expect(again.id == session.id && again.route == session.route)
        let attributes = Dictionary(again.attributes.map { ($0.name, $0) }) { $1 }
        #expect(attributes.count == session.attributes.count)
        for attribute in session.attributes where attributes[attribute.name] != attribute {
            // Of this class alone nobody else knows where its objects end: it is there and kept unread (ch. 1).
            let isUnread = attributes[attribute.name]?.encoding == .opaque && attribute.name == Array("raw".utf8)
            #expect(isUnread, "\(layout.objects): \(EscapedName.text(of: attribute.name))")
        }
    }

    /// What one attribute shares with another in Tomcat's one stream is said, as it is lost where each has its own.
    @Test func namesAttributesThatShareObjects() throws {
        var parted: [String: [String]] = [:]
        let store = FixtureStore("tomcat-redis-session-manager-2.0.0")
        let labels = try Dictionary(
            store.expectedSessions().compactMap { one in
                one["id"]?.string.map { (Array($0.utf8), one["label"]?.string) }
            }
        ) { $1 }
        for session in try StoredFixture(store, now: Self.now).sessions.values {
            guard let portable = try? PortableSession(of: session, now: Self.now, interval: 1800),
                !portable.parted.isEmpty
            else { continue }
            parted[(labels[session.key] ?? nil) ?? "?"] = portable.parted.map { EscapedName.text(of: $0) }.sorted()
        }
        // Two calendars have one time zone, two exceptions one empty list.
        let wanted = [
            "datetime": ["calendar", "calendarUtc"], "exotic": ["error", "exception"],
            "graphs": ["first", "plain", "second"],
        ]
        #expect(parted == wanted)
    }

    /// 0 means never in Tomcat and ended in Spring Session: neither is taken for the other.
    @Test func neverAndEndedStayWhatTheyAre() throws {
        func session(_ interval: Int64, _ format: String) throws -> PortableSession {
            var session = Session(id: [65], format: format, key: [65], timeToLive: .none)
            (session.createdAt, session.lastAccessedAt) = (Self.now, Self.now)
            (session.maxInactiveSeconds, session.attributes) = (interval, [])
            return try PortableSession(of: session, now: Self.now)
        }
        let never = try session(0, "tomcat")
        #expect(try SpringLayout(.indexed).keys(of: never).allSatisfy { $0.end == nil })
        #expect(throws: ConversionRefusal.self) { try SpringLayout(.default).keys(of: never) }
        #expect(try TomcatLayout(manager: .raw).keys(of: never).map(\.end) == [nil])
        #expect(throws: ConversionRefusal.self) { try TomcatLayout(manager: .jcoleman).keys(of: never) }
        for manager in TomcatLayout.Manager.allCases {
            #expect(throws: ConversionRefusal.self) {
                try TomcatLayout(manager: manager).keys(of: try session(0, "spring"))
            }
        }
    }
}
