import Redis
import Sessions
import TestSupport
import Testing

@testable import SessionStorage

/// The stores whose software was not run, in a real server: each in a database of its own, and all in one.
struct JavaProgramStoresIntegrationTests {
    static let now: Int64 = 1_800_000_000_000
    static let names: [String] = [
        "amadeus-session-replacer", "amadeus-session-replacer-notification", "amadeus-session-replacer-sticky",
        "chexagon-redis-session-manager", "dotcms-redis-session-manager", "memcached-session-manager-non-sticky",
        "memcached-session-manager-sticky", "overit-redis-manager", "pivotal-session-managers", "ran-jit-1.x",
        "ran-jit-2.x", "ran-jit-4.x", "redisson-spring-session", "shiro-redis", "spring-oauth-token-store",
        "tomcat-redis-session-manager-1.2", "tomcat10-redis-session-manager", "tomcat9-notes-redis-session-manager",
        "zinin-tomcat-redis-session",
    ]

    private func load(_ stores: [FixtureStore], _ server: RedisServer) throws {
        for store in stores { try server.load(store, forever: true) }
    }

    private func scan(_ server: RedisServer, _ parts: SessionParts) throws -> (sessions: [Session], ScanSummary) {
        var sessions: [Session] = []
        let summary = try SessionScan(parts: parts).run(on: server.store()) { session in
            sessions.append(session)
            return true
        }
        return (sessions, summary)
    }

    private func expected(_ store: FixtureStore) throws -> [(id: String, key: String, principal: String?)] {
        try store.expectedSessions().map {
            (
                try $0.required("id").requiredString(), try $0.required("key").requiredString(),
                $0["client"] == nil ? $0["principal"]?.string : nil
            )
        }
    }

    /// A listing without attributes and one with everything find the same sessions, and each can be named by id and key.
    @Test(arguments: names)
    func listsAndShowsEverySession(_ name: String) throws {
        let store = FixtureStore("java-programs/" + name)
        let server = try RedisServer()
        defer { server.stop() }
        try load([store], server)
        let truth = try expected(store)
        let (brief, summary) = try scan(server, [.principal, .timeToLive, .variant])
        let (whole, _) = try scan(server, [.principal, .timeToLive, .variant, .attributes, .size])
        let ids = truth.map(\.id).sorted()
        let named = brief.filter { $0.findings.allSatisfy { !["placeholder", "lost-session"].contains($0.code) } }
        #expect(named.map { String(decoding: $0.id, as: UTF8.self) }.sorted() == ids)
        #expect(summary.sessions == brief.count && whole.count == brief.count)
        let keys = try server.command("DBSIZE")
        #expect(keys == .integer(Int64(summary.sessions + summary.auxiliary.values.reduce(0, +) + summary.others)))
        try compare(brief, whole)
        let lookup = SessionLookup(
            store: try server.store(), namespaces: ["library"] + SessionLookup.defaultNamespaces)
        for one in truth {
            for word in [.any(one.id), SessionName.id(one.id)] {
                let found = try lookup.sessions(named: word)
                #expect(found.map(\.id) == [Array(one.id.utf8)], "\(one.id)")
                #expect(found.first?.principal == one.principal && found.first?.attributes != nil, "\(one.id)")
            }
            let key = one.key + (name.hasPrefix("zinin") ? ":creation_time" : "")
            #expect(try lookup.sessions(named: .key(key)).map(\.id) == [Array(one.id.utf8)])
        }
    }

    private func compare(_ brief: [Session], _ whole: [Session]) throws {
        let byKey = Dictionary(whole.map { ($0.key, $0) }) { $1 }
        for session in brief {
            let label = String(decoding: session.key, as: UTF8.self)
            let other = try #require(byKey[session.key], "\(label)")
            #expect(session.format == other.format && session.variant == other.variant, "\(label)")
            #expect(session.createdAt == other.createdAt && session.lastAccessedAt == other.lastAccessedAt, "\(label)")
            #expect(session.maxInactiveSeconds == other.maxInactiveSeconds, "\(label)")
            #expect(other.attributes != nil && other.sizeBytes != nil, "\(label)")
            // In the first four kilobytes of a large string there may be none.
            if session.principal != nil { #expect(session.principal == other.principal, "\(label)") }
        }
    }

    /// The names of ids, sets and locks of different managers do not get into each other's way.
    @Test func listsAndShowsEverythingInOneDatabase() throws {
        let server = try RedisServer()
        defer { server.stop() }
        let stores = try Self.names.map { FixtureStore("java-programs/" + $0) } + FixtureStore.all()
        // Two managers call their key of ids `sessions`: the last one stays.
        try load(stores, server)
        let (sessions, summary) = try scan(server, [.principal, .timeToLive, .variant, .attributes, .size])
        let counts = Dictionary(grouping: sessions) { $0.format }.mapValues(\.count)
        #expect(
            counts == [
                "amadeus": 39, "memcached": 32, "oauth": 4, "redisson": 27, "shiro": 13, "spring": 91, "tomcat": 169,
                "zinin": 11,
            ])
        #expect(summary.sessions == sessions.count)
        let names = try Set(Self.names.flatMap { try expected(FixtureStore("java-programs/" + $0)).map(\.id) })
        let found = Set(sessions.map { String(decoding: $0.id, as: UTF8.self) })
        #expect(names.count == 247 && names.isSubset(of: found))
        #expect(try expectedKeys(server) == summary.sessions + summary.others + summary.auxiliary.values.reduce(0, +))
        #expect(
            summary.auxiliary == [
                "access token by authentication": 4, "access tokens by client": 1, "access tokens by user": 2,
                "attribute": 78, "attribute names": 10, "cache": 1, "expirations": 23, "lock": 1, "principal index": 13,
                "refresh token": 6, "session ids": 3, "shadow key": 91, "single sign-on": 1, "time": 33, "validity": 17,
            ])
        #expect(summary.others == 5)
    }

    private func expectedKeys(_ server: RedisServer) throws -> Int {
        guard case .integer(let count) = try server.command("DBSIZE") else { return -1 }
        return Int(count)
    }
}
