import Foundation
import TestSupport
import Testing

/// The demo as a process of its own: however it ends, its Redis (no `RedisServer` of the tests) ends with it.
@Suite(.timeLimit(.minutes(10))) struct DemoProcessTests {
    private let folder: TemporaryDirectory
    private let terminal: PseudoTerminal

    init() throws {
        folder = try TemporaryDirectory()
        terminal = try PseudoTerminal(rows: 40, columns: 110)
    }

    private func start(_ arguments: [String]) throws -> pid_t {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        let environment = ["PATH": path, "TMPDIR": folder.path, "HOME": folder.path + "/home", "TERM": "xterm"]
        return try BuiltProgram.start(["demo"] + arguments, on: terminal, environment: environment)
    }

    @Test func servesUntilControlC() throws {
        let process = try start(["--serve"])
        let text = try terminal.wait(for: "redis-cli -s ")
        #expect(text.contains("until Ctrl-C"))
        let socket = try #require(try sockets().first)
        let client = try RespClient(socketPath: socket)
        #expect(try client.command([Array("DBSIZE".utf8)]) == .integer(36))
        let port = try client.command(["CONFIG", "GET", "port"].map { Array($0.utf8) })
        #expect(port == .array(["port", "0"].map { .string(Array($0.utf8)) }))
        let directory = (socket as NSString).deletingLastPathComponent
        let attributes = try FileManager.default.attributesOfItem(atPath: directory)
        #expect(attributes[.posixPermissions] as? Int == 0o700)
        terminal.type("\u{3}")
        #expect(try BuiltProgram.wait(for: process) == 130)
        try expectNothingLeft()
    }

    @Test func endsWhenSomebodyStopsTheServer() throws {
        let process = try start(["--serve"])
        try terminal.wait(for: "redis-cli -s ")
        let client = try RespClient(socketPath: try #require(try sockets().first))
        _ = try? client.command([Array("SHUTDOWN".utf8)])
        #expect(try BuiltProgram.wait(for: process) == 0)
        try expectNothingLeft()
    }

    @Test(arguments: [SIGTERM, SIGHUP, SIGKILL])
    func leavesNothingBehindWhenKilled(signal: Int32) throws {
        let process = try start(["--serve"])
        try terminal.wait(for: "redis-cli -s ")
        kill(process, signal)
        #expect(try BuiltProgram.wait(for: process) != 0)
        // The guardian needs a moment of its own after SIGHUP and SIGKILL.
        for _ in 0..<500 where try !sockets().isEmpty || !RunningProcesses.mentioning(folder.path).isEmpty {
            usleep(10_000)
        }
        try expectNothingLeft()
    }

    @Test func opensAShell() throws {
        let process = try start(["--shell"])
        try terminal.wait(for: "> ")
        terminal.type("get user:grace SPRING_SECURITY_CONTEXT.authentication.principal\r")
        try terminal.wait(for: "\"grace\"")
        terminal.type("exit\r")
        #expect(try BuiltProgram.wait(for: process) == 0)
        try? FileManager.default.removeItem(atPath: folder.path + "/home")
        try expectNothingLeft()
    }

    @Test func showsColoursAndNoPagerOnATerminal() throws {
        let process = try start([])
        let text = try terminal.wait(for: "all commands")
        #expect(text.contains("\u{1B}["))
        #expect(try BuiltProgram.wait(for: process) == 0)
        try expectNothingLeft()
    }

    private func sockets() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix("redis.sock") }.map { folder.path + "/" + $0 }
    }

    private func expectNothingLeft() throws {
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
        #expect(try RunningProcesses.mentioning(folder.path) == [])
    }
}
