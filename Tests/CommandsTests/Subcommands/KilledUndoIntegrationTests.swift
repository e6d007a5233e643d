import Foundation
import SessionStorage
import TestSupport
import Testing

/// kill -9 in the middle of `undo`: who was taken back by then, and has logged out since, is not brought back by the next one.
struct KilledUndoIntegrationTests {
    private func keys(_ server: RedisServer) throws -> Set<[UInt8]> { Set(try server.everything().keys) }

    @Test(arguments: [[], ["--force"]]) func bringsNobodyBackTwice(_ words: [String]) throws {
        let server = try RedisServer { $0.configuration = ["enable-debug-command yes"] }
        defer { server.stop() }
        try server.load(FixtureStore("tomcat9-redis-session-manager"))
        let home = try TemporaryDirectory()
        let link = try SlowLink(to: server)
        defer { link.stop() }
        let environment = ["XDG_STATE_HOME": home.path]
        let before = try keys(server)
        let expire = try BuiltProgram.run(
            ["expire", "--all", "--yes", "--settle", "0", "-s", link.socketPath], environment: environment)
        let others = try keys(server)
        #expect(expire.status == 0 && before.subtracting(others).count >= 3, "\(expire.errors)")
        try kill(["undo", "--yes", "-s", link.socketPath], home) { try !noted(environment).isEmpty }
        let back = try noted(environment)
        // Whatever came behind them may be taken back as well by the time.
        #expect(!back.isEmpty && back.count < before.subtracting(others).count)
        for key in back { try server.command([Array("DEL".utf8), key]) }
        let undo = try BuiltProgram.run(
            ["undo", "1", "--yes", "-s", link.socketPath] + words, environment: environment)
        let left = before.subtracting(back)
        // What the server had got and not run when the program was killed may have come back by itself.
        #expect(undo.status == 0 && undo.errors.contains("took back "), "\(undo.errors)")
        #expect(try keys(server) == left, "\(undo.errors)")
    }

    /// The keys of the sessions that are known to be taken back.
    private func noted(_ environment: [String: String]) throws -> Set<[UInt8]> {
        guard let archive = try UndoArchive.openExisting(environment: environment) else { return [] }
        var keys: Set<[UInt8]> = []
        var sessions = try archive.sessions(of: 1)
        while case let some = try sessions.next(), !some.isEmpty {
            keys.formUnion(some.filter { $0.undone != nil }.map(\.session.key))
        }
        return keys
    }

    /// Kills it when `condition` holds, and it waits for what is still on its way.
    private func kill(_ words: [String], _ home: TemporaryDirectory, when condition: () throws -> Bool) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: BuiltProgram.path)
        process.arguments = words
        process.environment = ["PATH": "/usr/bin:/bin", "HOME": home.path, "XDG_STATE_HOME": home.path]
        process.standardError = FileHandle.nullDevice
        try process.run()
        while process.isRunning, try !condition() { usleep(1000) }
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        #expect(process.terminationReason == .uncaughtSignal)
    }
}
