import Redis
import Sessions
import TestSupport
import Testing

@testable import SessionStorage

/// What keys of sessions hold, and when they end, where that changes between two looks.
struct StateRecorderIntegrationTests {
    private static let key = Array("spring:session:sessions:107fe95d-17d0-4470-b9cd-c9c8f35e27f9".utf8)

    private struct Bench {
        let server: RedisServer
        let groups: GroupFetch
        let recorder: StateRecorder

        init(user: String? = nil) throws {
            server = try RedisServer { $0.users = ["blind on nopass ~* &* +@all -pexpiretime -pttl"] }
            try server.load(FixtureStore("spring-session-2.7.4-indexed"))
            let reading = try server.store()
            let info = try ChangeServer(of: reading.connection)
            groups = GroupFetch(
                of: reading, on: try reading.sideConnection(), info, needs: SessionNeeds([.attributes]))
            let store = try server.store(user: user)
            recorder = StateRecorder(store, on: try store.sideConnection(), info)
        }

        func group() throws -> SessionGroup { try #require(try groups.groups(at: [key]).first ?? nil) }
    }

    @Test func whatHasEndedSinceItWasReadIsNoKeyThatLivesForEver() throws {
        let bench = try Bench()
        defer { bench.server.stop() }
        let group = try bench.group()
        let states = try bench.recorder.states(of: [group])[0]
        #expect(states.first?.key == Self.key && states.first?.expiresAt != nil && states.count > 2)
        try bench.server.command([Array("DEL".utf8), states[1].key])
        #expect(try bench.recorder.states(of: [group, group]).map(\.count) == [0, 0])
    }

    /// Keys that another client takes away, or makes, between the two commands of a look.
    @Test func aLookTellsWhatWasSoAtOneMoment() throws {
        let server = try RedisServer()
        defer { server.stop() }
        let link = try ActingLink(to: server)
        defer { link.stop() }
        let store = try server.store(at: link.socketPath)
        let recorder = StateRecorder(store, on: try store.sideConnection(), try ChangeServer(of: store.connection))
        let state = KeyState(key: Array("hash".utf8), role: .session, content: .missing, expiresAt: nil)
        let fields = [StoredField(Array("a".utf8), Array("1".utf8))]
        try server.command("HSET", "hash", "a", "1")
        link.act(at: ["PEXPIRETIME", "hash"]) { _ = try? server.command("DEL", "hash") }
        let gone = CurrentState(content: .missing, isThere: false, expiresAt: nil, hasJustGone: true)
        #expect(try recorder.current(of: [state]) == [gone] && link.count == 1)
        link.act(at: ["PEXPIRETIME", "hash"]) { _ = try? server.command("HSET", "hash", "a", "1") }
        let there = CurrentState(content: .hash(fields), isThere: true, expiresAt: nil, type: "hash")
        #expect(try recorder.current(of: [state]) == [there] && link.count == 2)
    }

    /// What is kept of a key that is gone is not that it lived for ever.
    @Test func whatIsKeptOfAKeyThatIsGoneIsNothing() throws {
        let bench = try Bench()
        defer { bench.server.stop() }
        let group = try bench.group()
        var plan = ChangePlan(id: [], key: Self.key, format: "spring", variant: nil)
        plan.commands = [PlannedCommand("UNLINK", Self.key, role: .session)]
        let change = PlannedChange(plan: plan, group: group)
        #expect(try bench.recorder.states(of: [change]).first?.first?.expiresAt != nil)
        try bench.server.command([Array("DEL".utf8), Self.key])
        let state = try bench.recorder.states(of: [change]).first?.first
        #expect(state?.content == .missing && state?.expiresAt == nil)
    }

    @Test func anEndThatMayNotBeReadIsNoneAtAll() throws {
        let bench = try Bench(user: "blind")
        defer { bench.server.stop() }
        let group = try bench.group()
        #expect(throws: StorageError.self) { try bench.recorder.states(of: [group]) }
    }
}
