import Foundation
import TestSupport
import Testing

@testable import Commands

/// A limit counts what is changed: whoever gives the command again comes to the others.
struct LimitedChangeIntegrationTests {
    /// Sessions that can be extended, and far more that lack a field and are refused.
    private func crowded(good: Int, bad: Int) throws -> RedisServer {
        let server = try RedisServer()
        func words(_ name: String, _ fields: [String]) -> [[UInt8]] {
            (["HSET", "spring:session:sessions:" + name] + fields).map { Array($0.utf8) }
        }
        let rest = ["lastAccessedTime", "1795000000000", "maxInactiveInterval", "2592000"]
        try server.pipeline((0..<good).map { words("good-\($0)", ["creationTime", "1"] + rest) })
        try server.pipeline((0..<bad).map { words("bad-\($0)", rest) })
        return server
    }

    private func extended(_ server: RedisServer, good: Int) throws -> Int {
        try (0..<good).count { number in
            let last = try server.command("HGET", "spring:session:sessions:good-\(number)", "lastAccessedTime")
            return last != .string(Array("1795000000000".utf8))
        }
    }

    @Test(arguments: ["", " --rate 100000"]) func aRepeatedRunGoesOn(_ rate: String) throws {
        let (good, bad) = (12, 900)
        let server = try crowded(good: good, bad: bad)
        defer { server.stop() }
        let home = try TemporaryDirectory()
        for done in [5, 10, 12, 12] {
            let run = CommandRun(
                ("touch --where idle>1m --yes --limit 5 --no-undo" + rate).split(separator: " ")
                    .map(String.init), on: server, environment: ["XDG_STATE_HOME": home.path],
                monotonic: { ProcessInfo.processInfo.systemUptime })
            #expect(try extended(server, good: good) == done, "\(run.err)")
            #expect([.partial, .usage].contains(run.status) && run.err.contains("refused"), "\(run.err)")
            #expect(!run.err.contains("not reached"), "\(run.err)")
        }
    }

    /// Also where so many are on their way at once that the limit lies in the middle of them.
    @Test func aLargeLimitIsKeptToTheSession() throws {
        let server = try crowded(good: 2000, bad: 700)
        defer { server.stop() }
        for done in [1300, 2000] {
            let run = CommandRun(
                "touch --where idle>1m --yes --at-most 3000 --limit 1300 --no-undo", on: server)
            #expect(try extended(server, good: 2000) == done, "\(run.err)")
        }
    }

    @Test func aDryRunShowsAsManyAsWouldBeChanged() throws {
        let server = try crowded(good: 12, bad: 60)
        defer { server.stop() }
        for (limit, shown) in [(5, 5), (20, 12)] {
            let run = CommandRun("touch --all --dry-run --limit \(limit)", on: server)
            #expect(run.out.split(separator: "\n").count { $0.hasPrefix("  HSET") } == shown, "\(run.out)")
        }
        #expect(try extended(server, good: 12) == 0)
    }
}
