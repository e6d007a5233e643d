import Foundation
import SessionStorage
import TestSupport
import Testing

@testable import Commands

/// Who is taken back is noted, and not written again by the same number: whoever logs out behind it stays so.
struct UndoneOnceIntegrationTests {
    private static let id = "57F82A7787FCC4B00D016FEB8EF449F7"

    private let server: RedisServer
    private let home: TemporaryDirectory
    private var environment: [String: String] { ["XDG_STATE_HOME": home.path] }

    init() throws {
        server = try RedisServer { $0.configuration = ["enable-debug-command yes"] }
        home = try TemporaryDirectory()
        try server.load(FixtureStore("tomcat9-redis-session-manager"))
    }

    private func run(_ line: String, on other: RedisServer? = nil) -> CommandRun {
        CommandRun(line, on: other ?? server, environment: environment)
    }

    /// What is known of the sessions of the first change.
    private func outcomes() throws -> [ArchivedOutcome?] {
        guard let archive = try UndoArchive.openExisting(environment: environment) else { return [] }
        guard try archive.change(1) != nil else { return [] }
        var sessions = try archive.sessions(of: 1)
        return try sessions.next().map(\.outcome)
    }

    /// While the change only waits to look at its sessions once more.
    @Test func whileTheChangeGoesOn() throws {
        defer { server.stop() }
        var seconds = 0.0
        var undo: CommandRun?
        let words = ["expire", Self.id, "--yes", "--settle", "1s"]
        let expire = CommandRun(
            words, on: server, environment: environment,
            monotonic: {
                if undo == nil, (try? outcomes()) == [.changed] {
                    undo = run("undo --yes --force")
                    _ = try? server.command("DEL", Self.id)
                }
                seconds += 0.1
                return seconds
            })
        let taken = try #require(undo, "\(expire.err)")
        #expect(taken.status == .done && taken.err.contains("took back 1 of 1 session"), "\(taken.err)")
        for words in ["undo --yes", "undo 1 --yes --force"] {
            #expect(run(words).status == .notFound)
        }
        #expect(try server.command("EXISTS", Self.id) == .integer(0))
    }

    /// What was written back behind the change is noted, whether or not the change has noted what it has done.
    @Test func beforeTheChangeHasNotedIt() throws {
        defer { server.stop() }
        let link = try LossyLink(to: server, losing: .answer, of: "EVALSHA", number: 1) { [server, environment] in
            let undo = CommandRun(
                ["-s", server.socketPath, "undo", "1", "--yes", "--force"], environment: environment)
            #expect(undo.status == .done && undo.err.contains("took back 1 of 1 session"), "\(undo.err)")
            _ = try? server.command("DEL", Self.id)
        }
        defer { link.stop() }
        let words = ["-s", link.socketPath, "expire", Self.id, "--yes", "--settle", "0"]
        let expire = CommandRun(words, environment: environment)
        #expect(link.count > 0, "\(expire.err)")
        let undo = CommandRun("-s \(link.socketPath) undo --yes", environment: environment)
        #expect(undo.status == .notFound, "\(undo.err)")
        #expect(try server.command("EXISTS", Self.id) == .integer(0))
    }

    /// What the change has not noted yet it may still write: that can be taken back once more.
    @Test func whatTheChangeHasNotNotedIsNot() throws {
        defer { server.stop() }
        let link = try ActingLink(to: server)
        defer { link.stop() }
        let (socket, environment) = (server.socketPath, environment)
        link.act(at: ["EVALSHA", Self.id]) {
            let undo = CommandRun(["-s", socket, "undo", "1", "--yes", "--force"], environment: environment)
            #expect(undo.status == .done && undo.err.contains("1 is as it was"), "\(undo.err)")
        }
        let expire = CommandRun(
            ["-s", link.socketPath, "expire", Self.id, "--yes", "--settle", "0"], environment: environment)
        #expect(expire.status == .done && link.count == 1, "\(expire.err)")
        #expect(try server.command("EXISTS", Self.id) == .integer(0))
        #expect(CommandRun("-s \(link.socketPath) undo --yes", environment: environment).status == .done)
        #expect(try server.command("EXISTS", Self.id) == .integer(1))
    }

    /// What somebody changes between the look and the write is kept twice, and of these only the last is what the change has ended.
    @Test func whatWasReadAgainIsTakenBackAlone() throws {
        defer { server.stop() }
        let link = try ActingLink(to: server)
        defer { link.stop() }
        let other = try #require(
            try server.everything().keys.map { String(decoding: $0, as: UTF8.self) }.first {
                $0 != Self.id && $0.count == Self.id.count
            })
        guard case .integer(let end) = try server.command("PEXPIRETIME", Self.id), end > 0 else {
            Issue.record("the session has no end")
            return
        }
        // The outcomes when the session is about to be ended at last.
        let (redis, file, environment) = (server, home.path + "/seen", environment)
        link.act(at: ["EVALSHA", Self.id]) {
            _ = try? redis.command("COPY", other, Self.id, "REPLACE")
            _ = try? redis.command("PEXPIREAT", Self.id, "\(end + 1000)")
            link.act(at: ["EVALSHA", Self.id]) {
                var sessions = try? UndoArchive.openExisting(environment: environment)?.sessions(of: 1)
                let seen = try? sessions?.next().map { $0.outcome?.rawValue ?? "none" }
                try? (seen ?? []).joined(separator: " ").write(toFile: file, atomically: true, encoding: .utf8)
            }
        }
        let expire = CommandRun(
            ["-s", link.socketPath, "expire", Self.id, "--yes", "--settle", "0"], environment: environment)
        #expect(link.count == 2, "\(expire.err)")
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "left none")
    }

    /// What is noted is noted of the server that the change was made on.
    @Test func atAnotherAddressNothingIsNoted() throws {
        defer { server.stop() }
        let other = try RedisServer()
        defer { other.stop() }
        let before = try server.everything()
        #expect(run("expire --all --yes --settle 0").status == .done)
        for _ in 0..<2 {
            let there = run("undo 1 --yes --force", on: other)
            #expect(there.status == .done && there.err.contains("took back "), "\(there.err)")
            #expect(there.err.contains("what is taken back here is not noted"), "\(there.err)")
            #expect(try other.command("EXISTS", Self.id) == .integer(1))
            try other.command("DEL", Self.id)
        }
        #expect(run("undo --yes").status == .done)
        #expect(try server.everything() == before)
        #expect(run("undo --yes").status == .notFound)
    }

    /// Another undo is faster while one waits for an answer.
    @Test func whileAnotherWaitsForAnAnswer() throws {
        defer { server.stop() }
        #expect(run("expire \(Self.id) --yes --settle 0").status == .done)
        let slow = CommandRun(
            ["undo"], on: server, environment: environment,
            asking: { _ in
                #expect(run("undo --yes").status == .done)
                _ = try? server.command("DEL", Self.id)
                return "1"
            })
        #expect(slow.status == .notFound && slow.err.contains("is taken back"), "\(slow.err)")
        #expect(try server.command("EXISTS", Self.id) == .integer(0))
    }
}
