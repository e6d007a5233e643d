import TestSupport
import Testing

/// The stores that `Tests/JavaPrograms/write-session-stores` writes.
struct JavaProgramFixtureTests {
    struct Expectation: Sendable, CustomStringConvertible {
        let name: String
        let keys: Int
        let sessions: Int

        var description: String { name }
        var store: FixtureStore { FixtureStore("java-programs/" + name) }

        init(_ name: String, keys: Int, sessions: Int) {
            (self.name, self.keys, self.sessions) = (name, keys, sessions)
        }
    }

    static let expectations = [
        Expectation("amadeus-session-replacer", keys: 14, sessions: 13),
        Expectation("amadeus-session-replacer-notification", keys: 37, sessions: 13),
        Expectation("amadeus-session-replacer-sticky", keys: 14, sessions: 13),
        Expectation("chexagon-redis-session-manager", keys: 12, sessions: 12),
        Expectation("dotcms-redis-session-manager", keys: 15, sessions: 14),
        Expectation("jwt-keys", keys: 19, sessions: 19),
        Expectation("memcached-session-manager-non-sticky", keys: 34, sessions: 16),
        Expectation("memcached-session-manager-sticky", keys: 17, sessions: 16),
        Expectation("overit-redis-manager", keys: 14, sessions: 13),
        Expectation("pivotal-session-managers", keys: 14, sessions: 13),
        Expectation("ran-jit-1.x", keys: 15, sessions: 14),
        Expectation("ran-jit-2.x", keys: 15, sessions: 14),
        Expectation("ran-jit-4.x", keys: 16, sessions: 14),
        Expectation("redisson-spring-session", keys: 25, sessions: 12),
        Expectation("shiro-redis", keys: 14, sessions: 13),
        Expectation("spring-oauth-token-store", keys: 17, sessions: 4),
        Expectation("spring-session-1.0.0", keys: 23, sessions: 12),
        Expectation("spring-session-1.0.2", keys: 23, sessions: 12),
        Expectation("spring-session-jwt", keys: 6, sessions: 6),
        Expectation("spring-session-reactive-indexed", keys: 31, sessions: 13),
        Expectation("tomcat-redis-session-manager-1.2", keys: 15, sessions: 14),
        Expectation("tomcat10-redis-session-manager", keys: 15, sessions: 14),
        Expectation("tomcat9-notes-redis-session-manager", keys: 15, sessions: 14),
        Expectation("zinin-tomcat-redis-session", keys: 133, sessions: 11),
    ]

    @Test func noStoreIsLeftOut() throws {
        let names = try Fixtures.names(in: "java-programs").filter { $0 != "README.md" }
        #expect(names == Self.expectations.map(\.name))
    }

    @Test(arguments: expectations)
    func storeReadsWhole(_ expectation: Expectation) throws {
        let records = try expectation.store.records()
        let sessions = try expectation.store.expectedSessions()
        #expect(records.count == expectation.keys)
        #expect(sessions.count == expectation.sessions)
        #expect(try Set(sessions.map { try $0.required("key").requiredString() }).count == sessions.count)
    }

    /// A session's key holds as many bytes as its writer said; where a session is many keys, they begin with it.
    @Test(arguments: expectations)
    func everySessionHasItsKey(_ expectation: Expectation) throws {
        let records = try expectation.store.records()
        for session in try expectation.store.expectedSessions() {
            let key = Array(try session.required("key").requiredString().utf8)
            guard let record = records.first(where: { $0.key == key }) else {
                #expect(records.contains { $0.key.starts(with: key + [UInt8(ascii: ":")]) })
                continue
            }
            guard case .string(let value) = record.content, let bytes = try? session.required("bytes") else { continue }
            #expect(try bytes.requiredInteger() == Int64(value.count))
        }
    }
}
