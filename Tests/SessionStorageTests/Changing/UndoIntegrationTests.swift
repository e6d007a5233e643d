import Redis
import Sessions
import TestSupport
import Testing

@testable import SessionStorage

/// What a change has written is taken back, on a real server: every key has the value and the end that it had.
struct UndoIntegrationTests {
    typealias Planning = SessionChange.Planning

    private static let expire: Planning = { group, context throws(ChangeRefusal) in
        try SessionChanges.expire(group, context)
    }
    private static let expireLater: Planning = { group, context throws(ChangeRefusal) in
        try SessionChanges.expire(group, at: context.now + 86_400_000, context)
    }
    private static let touch: Planning = { group, context throws(ChangeRefusal) in
        try SessionChanges.touch(group, context)
    }

    /// A store on a server that tells digests, and what is changed in it.
    private struct Bench {
        let server: RedisServer
        let store: SessionStore
        let facts: ChangeServer
        let connection: RedisConnection

        init(_ fixture: FixtureStore, user: String? = nil) throws {
            server = try RedisServer {
                $0.configuration = ["enable-debug-command yes"]
                $0.users = [
                    "plain on nopass ~* &* +@all -restore -@scripting", "norestore on nopass ~* &* +@all -restore",
                ]
            }
            try server.load(fixture)
            store = try server.store(user: user)
            facts = try ChangeServer(of: store.connection)
            store.clockOffset = facts.time - store.now()
            connection = try store.changeConnection()
        }

        /// The value and the end of every key.
        func everything() throws -> [[UInt8]: [RespValue]] { try server.everything() }

        func change(_ planning: @escaping Planning) throws -> (kept: [KeptSession], changed: [ChangedSession]) {
            var keys: [[UInt8]] = []
            _ = try SessionScan(parts: []).run(on: store) { session in
                keys.append(session.key)
                return true
            }
            var kept: [KeptSession] = []
            let change = SessionChange(filter: SessionFilter(all: []), sparesActive: true, planning: planning)
            var batch = try ChangeBatch(change, of: store, facts) { sessions throws(StorageError) in kept += sessions }
            let changed = try batch.run(keys.map { FoundSession($0) }, ChangeContext(now: facts.time))
            return (kept, changed)
        }

        func undo(_ kept: [KeptSession], _ manner: UndoBatch.Manner = .init(), now: Int64? = nil) throws -> [UndoBatch
            .Outcome]
        {
            var batch = UndoBatch(manner, of: store, on: connection, facts)
            return try batch.run(
                kept, changed: ChangeSpan(began: facts.time, ended: try ChangeServer(of: connection).time),
                now: now ?? facts.time)
        }
    }

    /// Lives are read by PTTL where nothing tells them to the millisecond.
    private static func isSame(_ one: [RespValue]?, _ other: [RespValue]?, within span: Int64) -> Bool {
        guard let one, let other, one.count == 2, other.count == 2, one[0] == other[0],
            case .integer(let first) = one[1], case .integer(let second) = other[1]
        else { return one == other }
        return (first - second).magnitude <= span
    }

    private func check(_ fixture: FixtureStore, user: String? = nil, _ undone: inout [String: Int]) throws {
        for (name, planning) in [("expire", Self.expire), ("later", Self.expireLater), ("touch", Self.touch)] {
            let bench = try Bench(fixture, user: user)
            defer { bench.server.stop() }
            let before = try bench.everything()
            let (kept, _) = try bench.change(planning)
            let outcomes = try bench.undo(kept)
            for (one, outcome) in zip(kept, outcomes) {
                guard case .restored = outcome else {
                    Issue.record("\(fixture.name) \(name) \(EscapedName.text(of: one.key)): \(outcome)")
                    continue
                }
                undone[name, default: 0] += 1
            }
            let after = try bench.everything()
            for key in Set(before.keys).union(after.keys) where !Self.isSame(before[key], after[key], within: 0) {
                let (was, now) = (before[key] ?? [], after[key] ?? [])
                Issue.record("\(fixture.name) \(name) \(EscapedName.text(of: key)): \(was) is now \(now)")
            }
        }
    }

    @Test func everyChangeOfEveryStoreIsTakenBack() throws {
        var undone: [String: Int] = [:]
        for fixture in try FixtureStore.all() { try check(fixture, &undone) }
        #expect(undone == ["expire": 137, "touch": 113, "later": 72], "\(undone)")
    }

    /// By content, and by WATCH and MULTI, where the user may neither RESTORE nor run scripts.
    @Test func needsNeitherRestoreNorScripts() throws {
        var undone: [String: Int] = [:]
        for fixture in try FixtureStore.all() where fixture.name.contains("indexed") || fixture.name.contains("tomcat9")
        {
            try check(fixture, user: "plain", &undone)
        }
        #expect(undone["expire"] ?? 0 > 30, "\(undone)")
    }

    /// What the server refuses is refused before anything else of the session is written.
    @Test func needsNoRestoreWhereScriptsAreRun() throws {
        var undone: [String: Int] = [:]
        for fixture in try FixtureStore.all() where fixture.name.contains("indexed") || fixture.name.contains("tomcat9")
        {
            try check(fixture, user: "norestore", &undone)
        }
        #expect(undone["expire"] ?? 0 > 30, "\(undone)")
    }

