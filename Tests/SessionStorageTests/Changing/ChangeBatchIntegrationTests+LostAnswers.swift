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
}
