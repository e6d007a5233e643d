import Foundation
import TestSupport
import Testing

@testable import Redis
@testable import SessionStorage
import Sessions

@Suite struct SessionNamesTests {
    private final class Time: @unchecked Sendable {
        var seconds = 0.0
    }

    private static func now() -> Double { Date().timeIntervalSinceReferenceDate }

    private func names(_ server: RedisServer, clock: @escaping () -> Double) -> SessionNames {
        let endpoint = RedisEndpoint(.unix(path: server.socketPath))
        let timeouts = RedisTimeouts(connect: .milliseconds(40), progress: .milliseconds(40))
        return SessionNames(
            connect: { () throws(RedisError) in try RedisConnection.connect(to: endpoint, timeouts: timeouts) },
            clock: clock)
    }

    private func addSpringSessions(_ count: Int, to server: RedisServer, prefix: String = "s") throws {
        try server.pipeline(
            (0..<count).map { number in
                ["HSET", "spring:session:sessions:\(prefix)\(number)", "creationTime", "x"].map { Array($0.utf8) }
            })
    }

    @Test func gathersIdsKeysAndPrincipals() throws {
        let server = try RedisServer()
        try server.load(FixtureStore("spring-session-3.5.7-indexed"))
        let gathered = names(server, clock: { 0 }).gathered(within: 1)
        #expect(gathered.ids.count == 11 && gathered.ids.contains("bbb893b2-0fd5-458f-a3f6-4a39db3ee156"))
        #expect(gathered.keys.contains("spring:session:sessions:bbb893b2-0fd5-458f-a3f6-4a39db3ee156"))
        #expect(gathered.principals.isSuperset(of: ["late", "frank", "bob@example.org"]))
        let paths = ["customer.id", "record", "record.x", "roles[0]", "SPRING_SECURITY_CONTEXT.authentication"]
        #expect(gathered.attributePaths.isSuperset(of: paths), "\(gathered.attributePaths.sorted())")
        // Each is a path that leads somewhere.
        let filters = try gathered.attributePaths.map { try SessionFilter("has(\($0))", now: 0) }
        var found = 0
        _ = try SessionScan(parts: .attributes).run(on: server.store()) { session in
            found += filters.count { $0.matches(session, now: 0) }
            return true
        }
        #expect(found >= filters.count && filters.count > 100, "\(found) of \(filters.count)")
    }

    @Test func staysFreshForAFewSeconds() throws {
        let server = try RedisServer()
        try addSpringSessions(3, to: server)
        let time = Time()
        let names = names(server) { time.seconds }
        #expect(names.gathered(within: 1).ids.count == 3)
        try addSpringSessions(5, to: server)
        #expect(names.gathered(within: 1).ids.count == 3)
        time.seconds = 10
        #expect(names.gathered(within: 1).ids.count == 5)
    }

    @Test func goesOnWhereItStopped() throws {
        let server = try RedisServer()
        try addSpringSessions(500, to: server)
        let time = Time()
        // Every look at the clock costs a second, so each call has time for one step.
        let names = names(server) {
            time.seconds += 1
            return time.seconds
        }
        var counts: [Int] = []
        for _ in 0..<60 { counts.append(names.gathered(within: 1.5).ids.count) }
        #expect(counts[1] < 500 && counts.last == 500)
        #expect(counts == counts.sorted())
    }

    @Test func isBounded() throws {
        let server = try RedisServer()
        try addSpringSessions(SessionNames.limit + 2000, to: server)
        let count = names(server, clock: { 0 }).gathered(within: 1).ids.count
        #expect(count >= SessionNames.limit && count < SessionNames.limit + 1000)
    }

    @Test func neverBlocksLong() throws {
        let server = try RedisServer()
        try addSpringSessions(100, to: server)
        let names = names(server, clock: Self.now)
        #expect(names.gathered(within: 0.05).ids.count == 100)
        let again = self.names(server, clock: Self.now)
        server.suspend()
        defer { server.resume() }
        for names in [names, again] {
            let start = Self.now()
            for _ in 0..<10 { _ = names.gathered(within: 0.05) }
            // Ten times Tab: one wait, then the server is left alone; ten waits would be 0.8 s.
            #expect(Self.now() - start < 0.6)
        }
        #expect(names.gathered(within: 0.05).ids.count == 100)
    }

    @Test func hasNoNamesWithoutAServer() throws {
        let server = try RedisServer()
        let names = names(server, clock: Self.now)
        server.stop()
        #expect(names.gathered(within: 0.05) == SessionNames.Gathered())
    }
}
