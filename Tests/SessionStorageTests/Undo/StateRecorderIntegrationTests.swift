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

    @Test func anEndThatMayNotBeReadIsNoneAtAll() throws {
        let bench = try Bench(user: "blind")
        defer { bench.server.stop() }
        let group = try bench.group()
        #expect(throws: StorageError.self) { try bench.recorder.states(of: [group]) }
    }
}
