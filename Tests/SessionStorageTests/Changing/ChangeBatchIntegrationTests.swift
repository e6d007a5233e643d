import Foundation
import Redis
import Sessions
import TestSupport
import Testing

@testable import SessionStorage

/// Plans run on a real server, beside clients that use and change the same sessions.
struct ChangeBatchIntegrationTests {
    private static let namespace = "spring:session"
    private static let interval = Array("maxInactiveInterval".utf8)
    static let accessed = Array("lastAccessedTime".utf8)

    func indexed() throws -> RedisServer {
        let server = try RedisServer()
        let store = try #require(try FixtureStore.all().first { $0.name == "spring-session-2.7.4-indexed" })
        try server.load(store)
        return server
    }

    /// All that are not logged out yet.
    func sessionKeys(_ server: RedisServer) throws -> [[UInt8]] {
        var keys: [[UInt8]] = []
        _ = try SessionScan(parts: []).run(on: server.store()) { session in
            if session.maxInactiveSeconds != 0 { keys.append(session.key) }
            return true
        }
        return keys.sorted { $0.lexicographicallyPrecedes($1) }
    }

    func logout(
        _ server: RedisServer, _ keys: [[UInt8]], filter: String? = nil, sparesActive: Bool = true,
        user: String? = nil, extends: Bool = false, keep: @escaping ChangeBatch.Keeping = { _ in }
    ) throws -> [ChangedSession] {
        let now: Int64 = 1_800_000_000_000
        let store = try server.store(user: user)
        let condition = try SessionFilter(all: filter.map { [try SessionFilter($0, now: now)] } ?? [])
        let change = SessionChange(filter: condition, sparesActive: sparesActive) {
            group, context throws(ChangeRefusal) in
            extends ? try SessionChanges.extend(group, context) : try SessionChanges.expire(group, context)
        }
        var batch = try ChangeBatch(change, of: store, try ChangeServer(of: store.connection), keep: keep)
        return try batch.run(try keys.map { try found(server, $0) }, ChangeContext(now: now))
    }

    /// As a search finds it.
    private func found(_ server: RedisServer, _ key: [UInt8]) throws -> FoundSession {
        guard case .integer(let end) = try server.call("PEXPIRETIME", key), end >= -1 else { return FoundSession(key) }
        var found = FoundSession(key, end: end < 0 ? nil : end)
        found.isEndless = end < 0
        if case .string(let bytes) = try server.call("HGET", key, Array("creationTime".utf8)) {
            found.createdAt = Int64(bitPattern: bytes.suffix(8).reduce(0) { $0 << 8 | UInt64($1) })
        }
        return found
    }

    func isLoggedOut(_ server: RedisServer, _ key: [UInt8]) throws -> Bool {
        guard case .string(let bytes) = try server.command([Array("HGET".utf8), key, Self.interval]) else {
            return false
        }
        return bytes.suffix(4).elementsEqual([0, 0, 0, 0])
    }

