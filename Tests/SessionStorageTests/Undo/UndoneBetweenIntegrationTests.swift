import Redis
import Sessions
import TestSupport
import Testing

@testable import SessionStorage

/// Somebody deletes a session while it is made what it was: no part of it is written.
struct UndoneBetweenIntegrationTests {
    private static let key = "spring:session:sessions:107fe95d-17d0-4470-b9cd-c9c8f35e27f9"

    /// Fields of a session, of which a change has written the last.
    private static func fields(at time: Int64, _ text: String) -> [(name: String, value: String)] {
        [
            ("creationTime", String(time)), ("lastAccessedTime", String(time)), ("maxInactiveInterval", "1800"),
            ("sessionAttr:same", "it"), ("sessionAttr:text", text),
        ]
    }

    /// By force it is brought back whole, and stays ended else.
    @Test(arguments: ["PEXPIRETIME", "EVALSHA"], [false, true])
    func noPartOfASessionIsWritten(_ command: String, _ isForced: Bool) throws {
        try takeBack(at: command, isForced) { server in try server.command("DEL", Self.key) }
    }

    /// A request saves its last fields where the session is deleted already.
    @Test(arguments: ["PEXPIRETIME", "EVALSHA"]) func noPartOfASessionIsWrittenToWhatIsLeft(_ command: String) throws {
        try takeBack(at: command, true) { server in
            try server.command("DEL", Self.key)
            try server.command("HSET", Self.key, "lastAccessedTime", "1")
        }
    }

    /// The end was right when it was looked at, and is another when it is written.
    @Test(arguments: [["PERSIST"], ["PEXPIRE", "60000"]]) func byForceTheEndIsTheOneThatItHad(_ words: [String]) throws
    {
        try takeBack(at: "EVALSHA", true) { server in
            try server.command((words.prefix(1) + [Self.key] + words.dropFirst()).map { Array($0.utf8) })
        }
    }

    private func takeBack(
        at command: String, _ isForced: Bool, meanwhile: @escaping @Sendable (RedisServer) throws -> Void
    ) throws {
        let server = try RedisServer()
        defer { server.stop() }
        let link = try ActingLink(to: server)
        defer { link.stop() }
        let time = try server.now()
        let store = try server.store(at: link.socketPath, now: time)
        let info = try ChangeServer(of: store.connection)
        let fields = Self.fields(at: time, "before").map { StoredField(Array($0.name.utf8), Array($0.value.utf8)) }
        let state = KeyState(
            key: Array(Self.key.utf8), role: .session, content: .hash(fields), expiresAt: time + 2_100_000)
        let written = PlanCondition(
            state.key, .field(Array("sessionAttr:text".utf8), Array("after".utf8)), otherwise: .changed)
        let kept = KeptSession(
            id: Array(Self.key.utf8.suffix(36)), key: state.key, format: "spring", variant: nil, states: [state],
            result: [written])
        // As a change has left it that has written one field.
        try server.command(
            (["HSET", Self.key] + Self.fields(at: time, "after").flatMap { [$0.name, $0.value] }).map { Array($0.utf8) }
        )
        try server.command("PEXPIREAT", Self.key, String(time + 2_100_000))
        link.act(at: [command, Self.key]) { try? meanwhile(server) }
        var batch = UndoBatch(.init(isForced: isForced), of: store, on: try store.changeConnection(), info)
        let outcomes = try batch.run([kept], changed: ChangeSpan(began: time, ended: time), now: time)
        #expect(link.count == 1)
        guard isForced else {
            if case .changed? = outcomes.first {} else { Issue.record("\(outcomes)") }
            #expect(try server.command("EXISTS", Self.key) == .integer(0))
            return
        }
        if case .restored? = outcomes.first {} else { Issue.record("\(outcomes)") }
        #expect(try server.command("HLEN", Self.key) == .integer(Int64(fields.count)))
        #expect(try server.command("PEXPIRETIME", Self.key) == .integer(time + 2_100_000))
    }
}
