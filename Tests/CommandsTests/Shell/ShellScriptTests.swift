import Foundation
import TestSupport
import Testing

@testable import Commands

/// Lines from a pipe, through the program as it was built.
@Suite struct ShellScriptTests {
    private static let late = "bbb893b2-0fd5-458f-a3f6-4a39db3ee156"

    private func run(
        _ lines: String, _ options: [String] = [], on server: RedisServer, state: TemporaryDirectory? = nil
    ) throws -> BuiltProgram.Outcome {
        try BuiltProgram.run(
            ["shell", "-s", server.socketPath] + options, input: lines,
            environment: state.map { ["XDG_STATE_HOME": $0.path] } ?? [:])
    }

    @Test func runsTheCommandsOfTheProgram() throws {
        let server = try RedisServer.withSpringSessions()
        let lines = """
            # sessions of one user
            list --where "user = 'late'" --fields id,principal

            ls --where "user = 'frank'" -o raw   # by its other name
            """
        let result = try run(lines, on: server)
        #expect(result.status == 0)
        #expect(result.errors == "")
        let output = result.output.split(separator: "\n")
        #expect(output.count == 3 && output.first == "\(Self.late)\tlate")
        #expect(output.dropFirst().allSatisfy { $0.hasPrefix("spring:session:sessions:") })
    }

    @Test func fallsBackToTheCurrentSession() throws {
        let server = try RedisServer.withSpringSessions()
        let result = try run("use user:late\nuse\nkeys -o raw\nuse -\nuse\nkeys\n", on: server)
        #expect(result.status == 2)
        let output = result.output.split(separator: "\n")
        #expect(output.first == "spring \(Self.late)")
        #expect(output.contains("spring:session:sessions:\(Self.late)"))
        #expect(result.errors.contains("line 5: no session is set"))
        #expect(result.errors.contains("line 6: name a session"))
        #expect(result.errors.contains("'use ID'"))
    }

