import Redis
import Sessions
import TestSupport
import Testing

@testable import SessionStorage

/// A hash whose life alone somebody has set anew between the look and the step: it is in use, and is neither ended nor extended.
struct ProlongedIntegrationTests {
    private static let stores = [
        "spring-session-3.5.7-simple", "spring-session-2.7.4-simple", "spring-session-2.7.4-indexed",
        "java-programs/spring-session-1.0.0", "java-programs/redisson-spring-session", "redisson-tomcat-3.52.0",
        "java-programs/amadeus-session-replacer", "java-programs/jwt-keys",
    ]

    enum Change: CaseIterable {
        case expire, touch

        func plan(_ group: SessionGroup, _ context: ChangeContext) throws(ChangeRefusal) -> ChangePlan {
            switch self {
            case .expire: try SessionChanges.expire(group, context)
            case .touch: try SessionChanges.touch(group, context)
            }
        }
    }

    /// What a test looks at of a key.
    private struct Content: Equatable {
        let fields: Set<[UInt8]>
        let end: RespValue
    }

    private func content(_ server: RedisServer, _ key: [UInt8]) throws -> Content {
        Content(
            fields: Set(try server.call("HGETALL", key).items), end: try server.call("PEXPIRETIME", key))
    }

    /// The sessions that are hashes, and the last use of any of them, when none has ended.
    private func hashes(_ server: RedisServer, _ store: SessionStore) throws -> (keys: [[UInt8]], lastUse: Int64?) {
        var found: [Session] = []
        _ = try SessionScan(parts: []).run(on: store) { session in
            found.append(session)
            return true
        }
        let keys = try found.map(\.key).filter { [server] in try server.type(of: $0) == "hash" }
        return (keys, found.compactMap(\.lastAccessedAt).max())
    }

    private static let ended = stores.map { ($0, Change.expire) }
    private static let extended = stores.prefix(5).map { ($0, Change.touch) }

    @Test(arguments: ended + extended) func isLeft(_ name: String, _ change: Change) throws {
        for (user, isKept) in [(nil, true), (nil, false), ("plain", true), ("plain", false)] {
            let server = try RedisServer { $0.users = ["plain on nopass ~* &* +@all -@scripting"] }
            defer { server.stop() }
            try server.load(FixtureStore(name))
            let store = try server.store(user: user)
            let facts = try ChangeServer(of: store.connection)
            let (keys, lastUse) = try hashes(server, store)
            let now = lastUse ?? facts.time
            store.clockOffset = now - store.now()
            let end = facts.time + 2_592_000_000
            for key in keys { try server.command([Array("PEXPIREAT".utf8), key, (end - 600_000_000).decimal]) }
            let asked = SessionChange(filter: SessionFilter(all: []), sparesActive: true) {
                group, context throws(ChangeRefusal) in
                let plan = try change.plan(group, context)
                _ = try? server.command([Array("PEXPIREAT".utf8), group.record.key, end.decimal])
                return plan
            }
            var batch = try ChangeBatch(asked, of: store, facts, keep: isKept ? { _ in } : nil)
            var before: [[UInt8]: Content] = [:]
            for key in keys { before[key] = try content(server, key) }
            let changed = try batch.run(keys.map { FoundSession($0) }, ChangeContext(now: now))
            let active = changed.filter { $0.outcome.word == "active again" }
            #expect(!active.isEmpty, "\(name): \(changed.map(\.outcome))")
            // A plan that leaves the life as it is may be run: what is left of a logout that was not finished, a last use alone.
            for one in changed where one.outcome.wasWritten {
                let commands = (one.plan?.commands ?? []).filter { $0.key == one.key }.map(\.name)
                #expect(commands.allSatisfy { $0 == "HSET" }, "\(name) \(commands)")
                #expect(try content(server, one.key).end == .integer(end))
            }
            for one in active {
                let after = try content(server, one.key)
                #expect(after == Content(fields: before[one.key]?.fields ?? [], end: .integer(end)), "\(name)")
            }
        }
    }
}
