import Sessions
import TestSupport
import Testing

@testable import SessionStorage

/// Who is taken back is told as soon as it is known, and not only when all are.
struct UndoNotingIntegrationTests {
    /// Strings that were there for the next hour, and that a change has deleted.
    private func kept(_ count: Int, at time: Int64, _ bytes: Int = 999) -> [KeptSession] {
        (0..<count).map { number in
            let key = Array("00000000000000000000000000000\(number)".utf8)
            // So much takes its time on the way.
            let content = KeyState.Content.string([UInt8](repeating: UInt8(number), count: bytes))
            let state = KeyState(key: key, role: .session, content: content, expiresAt: time + 3_600_000)
            let result = [PlanCondition(key, .missing, otherwise: .changed)]
            return KeptSession(id: key, key: key, format: "tomcat", variant: nil, states: [state], result: result)
        }
    }

    private func batch(_ manner: UndoBatch.Manner = .init(), of store: SessionStore) throws -> UndoBatch {
        UndoBatch(manner, of: store, on: try store.changeConnection(), try ChangeServer(of: store.connection))
    }

    @Test(arguments: [nil, "plain"]) func tellsThemWhileItWaitsForOthers(user: String?) throws {
        let server = try RedisServer { $0.users = ["plain on nopass ~* &* +@all -@scripting"] }
        defer { server.stop() }
        let time = try server.now()
        let link = try SlowLink(to: server)
        defer { link.stop() }
        let store = try server.store(user: user, over: link)
        var batch = UndoBatch(
            .init(), of: store, on: try store.changeConnection(), try ChangeServer(of: store.connection))
        var told: [[Int]] = []
        let outcomes = try batch.run(kept(6, at: time), changed: ChangeSpan(began: time, ended: time), now: time) {
            told.append($0)
            #expect($1 || $0.isEmpty)
        }
        #expect(outcomes.count == 6 && outcomes.allSatisfy(\.isAsItWas), "\(outcomes)")
        #expect(told.contains { !$0.isEmpty && $0.count < 6 } && told.last == Array(0..<6), "\(told)")
    }

