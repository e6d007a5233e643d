import Foundation
import Redis
import Sessions
import TestSupport
import Testing

@testable import SessionStorage

/// What was done where the connection is lost before the server answers.
extension ChangeBatchIntegrationTests {
    /// The server closes the connection before, while or after it runs the plans; what was done is found out.
    @Test(arguments: 0..<12)
    func findsOutWhatWasDoneWhereAnAnswerIsLost(_ round: Int) throws {
        let server = try indexed()
        defer { server.stop() }
        let keys = try sessionKeys(server)
        // The first kill comes before anything is sent.
        let kill = { @Sendable in
            usleep(UInt32(round) * 150)
            _ = try? server.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
        }
        let killing = DispatchGroup()
        var kept = 0
        let changed = try logout(server, keys) { _ in
            kept += 1
            guard kept == 1 else { return }
            if round == 0 { kill() } else { DispatchQueue.global().async(group: killing, execute: kill) }
        }
        killing.wait()
        for one in changed { #expect(one.outcome.word == "done", "\(one.outcome)") }
        for key in keys { #expect(try isLoggedOut(server, key)) }
    }

    /// A life that somebody else has set is not taken for the plan's own work, when the answer to that is lost.
    @Test(arguments: 1..<12)
    func whoGotALongerLifeStaysWhereAnAnswerIsLost(_ round: Int) throws {
        let server = try indexed()
        defer { server.stop() }
        let keys = try sessionKeys(server)
        let client = try server.client()
        let killing = DispatchGroup()
        var kept = 0
        let changed = try logout(server, keys) { _ in
            kept += 1
            guard kept == 1 else { return }
            for key in keys { _ = try? client.command([Array("PEXPIREAT".utf8), key, Array("9000000000000".utf8)]) }
            DispatchQueue.global().async(group: killing) {
                usleep(UInt32(round) * 100)
                _ = try? server.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
            }
        }
        killing.wait()
        for one in changed { #expect(["active again", "unknown"].contains(one.outcome.word), "\(one.outcome)") }
        for key in keys {
            #expect(try !isLoggedOut(server, key))
            #expect(try server.call("PEXPIRETIME", key) == .integer(9_000_000_000_000))
        }
    }

    /// What a first attempt tells of a session that is not wanted any more.
    @Test func aLostAnswerIsKnownByWhatThePlanLeaves() throws {
        let server = try indexed()
        defer { server.stop() }
        let key = try #require(try sessionKeys(server).first)
        let store = try server.store()
        let facts = try ChangeServer(of: store.connection)
        let fetch = GroupFetch(of: store, on: try store.sideConnection(), facts, needs: SessionNeeds([.end]))
        func read() throws -> SessionGroup { try #require(try fetch.groups(at: [key]).compactMap(\.self).first) }
        let group = try read()
        let plan = try SessionChanges.expire(group, ChangeContext(now: facts.time))
        func session(_ outcome: ChangeOutcome) -> ChangedSession {
            ChangedSession(
                plan: plan, key: key, id: group.session.id, format: nil, principal: nil, outcome: outcome)
        }
        #expect(session(.unknown("")).known(by: group)?.outcome.word == "unknown")
        #expect(session(.changed).known(by: group) == nil)
        #expect(session(.usedSince).known(by: group)?.outcome.word == "active again")
        var execution = PlanExecution(on: try store.changeConnection(), facts)
        guard case .done([])? = try execution.run([plan]).first else { return #expect(Bool(false)) }
        let after = try read()
        #expect(session(.unknown("")).known(by: after)?.outcome.word == "done")
        try server.command([Array("HSET".utf8), key, Self.accessed, Array("1".utf8)])
        let used = try read()
        #expect(session(.unknown("")).known(by: used)?.outcome.word == "unknown")
    }

    /// What somebody else has deleted was not extended, nor logged out by a plan that leaves the hash, when the answer to that is lost.
    @Test(arguments: 1..<8, [true, false])
    func whatOthersHaveDeletedIsNotDoneWhereAnAnswerIsLost(_ round: Int, isTouch: Bool) throws {
        let server = try indexed()
        defer { server.stop() }
        let keys = try sessionKeys(server)
        let client = try server.client()
        let killing = DispatchGroup()
        var kept = 0
        let changed = try logout(server, keys, extends: isTouch) { _ in
            kept += 1
            guard kept == 1 else { return }
            for key in keys { _ = try? client.command([Array("DEL".utf8), key]) }
            DispatchQueue.global().async(group: killing) {
                usleep(UInt32(round) * 100)
                _ = try? server.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
            }
        }
        killing.wait()
        #expect(changed.count == keys.count)
        for one in changed { #expect(["gone", "unknown"].contains(one.outcome.word), "\(one.outcome)") }
    }

    /// A session that is gone is gone by the plan whose answer was lost, where that takes its key away.
    @Test func whatIsGoneIsDoneByThePlanThatTakesItAway() throws {
        let key = Array("spring:session:sessions:1".utf8)
        var session = Session(id: Array("1".utf8), format: "spring", key: key, timeToLive: .none)
        session.variant = "indexed"
        func word(_ plan: ChangePlan, _ outcome: ChangeOutcome = .unknown("lost")) -> String {
            let before = ChangedSession(
                plan: plan, key: key, id: session.id, format: "spring", principal: nil, outcome: outcome)
            return ChangedSession.gone(before, key).outcome.word
        }
        var plan = ChangePlan(for: session)
        #expect(word(plan) == "unknown")
        #expect(word(plan, .changed) == "gone")
        plan.result = [PlanCondition(Array("another".utf8), .missing, otherwise: .changed)]
        #expect(word(plan) == "unknown")
        plan.result = [PlanCondition(key, .missing, otherwise: .changed)]
        #expect(word(plan) == "done")
        plan.result = []
        plan.isCompletedByApplication = true
        #expect(word(plan) == "done")
        #expect(ChangedSession.gone(nil, key).outcome.word == "gone")
    }
}