    @Test func logsOutEverySessionOfAnIndexedStore() throws {
        let server = try indexed()
        defer { server.stop() }
        let keys = try sessionKeys(server)
        let changed = try logout(server, keys)
        #expect(!keys.isEmpty && changed.count == keys.count)
        for one in changed { #expect(one.outcome.word == "done", "\(one.outcome)") }
        for key in keys { #expect(try isLoggedOut(server, key)) }
        #expect(try server.command("KEYS", "*:sessions:expires:*") == .array([]))
        // One holds a session that the library itself has logged out, and one the former id of a session that changed it.
        guard case .array(let buckets) = try server.command("KEYS", "*:expirations:*") else { return }
        #expect(buckets.count == 2)
        #expect(try server.command("KEYS", "*:index:*") == .array([]))
    }

    /// By the id a report is put beside what an application has written.
    @Test func whatIsGoneHasTheIdOfItsKey() throws {
        let server = try indexed()
        defer { server.stop() }
        let keys = [Array("spring:session:sessions:0f-1".utf8), Array("0F1.node1".utf8)]
        let gone = try logout(server, keys)
        #expect(gone.map(\.outcome.word) == ["gone", "gone"] && gone.map(\.key) == keys)
        #expect(gone.map(\.id) == [Array("0f-1".utf8), keys[1]])
    }

    @Test func writesNothingASecondTime() throws {
        let server = try indexed()
        defer { server.stop() }
        let keys = try sessionKeys(server)
        _ = try logout(server, keys)
        let before = try server.command("INFO", "commandstats")
        for one in try logout(server, keys) { #expect(one.outcome.word == "unneeded", "\(one.outcome)") }
        for name in ["cmdstat_hset", "cmdstat_evalsha", "cmdstat_del"] {
            let after = try server.command("INFO", "commandstats")
            #expect(Self.calls(name, before) == Self.calls(name, after))
        }
    }

    private static func strings(_ answer: RespValue) -> [[UInt8]] {
        guard case .array(let elements) = answer else { return [] }
        return elements.compactMap { if case .string(let bytes) = $0 { bytes } else { nil } }
    }

    private static func calls(_ command: String, _ info: RespValue) -> Substring? {
        guard case .string(let bytes) = info else { return nil }
        let line = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n").first { $0.hasPrefix(command + ":") }
        return line?.split(separator: ",").first
    }

    @Test func leavesThoseThatWereUsedBetweenReadAndWrite() throws {
        let server = try indexed()
        defer { server.stop() }
        let keys = try sessionKeys(server)
        let client = try server.client()
        let used = Set(keys.enumerated().filter { $0.offset % 2 == 0 }.map(\.element))
        let before = try used.map { try client.command([Array("HGET".utf8), $0, Self.accessed]) }
        let changed = try logout(server, keys) { _ in
            for key in used { _ = try? client.command([Array("HSET".utf8), key, Self.accessed, Array("1".utf8)]) }
        }
        for one in changed {
            #expect(one.outcome.word == (used.contains(one.key) ? "active again" : "done"))
            #expect(try isLoggedOut(server, one.key) != used.contains(one.key))
        }
        #expect(!before.isEmpty)
    }

    /// A manager gives the key the same life at each request: that is longer than what is left of the one that was read.
    @Test func leavesWhatWasGivenTheSameLifeAnew() throws {
        let server = try RedisServer()
        defer { server.stop() }
        try server.load(try #require(try FixtureStore.all().first { $0.name == "tomcat-redis-session-manager-2.0.0" }))
        var keys: [[UInt8]] = []
        _ = try SessionScan(parts: []).run(on: server.store()) { session in
            keys.append(session.key)
            return true
        }
        for key in keys { try server.command([Array("PEXPIRE".utf8), key, Array("1800000".utf8)]) }
        let used = Set(keys.prefix(keys.count / 2))
        let client = try server.client()
        let changed = try logout(server, keys) { _ in
            usleep(300_000)
            for key in used { _ = try? client.command([Array("PEXPIRE".utf8), key, Array("1800000".utf8)]) }
            usleep(20_000)
        }
        #expect(!used.isEmpty && changed.count == keys.count)
        for one in changed { #expect(one.outcome.word == (used.contains(one.key) ? "active again" : "done")) }
    }

    /// Users who may not run scripts, ask when keys end, or either.
    private static let users = [
        "plain on nopass ~* &* +@all -@scripting", "old on nopass ~* &* +@all -pexpiretime",
        "older on nopass ~* &* +@all -pexpiretime -@scripting",
    ]

    private func strings() throws -> RedisServer {
        let server = try RedisServer { $0.users = Self.users }
        try server.load(try #require(try FixtureStore.all().first { $0.name == "tomcat-redis-session-manager-2.0.0" }))
        guard case .array(let keys) = try server.command("KEYS", "*") else { return server }
        for case .string(let key) in keys {
            try server.command([Array("PEXPIRE".utf8), key, Array("2500000000".utf8)])
        }
        return server
    }

    /// A manager that was given a shorter interval since gives a shorter life: that is a use as a longer one is.
    @Test(arguments: [nil, "plain", "old", "older"], ["1800000", "2499999000", "5000000000"])
    func leavesWhatWasGivenAnotherLife(user: String?, life: String) throws {
        let server = try strings()
        defer { server.stop() }
        var keys: [[UInt8]] = []
        _ = try SessionScan(parts: []).run(on: server.store()) { session in
            keys.append(session.key)
            return true
        }
        let used = Set(keys.prefix(keys.count / 2))
        let client = try server.client()
        let changed = try logout(server, keys, user: user) { _ in
            for key in used { _ = try? client.command([Array("PEXPIRE".utf8), key, Array(life.utf8)]) }
        }
        #expect(!used.isEmpty && changed.count == keys.count)
        for one in changed {
            #expect(one.outcome.word == (used.contains(one.key) ? "active again" : "done"), "\(one.outcome)")
        }
    }

    /// Before it is read as well, by however little its end was moved, and whatever time it was when the batch was begun: all that a use leaves
    /// of many a manager's session is that its key ends at another time than when it was found.
    @Test(arguments: [nil, "old"], [-60_000, -500, 500, 60_000])
    func leavesWhatWasGivenAnotherLifeSinceItWasFound(user: String?, difference: Int64) throws {
        let server = try strings()
        defer { server.stop() }
        let store = try server.store(user: user)
        let facts = try ChangeServer(of: store.connection)
        #expect(facts.tellsExpiry == (user == nil))
        var found: [FoundSession] = []
        _ = try SessionScan(parts: [.end]).run(on: store) { session in
            found.append(FoundSession(session.key, end: session.keyExpiresAt))
            return true
        }
        let used = Set(found.prefix(found.count / 2).map(\.key))
        for one in found where used.contains(one.key) {
            let end = try #require(one.end) + difference
            try server.command([Array("PEXPIREAT".utf8), one.key, Array(String(end).utf8)])
        }
        let change = SessionChange(filter: SessionFilter(all: []), sparesActive: true) {
            group, context throws(ChangeRefusal) in
            try SessionChanges.expire(group, context)
        }
        var batch = try ChangeBatch(change, of: store, facts, keep: nil)
        let changed = try batch.run(found, ChangeContext(now: facts.time - 30_000))
        #expect(!used.isEmpty && changed.count == found.count)
        for one in changed {
            #expect(one.outcome.word == (used.contains(one.key) ? "active again" : "done"), "\(one.outcome)")
        }
    }

    /// Of whom a session is was asked for, and so it must still be theirs.
    @Test func looksAgainAtThePrincipal() throws {
        let server = try indexed()
        defer { server.stop() }
        let store = try server.store()
        var keys: [[UInt8]] = []
        _ = try SessionScan(parts: [.principal]).run(on: store) { session in
            if session.principal == "alice", session.maxInactiveSeconds != 0 { keys.append(session.key) }
            return true
        }
        let one = try #require(keys.first)
        let client = try server.client()
        let field = Array(
            "sessionAttr:org.springframework.session.FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME".utf8)
        let admin = [0xAC, 0xED, 0, 5, 0x74, 0, 5] + Array("admin".utf8)
        let changed = try logout(server, keys, filter: "principal = 'alice'") { _ in
            _ = try? client.command([Array("HSET".utf8), one, field, admin])
        }
        #expect(keys.count > 1)
        for session in changed { #expect(session.outcome.word == (session.key == one ? "changed" : "done")) }
        #expect(try !isLoggedOut(server, one))
    }

    /// Of two who log out at once one has done it, also where it is all over but for an entry in a set.
    @Test func twoAtOnceAreNotBothDone() throws {
        let server = try indexed()
        defer { server.stop() }
        let keys = try sessionKeys(server)
        for key in keys {
            guard case .string(let bytes) = try server.command([Array("HGET".utf8), key, Self.interval]) else {
                continue
            }
            try server.command([Array("HSET".utf8), key, Self.interval, bytes.dropLast(4) + [0, 0, 0, 0]])
        }
        guard case .array(let shadows) = try server.command("KEYS", "*:sessions:expires:*") else { return }
        for case .string(let shadow) in shadows { try server.command([Array("DEL".utf8), shadow]) }
        var first: [ChangedSession] = []
        let second = try logout(server, keys) { _ in
            if first.isEmpty { first = (try? logout(server, keys)) ?? [] }
        }
        let done = zip(first, second).map { [$0.outcome.word, $1.outcome.word] }
        #expect(done.count == keys.count && done.contains(["done", "unneeded"]))
        #expect(!done.contains(["done", "done"]), "\(done)")
    }

    /// What the filter does not want any more when it is read again tells why: somebody has used it, or changed something else.
    @Test func saysWhyAFoundSessionIsNotWantedAnyMore() throws {
        let server = try indexed()
        defer { server.stop() }
        let keys = try sessionKeys(server)
        let store = try server.store()
        let began: Int64 = 1_799_000_000_000
        try #require(keys.count > 2)
        _ = try server.command([Array("HSET".utf8), keys[0], Self.accessed, Array(String(began + 5).utf8)])
        var change = SessionChange(
            filter: SessionFilter(all: [try SessionFilter("principal = 'nobody'", now: began)]), sparesActive: true
        ) { group, context throws(ChangeRefusal) in try SessionChanges.expire(group, context) }
        change.began = began
        var batch = try ChangeBatch(change, of: store, try ChangeServer(of: store.connection), keep: nil)
        let changed = try batch.run(keys.map { FoundSession($0) }, ChangeContext(now: began + 10))
        #expect(changed.map(\.outcome.word) == ["active again"] + keys.dropFirst().map { _ in "changed" })
    }

    @Test func takesNamedSessionsAlthoughTheyAreInUse() throws {
        let server = try indexed()
        defer { server.stop() }
        let keys = try sessionKeys(server)
        let client = try server.client()
        var uses = 0
        let changed = try logout(server, keys, sparesActive: false) { _ in
            uses += 1
            guard uses <= 2 else { return }
            let time = Array(String(1_700_000_000_000 + uses).utf8)
            for key in keys { _ = try? client.command([Array("HSET".utf8), key, Self.accessed, time]) }
        }
        #expect(uses == 3)
        for one in changed { #expect(one.outcome.word == "done", "\(one.outcome)") }
    }

    @Test func recreatesNothingThatWasDeletedMeanwhile() throws {
        let server = try indexed()
        defer { server.stop() }
        let keys = try sessionKeys(server)
        let client = try server.client()
        let changed = try logout(server, keys) { _ in
            for key in keys { _ = try? client.command([Array("DEL".utf8), key]) }
        }
        for (key, one) in zip(keys, changed) {
            #expect(one.outcome.word == "gone")
            #expect(try server.command([Array("EXISTS".utf8), key]) == .integer(0))
        }
    }

    /// Another client renames the hash, as Spring Session does when an id changes.
    @Test func leavesWhatWasRenamedMeanwhile() throws {
        let server = try indexed()
        defer { server.stop() }
        let keys = try sessionKeys(server)
        let client = try server.client()
        let changed = try logout(server, keys) { _ in
            for key in keys { _ = try? client.command([Array("RENAME".utf8), key, key + Array("-new".utf8)]) }
        }
        for (key, one) in zip(keys, changed) {
            #expect(one.outcome.word == "gone")
            #expect(try server.command([Array("EXISTS".utf8), key]) == .integer(0))
            #expect(try !isLoggedOut(server, key + Array("-new".utf8)))
        }
    }

    /// The same id, and another session under it.
    @Test func leavesWhatWasMadeAnewMeanwhile() throws {
        let server = try indexed()
        defer { server.stop() }
        let keys = try sessionKeys(server)
        let client = try server.client()
        let fields = [
            "creationTime", "1795419000000", "lastAccessedTime", "1795419000001", "maxInactiveInterval", "60",
        ]
        var times = 0
        let changed = try logout(server, keys) { _ in
            times += 1
            guard times == 1 else { return }
            for key in keys {
                _ = try? client.command([Array("DEL".utf8), key])
                _ = try? client.command([Array("HSET".utf8), key] + fields.map { Array($0.utf8) })
            }
        }
        for (key, one) in zip(keys, changed) {
            #expect(one.outcome.word == "active again", "\(one.outcome)")
            #expect(try server.command([Array("HGET".utf8), key, Self.interval]) == .string(Array("60".utf8)))
        }
    }

    /// An attribute that the filter looked at was changed by a client that does not touch the times.
    @Test func looksAgainAtWhatTheFilterRestsOn() throws {
        let server = try indexed()
        defer { server.stop() }
        let keys = try sessionKeys(server)
        let client = try server.client()
        let name = Array("sessionAttr:state".utf8)
        for key in keys { _ = try client.command([Array("HSET".utf8), key, name, Array("old".utf8)]) }
        var times = 0
        let changed = try logout(server, keys, filter: "attr.state = 'old'") { _ in
            times += 1
            guard times == 1 else { return }
            for key in keys.dropFirst() { _ = try? client.command([Array("HSET".utf8), key, name, Array("new".utf8)]) }
        }
        for (index, one) in changed.enumerated() {
            #expect(one.outcome.word == (index == 0 ? "done" : "changed"), "\(one.outcome)")
            #expect(try isLoggedOut(server, one.key) == (index == 0))
        }
    }

    @Test func needsNoScripts() throws {
        let server = try RedisServer {
            $0.users = ["plain on nopass ~* &* +@all -@scripting"]
        }
        defer { server.stop() }
        let store = try #require(try FixtureStore.all().first { $0.name == "spring-session-2.7.4-indexed" })
        try server.load(store)
        let keys = try sessionKeys(server)
        let client = try server.client()
        let used = keys[0]
        let changed = try logout(server, keys, user: "plain") { _ in
            _ = try? client.command([Array("HSET".utf8), used, Self.accessed, Array("1".utf8)])
        }
        #expect(changed.first?.outcome.word == "active again")
        for one in changed.dropFirst() { #expect(one.outcome.word == "done", "\(one.outcome)") }
        for key in keys.dropFirst() { #expect(try isLoggedOut(server, key)) }
    }

    /// Whoever runs the server may have taken these names away.
    @Test(arguments: [["evalsha"], ["eval"], ["script"], ["eval", "evalsha"], ["eval", "evalsha", "script"]])
    func worksWithoutTheCommandsOfScripts(_ renamed: [String]) throws {
        let server = try RedisServer { $0.configuration = renamed.map { "rename-command \($0) \"\"" } }
        defer { server.stop() }
        try server.load(try #require(try FixtureStore.all().first { $0.name == "spring-session-2.7.4-indexed" }))
        let keys = try sessionKeys(server)
        for one in try logout(server, keys) { #expect(one.outcome.word == "done", "\(one.outcome)") }
        for key in keys { #expect(try isLoggedOut(server, key)) }
    }

    @Test func keepsBeforeItWrites() throws {
        let server = try indexed()
        defer { server.stop() }
        let keys = try sessionKeys(server)
        struct Full: Error {}
        var kept = 0
        #expect(throws: StorageError.self) {
            try logout(server, keys) { changes throws(StorageError) in
                kept = changes.count
                throw .interrupted
            }
        }
        #expect(kept == keys.count)
        for key in keys { #expect(try !isLoggedOut(server, key)) }
    }

    @Test func namesWhatCouldNotBeTidiedUp() throws {
        let server = try indexed()
        defer { server.stop() }
        let keys = try sessionKeys(server)
        let client = try server.client()
        let buckets = try Self.strings(server.command("KEYS", "*:expirations:*"))
        let changed = try logout(server, keys) { _ in
            for bucket in buckets { _ = try? client.command([Array("SET".utf8), bucket, Array("no set".utf8)]) }
        }
        let failures = changed.flatMap { one -> [PlanFailure] in
            guard case .done(let failures) = one.outcome else { return [] }
            return failures
        }
        #expect(
            !failures.isEmpty
                && failures.allSatisfy { buckets.contains($0.command.key) && $0.message.contains("WRONGTYPE") })
        for key in keys { #expect(try isLoggedOut(server, key)) }
    }
}
