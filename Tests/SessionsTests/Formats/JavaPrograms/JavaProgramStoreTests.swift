import JavaSerialization
import TestSupport
import Testing

@testable import Sessions

/// Every session of the stores whose software was not run, against what their writer said of it.
struct JavaProgramStoreTests {
    /// When all lives of keys are counted from.
    static let now: Int64 = 1_800_000_000_000

    struct Expectation: Sendable, CustomStringConvertible {
        let name: String
        let format: String
        /// Of most sessions.
        let variant: String?
        let sessions: Int
        let attributes: Int
        let nodes: Int
        var auxiliary: [String: Int] = [:]
        var others = 0
        /// Keys that hold a session without content: placeholders and pings.
        var empty = 0

        var description: String { name }
        var store: FixtureStore { FixtureStore("java-programs/" + name) }
    }

    static let expectations = [
        Expectation(
            name: "amadeus-session-replacer", format: "amadeus", variant: "default", sessions: 13, attributes: 80,
            nodes: 628, auxiliary: ["session ids": 1]),
        Expectation(
            name: "amadeus-session-replacer-notification", format: "amadeus", variant: "notification", sessions: 13,
            attributes: 80, nodes: 628, auxiliary: ["expirations": 12, "shadow key": 12]),
        Expectation(
            name: "amadeus-session-replacer-sticky", format: "amadeus", variant: "sticky", sessions: 13, attributes: 80,
            nodes: 628, auxiliary: ["session ids": 1]),
        Expectation(
            name: "chexagon-redis-session-manager", format: "tomcat", variant: "chexagon", sessions: 12, attributes: 72,
            nodes: 549),
        Expectation(
            name: "dotcms-redis-session-manager", format: "tomcat", variant: "dotcms", sessions: 14, attributes: 78,
            nodes: 581, empty: 1),
        Expectation(
            name: "memcached-session-manager-non-sticky", format: "memcached", variant: "non-sticky", sessions: 16,
            attributes: 84, nodes: 613, auxiliary: ["lock": 1, "validity": 17]),
        Expectation(
            name: "memcached-session-manager-sticky", format: "memcached", variant: "sticky", sessions: 16,
            attributes: 84, nodes: 613, empty: 1),
        Expectation(
            name: "overit-redis-manager", format: "tomcat", variant: "raw", sessions: 13, attributes: 77, nodes: 577,
            auxiliary: ["session ids": 1]),
        Expectation(
            name: "pivotal-session-managers", format: "tomcat", variant: "raw", sessions: 13, attributes: 77,
            nodes: 577,
            auxiliary: ["session ids": 1]),
        Expectation(
            name: "ran-jit-1.x", format: "tomcat", variant: "ranjit", sessions: 14, attributes: 78, nodes: 581, empty: 1
        ),
        Expectation(
            name: "ran-jit-2.x", format: "tomcat", variant: "ranjit", sessions: 14, attributes: 78, nodes: 581, empty: 1
        ),
        Expectation(
            name: "ran-jit-4.x", format: "tomcat", variant: "ranjit", sessions: 14, attributes: 78, nodes: 581,
            auxiliary: ["single sign-on": 1], empty: 1),
        Expectation(
            name: "redisson-spring-session", format: "redisson", variant: "repository", sessions: 12, attributes: 79,
            nodes: 625, auxiliary: ["principal index": 2, "shadow key": 11]),
        Expectation(
            name: "shiro-redis", format: "shiro", variant: nil, sessions: 13, attributes: 80, nodes: 622,
            auxiliary: ["cache": 1]),
        Expectation(
            name: "tomcat-redis-session-manager-1.2", format: "tomcat", variant: "jcoleman1", sessions: 14,
            attributes: 78, nodes: 581, empty: 1),
        Expectation(
            name: "tomcat10-redis-session-manager", format: "tomcat", variant: "jcoleman", sessions: 14, attributes: 78,
            nodes: 581, empty: 1),
        Expectation(
            name: "tomcat9-notes-redis-session-manager", format: "tomcat", variant: "jcoleman", sessions: 14,
            attributes: 78, nodes: 581, empty: 1),
        Expectation(
            name: "zinin-tomcat-redis-session", format: "zinin", variant: nil, sessions: 11, attributes: 78, nodes: 622,
            auxiliary: ["attribute": 78, "attribute names": 10, "session ids": 1, "time": 33]),
    ]