    /// A session that its user has ended since it was extended, or given an earlier end, stays ended.
    @Test(arguments: ["spring-session-3.5.7-indexed", "spring-session-3.5.7-simple", "tomcat9-redis-session-manager"])
    func nobodyIsLoggedInAgain(_ name: String) throws {
        var changed = 0
        for planning in [Self.touch, Self.expireLater] {
            let bench = try Bench(try #require(try FixtureStore.all().first { $0.name == name }))
            defer { bench.server.stop() }
            let kept = try bench.change(planning).kept
            _ = try bench.server.command("FLUSHDB")
            for outcome in try bench.undo(kept) {
                guard case .changed(let what) = outcome else {
                    Issue.record("\(outcome)")
                    continue
                }
                #expect(what == "somebody has ended it since")
            }
            #expect(try bench.server.command("DBSIZE") == .integer(0))
            changed += kept.count
        }
        #expect(changed > 0)
    }

    /// Somebody listens to the events who leaves the hash of a reactive session where it is.
    @Test func takesBackAReactiveLogoutThatNobodyHasTidiedUp() throws {
        let bench = try Bench(FixtureStore("java-programs/spring-session-reactive-indexed"))
        defer { bench.server.stop() }
        let before = try bench.everything()
        let listener = try bench.server.client()
        _ = try listener.command([Array("SUBSCRIBE".utf8), Array("__keyevent@0__:del".utf8)])
        let kept = try bench.change(Self.expire).kept
        for outcome in try bench.undo(kept) {
            guard case .restored = outcome else {
                Issue.record("\(outcome)")
                continue
            }
        }
        #expect(try bench.everything() == before && !kept.isEmpty)
    }

    private func indexed() throws -> Bench {
        try Bench(try #require(try FixtureStore.all().first { $0.name == "spring-session-3.5.7-indexed" }))
    }

    @Test func whatWasUsedSinceIsLeftUnlessForced() throws {
        let bench = try indexed()
        defer { bench.server.stop() }
        let before = try bench.everything()
        // Of what the library itself has logged out, only places in sets are changed.
        let kept = try bench.change(Self.expire).kept.filter { one in one.states.contains { $0.key == one.key } }
        let client = try bench.server.client()
        for one in kept {
            _ = try client.command([Array("HSET".utf8), one.key, Array("sessionAttr:new".utf8), Array("x".utf8)])
        }
        for outcome in try bench.undo(kept) {
            guard case .changed(let what) = outcome else {
                Issue.record("\(outcome)")
                continue
            }
            #expect(what.contains("sessionAttr:new"))
        }
        for outcome in try bench.undo(kept, .init(isForced: true)) {
            guard case .restored = outcome else {
                Issue.record("\(outcome)")
                continue
            }
        }
        let after = try bench.everything()
        for one in kept { #expect(after[one.key] == before[one.key]) }
    }

    @Test func aSecondUndoWritesNothing() throws {
        let bench = try indexed()
        defer { bench.server.stop() }
        let (kept, _) = try bench.change(Self.expire)
        _ = try bench.undo(kept)
        for outcome in try bench.undo(kept) {
            guard case .unneeded = outcome else {
                Issue.record("\(outcome)")
                continue
            }
        }
    }

    /// The application's five minutes for its events are over.
    @Test func whatIsLeftForTheApplicationMayHaveEnded() throws {
        let bench = try indexed()
        defer { bench.server.stop() }
        let before = try bench.everything()
        // Of what the library itself has logged out, only places in sets are changed.
        let kept = try bench.change(Self.expire).kept.filter { one in one.states.contains { $0.key == one.key } }
        let client = try bench.server.client()
        for one in kept { _ = try client.command([Array("DEL".utf8), one.key]) }
        _ = try bench.undo(kept)
        let after = try bench.everything()
        for one in kept { #expect(after[one.key] == before[one.key]) }
    }

    @Test func whatWouldHaveEndedIsLeftOrExtended() throws {
        let bench = try Bench(try #require(try FixtureStore.all().first { $0.name == "spring-session-3.5.7-simple" }))
        defer { bench.server.stop() }
        // Used now, and ending within the hour.
        _ = try bench.change(Self.touch)
        let (kept, _) = try bench.change(Self.expire)
        let later = bench.facts.time + 20 * 365 * 86_400_000
        let outcomes = try bench.undo(kept, now: later)
        #expect(!outcomes.isEmpty)
        for outcome in outcomes {
            guard case .ended = outcome else {
                Issue.record("\(outcome)")
                continue
            }
        }
        #expect(try bench.everything().isEmpty)
        for outcome in try bench.undo(kept, .init(extends: true), now: later) {
            guard case .restored = outcome else {
                Issue.record("\(outcome)")
                continue
            }
        }
        let client = try bench.server.client()
        for one in kept {
            guard case .integer(let end) = try client.command([Array("PEXPIRETIME".utf8), one.key]) else { continue }
            #expect(end > later)
        }
    }
}
