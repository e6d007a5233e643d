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
        let changed = try logoutCutOff(server, keys, after: UInt32(round) * 150)
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
        let changed = try logoutCutOff(server, keys, after: UInt32(round) * 100) {
            for key in keys { _ = try? client.command([Array("PEXPIREAT".utf8), key, Array("9000000000000".utf8)]) }
        }
        for one in changed { #expect(["active again", "unknown"].contains(one.outcome.word), "\(one.outcome)") }
        for key in keys {
            #expect(try !isLoggedOut(server, key))
            #expect(try server.call("PEXPIRETIME", key) == .integer(9_000_000_000_000))
        }
    }

    /// What somebody else has deleted was not extended, nor logged out by a plan that leaves the hash, when the answer to that is lost.
    @Test(arguments: 1..<8, [true, false])
    func whatOthersHaveDeletedIsNotDoneWhereAnAnswerIsLost(_ round: Int, isTouch: Bool) throws {
        let server = try indexed()
        defer { server.stop() }
        let keys = try sessionKeys(server)
        let client = try server.client()
        let changed = try logoutCutOff(server, keys, extends: isTouch, after: UInt32(round) * 100) {
            for key in keys { _ = try? client.command([Array("DEL".utf8), key]) }
        }
        #expect(changed.count == keys.count)
        for one in changed { #expect(["gone", "unknown"].contains(one.outcome.word), "\(one.outcome)") }
    }
    /// Changes the sessions at `keys`, whose connections the server closes some time after the first of them are kept; none at all: before
    /// anything is sent.
    ///
    /// - Parameter body: what another client does before.
    private func logoutCutOff(
        _ server: RedisServer, _ keys: [[UInt8]], extends: Bool = false, after microseconds: UInt32,
        _ body: @escaping () -> Void = {}
    ) throws -> [ChangedSession] {
        let kill = { @Sendable in
            usleep(microseconds)
            _ = try? server.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
        }
        let killing = DispatchGroup()
        defer { killing.wait() }
        var kept = 0
        return try logout(server, keys, extends: extends) { _ in
            kept += 1
            guard kept == 1 else { return }
            body()
            if microseconds == 0 { kill() } else { DispatchQueue.global().async(group: killing, execute: kill) }
        }
    }
}
