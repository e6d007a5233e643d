import Sessions
import TestSupport
import Testing

@testable import SessionStorage

/// A session that was logged out already when a change came has only left the sets that it was still in.
struct UndoTidiedIntegrationTests {
    private static let key = "spring:session:sessions:107fe95d-17d0-4470-b9cd-c9c8f35e27f9"
    private static let bucket = "spring:session:expirations:1800000000000"
    private static let member = Array("member".utf8)
    private static let interval = Array("maxInactiveInterval".utf8)

    private static func kept() -> KeptSession {
        let key = Array(Self.key.utf8)
        let state = KeyState(
            key: Array(bucket.utf8), role: .expirations, content: .shared([SharedMember(member, .inside)]),
            expiresAt: nil)
        let result = [
            PlanCondition(key, .exists, otherwise: .gone),
            PlanCondition(key, .field(interval, Array("0".utf8)), otherwise: .changed),
        ]
        return KeptSession(
            id: Array(key.suffix(36)), key: key, format: "spring", variant: "indexed", states: [state], result: result)
    }

    private func undo(
        _ server: RedisServer, isForced: Bool, at path: String? = nil
    ) throws -> UndoBatch.Outcome? {
        let time = try server.now()
        let store = try server.store(at: path, now: time)
        let facts = try ChangeServer(of: store.connection)
        var batch = UndoBatch(.init(isForced: isForced), of: store, on: try store.changeConnection(), facts)
        return try batch.run([Self.kept()], changed: ChangeSpan(began: time, ended: time), now: time).first
    }

    @Test(arguments: [false, true]) func whatIsGoneSinceHasNoPlaceAnyMore(isForced: Bool) throws {
        let server = try RedisServer()
        defer { server.stop() }
        let outcome = try undo(server, isForced: isForced)
        if case .gone? = outcome {} else { Issue.record("\(String(describing: outcome))") }
        #expect(try server.command("DBSIZE") == .integer(0))
    }

    @Test(arguments: [false, true]) func whatIsThereGetsItsPlaceBack(isForced: Bool) throws {
        let server = try RedisServer()
        defer { server.stop() }
        try server.command("HSET", Self.key, "maxInactiveInterval", "0")
        let outcome = try undo(server, isForced: isForced)
        if case .restored? = outcome {} else { Issue.record("\(String(describing: outcome))") }
        #expect(try server.command("SISMEMBER", Self.bucket, "member") == .integer(1))
    }

    /// Its five minutes end between the look and the write.
    @Test(arguments: [false, true]) func whatEndsJustThenHasNoPlaceAnyMore(isForced: Bool) throws {
        let server = try RedisServer()
        defer { server.stop() }
        try server.command("HSET", Self.key, "maxInactiveInterval", "0")
        let link = try ActingLink(to: server)
        defer { link.stop() }
        link.act(at: ["EVALSHA", Self.key]) { _ = try? server.command("DEL", Self.key) }
        let outcome = try undo(server, isForced: isForced, at: link.socketPath)
        if case .gone? = outcome {} else { Issue.record("\(String(describing: outcome))") }
        #expect(try link.count == 1 && server.command("DBSIZE") == .integer(0))
    }
}