    /// Where a word needs `id:` to be no place, what stands behind it is whatever names a session.
    @Test func aMarkTakesTheBeginningOfAnId() throws {
        let server = try RedisServer.withSpringSessions()
        let start = Self.late.prefix(8)
        let other = try #require(
            run("list -o raw\n", on: server).output.split(separator: "\n").first { !$0.hasSuffix(Self.late) })
        let lines = """
            use \(other)
            set id:\(start) note=red --yes -q
            unset id:\(start) nothing --yes
            use id:\(Self.late)
            get note
            """
        let result = try run(lines + "\n", ["--keep-going"], on: server, state: TemporaryDirectory())
        #expect(result.output.hasSuffix("red\n"), "\(result.output)\(result.errors)")
        #expect(result.errors.contains("no attribute 'nothing'"), "\(result.errors)")
    }

    /// An equals sign makes the first word a value, and a mark makes it a session.
    @Test func changesTheCurrentSession() throws {
        let server = try RedisServer.withSpringSessions()
        let lines = """
            use user:late
            set note=blue --yes -q
            get note
            set id:\(Self.late) note=red --yes -q
            get note
            unset note --purge --yes -q
            use -
            set note=blue --yes
            """
        let result = try run(lines, on: server, state: TemporaryDirectory())
        #expect(result.output == "blue\nred\n" && result.status == 2, "\(result.output)\(result.errors)")
        #expect(result.errors.contains("line 8: name a session and what to set"), "\(result.errors)")
    }

    @Test(arguments: ["bbb893b2", late, "id:\(late)", "key:spring:session:sessions:\(late)"])
    func takesEveryFormOfNaming(name: String) throws {
        let server = try RedisServer.withSpringSessions()
        #expect(try run("use \(name)\nuse\n", on: server).output == "spring \(Self.late)\n")
    }

    @Test func refusesAnAmbiguousSession() throws {
        let server = try RedisServer.withSpringSessions()
        let result = try run("use user:frank\n", on: server)
        #expect(result.status == 2)
        #expect(result.errors.contains("line 1: 'user:frank' fits 2 sessions"))
    }

    @Test(arguments: [
        ("use nobody123", Int32(1)), ("frobnicate", 2), ("list 'x", 2), ("list --foo", 2), ("shell", 2), ("demo", 2),
        ("\\x", 2), ("decode -", 2), ("list --where 'idle >'", 2), ("decode rO0ABXQ", 6),
        ("list -s /nowhere/redis.sock", 3), ("list --exit-code --where \"user = 'x'\"", 1),
    ])
    func stopsAtTheFirstErrorWithItsStatus(line: String, status: Int32) throws {
        let server = try RedisServer.withSpringSessions()
        let result = try run("list --limit 1 -o raw\n\(line)\nlist -o raw\n", on: server)
        #expect(result.status == status)
        #expect(result.output.split(separator: "\n").filter { $0.hasPrefix("spring:") }.count == 1)
        if !line.contains("--exit-code") { #expect(result.errors.contains("line 2: ")) }
    }

    /// The message says the line; what stands before it must not say another.
    @Test(arguments: ["", "list --limit 0\n"]) func saysTheRightLineOfInputThatIsNoText(_ before: String) throws {
        let server = try RedisServer.withSpringSessions()
        let line = before.isEmpty ? 1 : 2
        let shell =
            "printf '\(before)\\377\\nlist --foo\\n' | '\(BuiltProgram.path)' shell --keep-going -s \(server.socketPath)"
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", shell + " 2>&1"]
        process.standardOutput = pipe
        try process.run()
        let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(said.hasPrefix("sessionctl: line \(line) of the input is not UTF-8\n"), "\(said)")
        #expect(said.contains("sessionctl: line \(line + 1): Error: Unknown option '--foo'"))
    }

    @Test func goesOnWhenAskedTo() throws {
        let server = try RedisServer.withSpringSessions()
        let result = try run(
            "list --foo\nuse nobody123\nlist 'x\nlist --limit 1 -o raw\n", ["--keep-going"], on: server)
        #expect(result.status == 5)
        #expect(result.output.hasPrefix("spring:session:sessions:"))
        for number in 1...3 { #expect(result.errors.contains("line \(number): ")) }
        #expect(try run("list --limit 0\n\n", ["--keep-going"], on: server).status == 0)
    }

    @Test func leavesWhereTheScriptSaysSo() throws {
        let server = try RedisServer()
        for word in ["exit", "quit", "\\q"] {
            let result = try run("help\n\(word)\nfrobnicate\n", on: server)
            #expect(result.status == 0 && result.errors == "")
        }
    }

    @Test func helpsWithoutTheProgramsName() throws {
        let server = try RedisServer()
        let overview = try run("help\n", on: server).output
        #expect(overview.contains("  list, ls ") && overview.contains("  use ") && overview.contains("  exit, quit "))
        #expect(!overview.contains("  shell") && !overview.contains("sessionctl"))
        #expect(try run("\\?\n", on: server).output == overview)
        let list = try run("help list\n", on: server).output
        #expect(list.contains("\n  list --sort=-size --limit 10") && list.contains("USAGE: list ["))
        #expect(try run("list --help\n", on: server).output == list)
        #expect(try run("list --foo\n", on: server).errors.contains("See 'list --help'"))
    }

    @Test func writesNoHistoryAndNoPrompt() throws {
        let server = try RedisServer()
        let state = try TemporaryDirectory()
        let result = try run("list -o raw\n", on: server, state: state)
        #expect(result.output == "" && result.errors == "" && result.status == 0)
        #expect(try FileManager.default.contentsOfDirectory(atPath: state.path) == [])
    }

    @Test func opensAnotherStoreForOneLine() throws {
        let server = try RedisServer.withSpringSessions()
        let other = try RedisServer()
        let lines = "list -n 1 -o raw\nlist -s \(other.socketPath) -o raw\n-n 1 list -o raw\nlist --limit 1 -o raw\n"
        let result = try run(lines, on: server)
        #expect(result.status == 0)
        #expect(result.output.split(separator: "\n").count == 1)
        let refused = try run("use user:late\nkeys -n 1\n", on: server)
        #expect(refused.status == 2 && refused.errors.contains("the shell's own store"))
    }

    @Test func cannotStartWithoutAServer() throws {
        let folder = try TemporaryDirectory()
        let result = try BuiltProgram.run(["shell", "-s", folder.path + "/none"], input: "help\n")
        #expect(result.status == 3 && result.output == "")
    }

    @Test func readingWritesNothing() throws {
        let server = try RedisServer.withSpringSessions()
        #expect(try server.command("ACL", "SETUSER", "reader", "on", ">pw", "~*", "+@read", "+ping") == .status("OK"))
        let before = try #require(try changes(server))
        let result = try BuiltProgram.run(
            ["shell", "-s", server.socketPath, "--user", "reader"], input: "list\nuse user:late\nkeys\n",
            environment: ["REDISCLI_AUTH": "pw"])
        #expect(result.status == 0, "\(result.errors)")
        #expect(try changes(server) == before)
    }

    private func changes(_ server: RedisServer) throws -> String? {
        guard case .string(let text) = try server.command("INFO", "persistence") else { return nil }
        return String(decoding: text, as: UTF8.self).split(separator: "\r\n")
            .first { $0.hasPrefix("rdb_changes_since_last_save") }.map(String.init)
    }
}