    /// The stores of other formats than these have tests of their own.
    private static let elsewhere = ["jwt-keys", "spring-oauth-token-store"]

    @Test func noStoreIsLeftOut() throws {
        let names = try Fixtures.names(in: "java-programs").filter {
            $0 != "README.md" && !$0.hasPrefix("spring-session")
        }
        #expect(names == (Self.expectations.map(\.name) + Self.elsewhere).sorted())
        #expect(Self.expectations.map(\.sessions).reduce(0, +) == 243)
        #expect(Self.expectations.map(\.attributes).reduce(0, +) == 1417)
        #expect(Self.expectations.map(\.nodes).reduce(0, +) == 10749)
    }

    @Test(arguments: expectations)
    func everySessionEqualsItsGroundTruth(_ expectation: Expectation) throws {
        let stored = try StoredFixture(expectation.store, now: Self.now)
        #expect(
            stored.counts
                == StoredFixture.Counts(
                    sessions: expectation.sessions + expectation.empty, auxiliary: expectation.auxiliary,
                    others: expectation.others))
        var seen = (sessions: 0, attributes: 0, nodes: 0)
        for expected in try expectation.store.expectedSessions() {
            let truth = try SessionTruth(expected)
            let session = try #require(stored.session(ofKey: truth.key), "\(truth.label)")
            #expect(session.format == expectation.format)
            #expect(session.variant == truth.variant(of: session, expectation), "\(truth.label)")
            try truth.compareMetadata(session)
            try truth.comparePrincipal(session)
            let compared = try SessionValues.compare(
                try #require(session.attributes), with: try expected.required("attributes"))
            #expect(compared.differences == [], "\(truth.label)")
            #expect(session.attributes?.count == (try expected.required("attributes").names.count), "\(truth.label)")
            seen.sessions += 1
            seen.attributes += compared.attributes
            seen.nodes += compared.nodes
        }
        #expect(seen == (expectation.sessions, expectation.attributes, expectation.nodes))
    }

    /// A large value is not fetched whole to list it: its first kilobyte says the same times.
    @Test(arguments: expectations)
    func theFirstKilobyteTellsIdAndTimes(_ expectation: Expectation) throws {
        let stored = try StoredFixture(expectation.store, now: Self.now)
        var compared = 0
        for (key, session) in stored.sessions {
            guard case .string(let value)? = stored.records[key]?.content, value.count > 1024 else { continue }
            var record = try #require(stored.records[key])
            record.content = .string(Array(value.prefix(1024)))
            record.isWhole = false
            let part = try #require(SessionFormats.session(from: record, now: Self.now))
            #expect(part.id == session.id && part.namespace == session.namespace && part.variant == session.variant)
            #expect(part.createdAt == session.createdAt && part.lastAccessedAt == session.lastAccessedAt)
            #expect(part.maxInactiveSeconds == session.maxInactiveSeconds && part.attributes == nil)
            #expect(part.findings.filter { $0.code != "double-route" && $0.code != "stopped" } == [])
            compared += 1
        }
        #expect(compared > 0 || ["amadeus", "redisson", "zinin"].contains(expectation.format))
    }
}

extension StoredFixture {
    /// The session whose key the writer named; where a session is many keys, they begin with it.
    func session(ofKey key: [UInt8]) -> Session? { sessions[key] ?? sessions[key + Array(":creation_time".utf8)] }
}