    /// Before anything is written.
    @Test func tellsFirstWhoIsAsTheyWere() throws {
        let server = try RedisServer()
        defer { server.stop() }
        let time = try server.now()
        let kept = kept(2, at: time)
        guard case .string(let bytes) = kept[1].states[0].content else { return }
        let end = Array(String(time + 3_600_000).utf8)
        try server.command([Array("SET".utf8), kept[1].key, bytes, Array("PXAT".utf8), end])
        let store = try server.store()
        var batch = try self.batch(of: store)
        var told: [[Int]] = []
        let outcomes = try batch.run(kept, changed: ChangeSpan(began: time, ended: time), now: time) {
            places, areWritten in
            #expect(areWritten == (places != [1]))
            let size = try? server.command("DBSIZE")
            if told.isEmpty { #expect(places == [1] && size == .integer(1)) }
            told.append(places)
        }
        #expect(outcomes.allSatisfy(\.isAsItWas) && told.last == [0], "\(outcomes) \(told)")
    }

    /// What is found to be so behind a lost answer.
    @Test func tellsWhatIsFoundBehindALostAnswer() throws {
        let server = try RedisServer()
        defer { server.stop() }
        let time = try server.now()
        let link = try LossyLink(to: server, losing: .answer, of: "EVALSHA", number: 1)
        defer { link.stop() }
        let store = try server.store(at: link.socketPath, now: time)
        var batch = try self.batch(of: store)
        var told: [Int] = []
        let outcomes = try batch.run(kept(1, at: time), changed: ChangeSpan(began: time, ended: time), now: time) {
            told += $0
            #expect($1 || $0.isEmpty)
        }
        #expect(told == [0] && outcomes.first?.isAsItWas == true, "\(outcomes)")
    }

    /// Also where it was used before anybody could look: what is there again is taken back.
    @Test func tellsWhatIsUsedBehindALostAnswer() throws {
        let server = try RedisServer()
        defer { server.stop() }
        let time = try server.now()
        let kept = kept(1, at: time)
        let link = try LossyLink(to: server, losing: .answer, of: "EVALSHA", number: 1) {
            _ = try? server.command([Array("APPEND".utf8), kept[0].key, [1]])
        }
        defer { link.stop() }
        let store = try server.store(at: link.socketPath, now: time)
        var batch = try self.batch(of: store)
        var told: [Int] = []
        let outcomes = try batch.run(kept, changed: ChangeSpan(began: time, ended: time), now: time) {
            told += $0 + ($1 ? [] : $0)
        }
        #expect(told == [0] && outcomes.first?.isAsItWas == true, "\(outcomes)")
        #expect(try server.command([Array("STRLEN".utf8), kept[0].key]) == .integer(1000))
    }

    /// What others have put there, and force was to write over, is not what was to be: where the command was lost it is no more than that.
    @Test func somebodyElsesIsNotTakenForIt() throws {
        let server = try RedisServer()
        defer { server.stop() }
        let time = try server.now()
        let kept = kept(2, at: time)
        for one in kept {
            try server.command([
                Array("SET".utf8), one.key, [9], Array("PXAT".utf8), Array(String(time + 600_000).utf8),
            ])
        }
        let link = try LossyLink(to: server, losing: .command, of: "EVALSHA", number: 1)
        defer { link.stop() }
        let store = try server.store(at: link.socketPath, now: time)
        var batch = try self.batch(.init(isForced: true), of: store)
        var told: [Int] = []
        let outcomes = try batch.run(kept, changed: ChangeSpan(began: time, ended: time), now: time) { places, _ in
            told += places
        }
        for (place, one) in kept.enumerated() {
            let isBack = try server.command([Array("STRLEN".utf8), one.key]) == .integer(999)
            #expect(outcomes[place].isAsItWas == isBack && told.contains(place) == isBack, "\(outcomes[place])")
        }
    }

    /// Who wants to stop waits for no more than what is on its way.
    @Test func stopsBetweenParts() throws {
        let server = try RedisServer()
        defer { server.stop() }
        let time = try server.now()
        let store = try server.store()
        var batch = try self.batch(of: store)
        var count = 0
        let outcomes = try batch.run(
            kept(100, at: time, 10), changed: ChangeSpan(began: time, ended: time), now: time,
            noting: { places, _ in count = max(count, places.count) }, while: { count < 40 })
        let left = outcomes.count { if case .notReached = $0 { true } else { false } }
        #expect(left == 36 && outcomes.count(where: \.isAsItWas) == 64, "\(outcomes)")
        #expect(try server.command("DBSIZE") == .integer(64))
        let none = try batch.run(
            kept(100, at: time, 10), changed: ChangeSpan(began: time, ended: time), now: time, while: { false })
        #expect(none.allSatisfy { if case .notReached = $0 { true } else { false } })
    }

    /// What was done before a right was missing is told.
    @Test func tellsWhatWasDoneBeforeItWasRefused() throws {
        let server = try RedisServer { $0.users = ["able on nopass ~* &* +@all"] }
        defer { server.stop() }
        let time = try server.now()
        let store = try server.store(user: "able")
        var batch = try self.batch(of: store)
        let outcomes = try batch.run(kept(40, at: time), changed: ChangeSpan(began: time, ended: time), now: time) {
            if $1, !$0.isEmpty { _ = try? server.command("ACL", "SETUSER", "able", "-restore", "-set", "-@scripting") }
        }
        let back = outcomes.count(where: \.isAsItWas)
        #expect(back == 32 && outcomes.count == 40, "\(outcomes)")
        #expect(try server.command("DBSIZE") == .integer(32))
    }

    /// Of what is on its way, and not answered, nobody knows whether it is done: that is never much.
    @Test(arguments: [(count: 100, bytes: 10, most: 32), (9, 40_000, 2), (5, 200_000, 1)])
    func sendsFewAtOnce(count: Int, bytes: Int, most: Int) throws {
        let server = try RedisServer()
        defer { server.stop() }
        let time = try server.now()
        let store = try server.store()
        var batch = try self.batch(of: store)
        var told: [Int] = []
        var counts: [Int64] = []
        let outcomes = try batch.run(
            kept(count, at: time, bytes), changed: ChangeSpan(began: time, ended: time), now: time
        ) { places, _ in
            told.append(places.count)
            if case .integer(let size)? = try? server.command("DBSIZE") { counts.append(size) }
        }
        #expect(outcomes.count == count && outcomes.allSatisfy(\.isAsItWas))
        // What is told is there, and no more than one part beside it.
        #expect(
            told.contains(most) && zip(told, counts).allSatisfy { $1 >= $0 && $1 - Int64($0) <= most },
            "\(told) \(counts)")
    }
}
