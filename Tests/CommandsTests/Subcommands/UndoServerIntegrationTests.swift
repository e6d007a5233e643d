import Foundation
import TestSupport
import Testing

@testable import Commands

/// A change is taken back on the server that it was made on, by whatever name, and on none that answers at its address since.
struct UndoServerIntegrationTests {
    private let home: TemporaryDirectory
    private let old: RedisServer
    private let new: RedisServer

    init() throws {
        home = try TemporaryDirectory()
        old = try RedisServer { $0.tcp = true }
        // Both ran before the change.
        new = try RedisServer()
    }

    private func run(_ line: String) -> CommandRun {
        CommandRun(line.split(separator: " ").map(String.init), on: old, environment: ["XDG_STATE_HOME": home.path])
    }

    private func makeSession() throws {
        let fields = ["creationTime", "1", "lastAccessedTime", "1795419000000", "maxInactiveInterval", "-1"]
        try old.command((["HSET", "spring:session:sessions:a"] + fields).map { Array($0.utf8) })
    }

    /// From now on the new server answers where the old one did.
    private func exchange() throws {
        try FileManager.default.removeItem(atPath: old.socketPath)
        try FileManager.default.moveItem(atPath: new.socketPath, toPath: old.socketPath)
    }

    private func keys() throws -> RespValue {
        try RespClient(socketPath: old.socketPath).command([Array("DBSIZE".utf8)])
    }

    @Test func anotherServerAtTheAddressIsRefused() throws {
        try makeSession()
        #expect(run("expire --all --yes --settle 0").status == .done)
        #expect(run("undo --yes --dry-run").status == .done)
        try exchange()
        let refused = run("undo --yes")
        #expect(
            refused.status == .usage && refused.err.contains("is not the one that change 1 was made on"),
            "\(refused.err)")
        #expect(refused.err.contains("--same-server"), "\(refused.err)")
        #expect(try keys() == .integer(0))
        #expect(run("undo --yes --same-server").status == .done)
        #expect(try keys() == .integer(1))
    }

    /// A server that has lost what was taken back gets it once more, where the user says that it is the same.
    @Test func whatTheServerHasLostIsTakenBackOnceMore() throws {
        try makeSession()
        #expect(run("expire --all --yes --settle 0").status == .done)
        #expect(run("undo --yes").status == .done)
        try old.command("DEL", "spring:session:sessions:a")
        for words in ["undo --yes", "undo 1 --yes", "undo 1 --yes --force", "undo 1 --yes --same-server --force"] {
            let said = run(words)
            #expect(said.status == .notFound && said.err.contains("--again takes it back once more"), "\(said.err)")
        }
        #expect(try keys() == .integer(0))
        for words in ["undo --yes --again", "undo 1 --yes --again"] {
            #expect(run(words).status == .done)
            #expect(try keys() == .integer(1))
            try old.command("DEL", "spring:session:sessions:a")
        }
    }

    @Test func aReplicaThatBecameThePrimaryIsTheSame() throws {
        try makeSession()
        try new.command("REPLICAOF", "127.0.0.1", String(old.port))
        try wait { try new.command("DBSIZE") == .integer(1) }
        #expect(run("expire --all --yes --settle 0").status == .done)
        try wait { try new.command("DBSIZE") == .integer(0) }
        try new.command("REPLICAOF", "NO", "ONE")
        try exchange()
        let undone = run("undo --yes")
        #expect(undone.status == .done, "\(undone.err)")
        #expect(try keys() == .integer(1))
    }

    private func wait(until isSo: () throws -> Bool) throws {
        for _ in 0..<1000 {
            if try isSo() { return }
            usleep(10_000)
        }
        Issue.record("the replica never caught up")
    }
}
