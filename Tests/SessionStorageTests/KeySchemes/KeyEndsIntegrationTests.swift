import Redis
import Sessions
import TestSupport
import Testing

@testable import SessionStorage

/// When keys end, asked without PEXPIRETIME: right whatever passes between two commands of a batch.
struct KeyEndsIntegrationTests {
    /// As on servers before Redis 7; the second may not ask in steps either.
    private static let users = [
        "old on nopass ~* &* +@all -pexpiretime", "older on nopass ~* &* +@all -pexpiretime -multi",
    ]
    private static let keys = (0..<20).map { Array("session:0123456789abcdef0123456789abcdef:\($0)".utf8) }

    private func server() throws -> RedisServer {
        let server = try RedisServer { $0.users = Self.users }
        for (index, key) in Self.keys.enumerated() {
            try server.command([
                Array("SET".utf8), key, Array("value".utf8), Array("PX".utf8), Array("\(1_000_000 + 777 * index)".utf8),
            ])
        }
        return server
    }

    /// Runs `body` with the store as `user` sees it.
    ///
    /// - Parameters:
    ///   - isSlow: whether the link to the server is.
    ///   - change: what is done at the server before anybody looks.
    private func withStore(
        as user: String, isSlow: Bool = true, after change: (RedisServer) throws -> Void = { _ in },
        _ body: (SessionStore, RedisServer) throws -> Void
    ) throws {
        let server = try server()
        defer { server.stop() }
        try change(server)
        let link = isSlow ? try SlowLink(to: server) : nil
        defer { link?.stop() }
        let store = try link.map { try server.store(user: user, over: $0) } ?? server.store(user: user)
        defer { store.close() }
        try body(store, server)
    }

    private func end(of key: [UInt8], _ server: RedisServer) throws -> Int64 {
        guard case .integer(let end) = try server.command([Array("PEXPIRETIME".utf8), key]) else { return .min }
        return end
    }

    private func isClose(_ one: Int64?, _ other: Int64) -> Bool { one.map { ($0 - other).magnitude <= 2 } ?? false }

    private func current(_ store: SessionStore) throws -> [CurrentState] {
        let connection = try store.sideConnection()
        let recorder = StateRecorder(store, on: connection, try ChangeServer(of: connection))
        return try recorder.current(
            of: Self.keys.map { KeyState(key: $0, role: .session, content: .string([]), expiresAt: nil) })
    }

    @Test func endsThatAreKeptAreRightOnASlowLink() throws {
        try withStore(as: "old") { store, server in
            let states = try current(store)
            #expect(states.count == Self.keys.count)
            for (key, state) in zip(Self.keys, states) {
                let end = try end(of: key, server)
                #expect(isClose(state.expiresAt, end), "\(state.expiresAt ?? 0) is not \(end)")
            }
        }
    }

    /// Who may not have steps is answered closely where nothing comes between the commands.
    @Test func noStepsAreNeededOnALinkThatIsNotSlow() throws {
        try withStore(as: "older", isSlow: false) { store, server in
            for (key, state) in zip(Self.keys, try current(store)) {
                let end = try end(of: key, server)
                #expect(isClose(state.expiresAt, end), "\(state.expiresAt ?? 0) is not \(end)")
            }
        }
    }

    @Test func anEndThatCanOnlyBeHadApproximatelyIsTold() throws {
        try withStore(as: "older") { store, server in
            // A server that is not woken for some pieces gets them at once, and then the ends are right.
            var wasTold = false
            for _ in 1...20 where !wasTold {
                do {
                    for (key, state) in zip(Self.keys, try current(store)) {
                        #expect(isClose(state.expiresAt, try end(of: key, server)))
                    }
                } catch {
                    #expect("\(error)".contains("cannot be told closely"), "\(error)")
                    wasTold = true
                }
            }
            #expect(wasTold)
            // The connection can be used on: nothing is left open there.
            let answer = try store.sideConnection().call([Array("EXISTS".utf8), Self.keys[0]])
            #expect(answer.integer == 1)
        }
    }

    /// Where a key is watched, asking must not end that: no step may be begun, and what cannot be told without is told.
    @Test func whatIsWatchedStaysSo() throws {
        try withStore(as: "old") { store, server in
            let connection = try store.sideConnection()
            try connection.call([Array("WATCH".utf8), Self.keys[0]])
            let end = try end(of: Self.keys[0], server)
            do {
                let (life, time) = try EndQuestion.timeAndLife.ask(Self.keys[0], on: connection)
                #expect(isClose((life ?? 0) + (time ?? 0), end))
            } catch {
                #expect("\(error)".contains("cannot be told closely"), "\(error)")
            }
            try server.command([Array("PERSIST".utf8), Self.keys[0]])
            try connection.call("MULTI")
            #expect(try connection.call("EXEC") == .null)
        }
    }

    @Test func aKeyWithoutAnEndHasNoneAndOneThatIsGoneIsNotThere() throws {
        func change(_ server: RedisServer) throws {
            try server.command([Array("PERSIST".utf8), Self.keys[3]])
            try server.command([Array("DEL".utf8), Self.keys[4]])
        }
        try withStore(as: "old", after: change) { store, server in
            let states = try current(store)
            #expect(states[3].isThere && states[3].expiresAt == nil)
            #expect(!states[4].isThere && states[4].expiresAt == nil)
            let end = try end(of: Self.keys[5], server)
            #expect(states[5].isThere && isClose(states[5].expiresAt, end))
        }
    }

    /// In a search, and where sessions are read for a change.
    @Test func endsThatAreFoundAreRightOnASlowLink() throws {
        func change(_ server: RedisServer) throws {
            try server.command("FLUSHALL")
            try server.load(
                try #require(try FixtureStore.all().first { $0.name == "tomcat-redis-session-manager-2.0.0" }))
            guard case .array(let keys) = try server.command("KEYS", "*") else { return #expect(Bool(false)) }
            for case .string(let key) in keys {
                try server.command([Array("PEXPIRE".utf8), key, Array("2500000000".utf8)])
            }
        }
        try withStore(as: "old", after: change) { store, server in
            var found: [Session] = []
            _ = try SessionScan(parts: [.end]).run(on: store) { session in
                found.append(session)
                return true
            }
            let facts = try ChangeServer(of: store.connection)
            let groups = try GroupFetch(
                of: store, on: try store.sideConnection(), facts, needs: SessionNeeds([.end])
            ).groups(at: found.map(\.key))
            #expect(!found.isEmpty && groups.count == found.count)
            for (session, group) in zip(found, groups) {
                let end = try end(of: session.key, server)
                #expect(isClose(session.keyExpiresAt, end), "\(session.keyExpiresAt ?? 0) is not \(end)")
                #expect(isClose(group?.record.expiresAt, end), "\(group?.record.expiresAt ?? 0) is not \(end)")
            }
        }
    }
}
