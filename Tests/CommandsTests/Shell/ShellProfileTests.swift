import Foundation
import TestSupport
import Testing

@testable import Commands

/// The shell on stores that have profiles, with a RedisServer.
@Suite(.timeLimit(.minutes(10))) struct ShellProfileTests {
    private func run(_ lines: String, on bench: ProfileBench, _ options: [String] = []) throws -> BuiltProgram.Outcome {
        try BuiltProgram.run(["shell", "-u", "@shop"] + options, input: lines, environment: bench.environment)
    }

    @Test func productionIsReadOnlyUntilWriteIsOn() throws {
        let bench = try ProfileBench()
        try bench.protect("production = true")
        try bench.beginToCount()
        let refused = try run("write\nset \(ProfileBench.alice) note=red --yes\n", on: bench)
        #expect(refused.status == 2 && refused.output == "off\n", "\(refused.errors)")
        #expect(refused.errors.contains("line 2: profile 'shop'") && refused.errors.contains(#"\write on allows"#))
        #expect(try bench.writes().isEmpty)
        let written = try run(
            "\\write on\nwrite\nset \(ProfileBench.alice) note=red --yes\n\\write off\nset \(ProfileBench.alice) note=red --yes\n",
            on: bench)
        #expect(written.status == 2 && written.output == "on\n", "\(written.errors)")
        #expect(written.errors.contains("changed 1 of 1 session") && written.errors.contains("line 5: profile 'shop'"))
        #expect(try run("set \(ProfileBench.alice) note=red --yes --write\n", on: bench).status == 0)
        #expect(try run("set \(ProfileBench.alice) note=red --dry-run\n", on: bench).status == 0)
    }

    @Test func readOnlyStaysSo() throws {
        let bench = try ProfileBench()
        try bench.protect("read-only = true")
        let result = try run(
            "\\write on\nset \(ProfileBench.alice) note=red --yes --write\nwrite\n", on: bench, ["--keep-going"])
        #expect(result.status == 5 && result.output == "off\n", "\(result.errors)")
        #expect(result.errors.contains("line 1: profile 'shop'") && result.errors.contains("line 2: profile 'shop'"))
    }

    /// What was switched on is the shell's own store.
    @Test func anotherStoreOnALineNeedsAWordOfItsOwn() throws {
        let bench = try ProfileBench()
        let other = try ProfileBench()
        try bench.write(
            """
            [profiles.shop]
            socket = "\(bench.server.socketPath)"
            production = true
            [profiles.other]
            socket = "\(other.server.socketPath)"
            production = true
            """)
        let lines = "\\write on\n-u @other list --limit 1\nset \(ProfileBench.alice) note=red --yes -u @other\n"
        let refused = try run(lines, on: bench)
        #expect(refused.status == 2 && refused.errors.contains("line 3: profile 'other'"), "\(refused.errors)")
        #expect(try run("set \(ProfileBench.alice) note=red --yes -n 0\n", on: bench).errors.contains("profile 'shop'"))
    }

    @Test func whatNobodyProtectsNeedsNoSwitch() throws {
        let bench = try ProfileBench()
        try bench.protect("")
        let result = try run("\\write on\nset \(ProfileBench.alice) note=red --yes\nprofiles\n\\write up\n", on: bench)
        #expect(result.errors.contains("no profile protects") && result.output.hasPrefix("shop\t"), "\(result.errors)")
        #expect(result.status == 2 && result.errors.contains("line 4"), "\(result.errors)")
    }

    @Test func thePromptShowsTheProfile() throws {
        let bench = try ProfileBench()
        try bench.protect("production = true")
        let terminal = try PseudoTerminal(rows: 30, columns: 120)
        let variables = ["PATH": "/usr/bin:/bin", "INPUTRC": "/dev/null", "TERM": "xterm", "PAGER": "cat"]
        // By flags: the store is the profile's all the same.
        let process = try BuiltProgram.start(
            ["shell", "-s", bench.server.socketPath], on: terminal,
            environment: bench.environment.merging(variables) { $1 })
        try terminal.wait(for: "\u{1b}[1;31m@shop/0\u{1b}[0m \u{1b}[2mread-only\u{1b}[0m> ")
        terminal.type("\\write on\r")
        try terminal.wait(for: "\u{1b}[1;37;41m@shop/0\u{1b}[0m \u{1b}[2mwritable\u{1b}[0m> ")
        terminal.type("list --limit 0 -u @s\t\r")
        try terminal.wait(for: "list --limit 0 -u @shop")
        try terminal.wait(for: "> ")
        terminal.type("\u{4}")
        #expect(try BuiltProgram.wait(for: process) == 0)
    }
}
