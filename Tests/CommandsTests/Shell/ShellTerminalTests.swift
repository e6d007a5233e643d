import Foundation
import TestSupport
import Testing

/// The shell on a terminal, as a person would use it.
@Suite(.timeLimit(.minutes(10))) struct ShellTerminalTests {
    private static let late = "bbb893b2-0fd5-458f-a3f6-4a39db3ee156"

    private let server: RedisServer
    private let terminal: PseudoTerminal
    private let state: TemporaryDirectory

    init() throws {
        server = try RedisServer.withSpringSessions()
        terminal = try PseudoTerminal(rows: 30, columns: 120)
        state = try TemporaryDirectory()
    }

    private func start(_ options: [String] = [], colour: Bool = false) throws -> pid_t {
        var environment = [
            "PATH": "/usr/bin:/bin", "HOME": state.path, "XDG_STATE_HOME": state.path, "INPUTRC": "/dev/null",
            "TERM": "xterm", "PAGER": "cat",
        ]
        if !colour { environment["NO_COLOR"] = "1" }
        let process = try BuiltProgram.start(
            ["shell", "-s", server.socketPath] + options, on: terminal, environment: environment)
        return process
    }

    private func leave(_ process: pid_t) throws {
        terminal.type("\u{4}")
        #expect(try BuiltProgram.wait(for: process) == 0)
    }

    @Test func listsUsesAndCompletes() throws {
        let process = try start()
        try terminal.wait(for: "redis.sock/0> ")
        terminal.type("list\r")
        try terminal.wait(for: Self.late)
        try terminal.wait(for: "redis.sock/0> ")
        terminal.type("use bbb8\t")
        try terminal.wait(for: "use \(Self.late)")
        terminal.type("\r")
        try terminal.wait(for: "redis.sock/0 spring bbb893b2…> ")
        terminal.type("ke\t\r")
        try terminal.wait(for: "spring:session:sessions:\(Self.late)")
        try terminal.wait(for: "> ")
        terminal.type("use \\\t-\r")
        try leave(process)
        let history = try String(contentsOfFile: state.path + "/sessionctl/history", encoding: .utf8)
        #expect(history.split(separator: "\n").prefix(3) == ["list", "use \(Self.late)", "keys"])
    }

    @Test func keepsSecretsOutOfTheHistory() throws {
        let process = try start()
        try terminal.wait(for: "redis.sock/0> ")
        for line in ["list --pass=s3cret --limit 0", "list -u redis://:s3cret@127.0.0.1:1", "list --limit 0"] {
            terminal.type(line + "\r")
            try terminal.wait(for: "redis.sock/0> ")
        }
        try leave(process)
        let file = state.path + "/sessionctl/history"
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "list --limit 0\n")
        let attributes = try FileManager.default.attributesOfItem(atPath: file)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test func controlCStopsTheCommandAndNotTheShell() throws {
        let process = try start(["--timeout", "60"])
        try terminal.wait(for: "redis.sock/0> ")
        terminal.type("list --limit 0\r")
        try terminal.wait(for: "redis.sock/0> ")
        server.suspend()
        terminal.type("list -o raw\r")
        try terminal.wait(for: "-o raw\r\n")
        usleep(300_000)
        let start = Date()
        terminal.type("\u{3}")
        try terminal.wait(for: "redis.sock/0> ")
        #expect(Date().timeIntervalSince(start) < 2)
        server.resume()
        terminal.type("list --where \"user = 'late'\" -o raw\r")
        try terminal.wait(for: "spring:session:sessions:\(Self.late)")
        try terminal.wait(for: "redis.sock/0> ")
        try leave(process)
    }

    @Test func controlCAtThePromptAsksAgain() throws {
        let process = try start()
        try terminal.wait(for: "redis.sock/0> ")
        terminal.type("list --foo")
        try terminal.wait(for: "list --foo")
        terminal.type("\u{3}")
        let cleared = try terminal.wait(for: "redis.sock/0> ")
        #expect(cleared.split { $0 == "\n" || $0 == "\r\n" }.count == 2 && cleared.contains("^C"))
        terminal.type("frobnicate\r")
        let screen = try terminal.wait(for: "redis.sock/0> ")
        #expect(screen.contains("there is no command 'frobnicate'"))
        try leave(process)
    }

    @Test func tellsOfALostConnectionAndGoesOn() throws {
        let process = try start()
        try terminal.wait(for: "redis.sock/0> ")
        terminal.type("list --limit 0\r")
        try terminal.wait(for: "redis.sock/0> ")
        try server.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
        usleep(1_200_000)
        terminal.type("list --where \"user = 'late'\" -o raw\r")
        let screen = try terminal.wait(for: "spring:session:sessions:\(Self.late)")
        #expect(screen.contains("the connection was lost; connected again to"))
        try terminal.wait(for: "redis.sock/0> ")
        try leave(process)
    }

    @Test func endsBySIGTERM() throws {
        let process = try start()
        try terminal.wait(for: "redis.sock/0> ")
        kill(process, SIGTERM)
        #expect(try BuiltProgram.wait(for: process) == 143)
    }

    @Test func pagesEachCommand() throws {
        var environment = ["PATH": "/usr/bin:/bin", "HOME": state.path, "TERM": "xterm", "INPUTRC": "/dev/null"]
        environment["PAGER"] = "sed 's/^/paged: /'"
        let small = try PseudoTerminal(rows: 8, columns: 120)
        let process = try BuiltProgram.start(["shell", "-s", server.socketPath], on: small, environment: environment)
        for _ in 0..<2 {
            try small.wait(for: "> ")
            small.type("list\r")
            try small.wait(for: "paged: ")
            try small.wait(for: Self.late)
        }
        try small.wait(for: "> ")
        small.type("list --limit 1 --no-pager -o raw\r")
        let screen = try small.wait(for: "> ")
        #expect(screen.contains("spring:session") && !screen.contains("paged"))
        small.type("\u{4}")
        #expect(try BuiltProgram.wait(for: process) == 0)
    }

    @Test func coloursThePromptUnlessToldNotTo() throws {
        let process = try start(colour: true)
        try terminal.wait(for: "\u{1b}[1;32mredis.sock/0\u{1b}[0m> ")
        try leave(process)
    }

    @Test func neverLetsAnIdDriveTheTerminal() throws {
        try server.command("HSET", "spring:session:sessions:\u{1b}]0;x\u{7}evil", "creationTime", "x")
        let process = try start()
        try terminal.wait(for: "redis.sock/0> ")
        terminal.type("use 'key:spring:session:sessions:\u{16}\u{1b}]0;x\u{16}\u{7}evil'\r")
        try terminal.wait(for: #"redis.sock/0 spring \x1b]0;x…> "#)
        try leave(process)
    }
}
