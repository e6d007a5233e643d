import ArgumentParser
import Foundation
import TestSupport
import Testing

@testable import Commands

/// The line that tells the way back is a whole command: pasted into a shell, it takes the change back.
struct WayBackIntegrationTests {
    private static let alice = "107fe95d-17d0-4470-b9cd-c9c8f35e27f9"

    /// The command that a run has told.
    private func told(_ errors: String) throws -> String {
        let mark = "sessionctl: to take it back: "
        let line = try #require(errors.split(separator: "\n").first { $0.hasPrefix(mark) }, "\(errors)")
        return String(line.dropFirst(mark.count))
    }

    /// As if it were pasted; the program is found by its name.
    private func paste(_ line: String, _ bench: ProfileBench) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["-c", line]
        let programs = URL(fileURLWithPath: BuiltProgram.path).deletingLastPathComponent().path
        process.environment = bench.environment.merging(["PATH": programs + ":/usr/bin:/bin"]) { $1 }
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }

    @Test(arguments: ["-u @shop --write", "-u unix://SOCKET?db=0 -t 2", "-s SOCKET -n 0", "-s LINK", "-h ::1 -p PORT"])
    func worksAsItIs(_ options: String) throws {
        let bench = try ProfileBench { $0.tcp = true }
        try bench.protect("production = \(options.contains("@"))")
        let link = bench.home.path + "/it's a link"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: bench.server.socketPath)
        let words = options.split(separator: " ").map { word in
            String(word).replacing("SOCKET", with: bench.server.socketPath).replacing("LINK", with: link)
                .replacing("PORT", with: String(bench.server.port))
        }
        let before = CommandRun(["get", Self.alice, "theme", "-s", bench.server.socketPath]).out
        let run = CommandRun(words + ["set", Self.alice, "theme=light", "--yes"], environment: bench.environment)
        #expect(run.status == .done, "\(run.err)")
        #expect(try paste(told(run.err) + " --yes", bench) == 0, "\(run.err)")
        #expect(CommandRun(["get", Self.alice, "theme", "-s", bench.server.socketPath]).out == before)
    }

    @Test(arguments: [
        ("-u redis://me:open-sesame@h:7/2", "-u redis://h:7/2 --user me --askpass"),
        ("-u redis://:open-sesame@h/2", "-u redis://h/2 --askpass"), ("-u redis://me@h", "-u redis://h --user me"),
        ("-h h -p 7 -n 3 --user me -a open-sesame", "-h h -p 7 -n 3 --user me --askpass"),
        ("--askpass -t 4 --timeout 2.5", "--askpass -t 4.0 --timeout 2.5"), ("", ""),
        (
            "--namespace a --namespace b --max-inactive-interval 9 --jwt-keys deny=x:{jti}",
            "--namespace a --namespace b --max-inactive-interval 9 --jwt-keys 'deny=x:{jti}'"
        ),
    ]) func noPasswordIsRepeated(_ given: String, _ told: String) throws {
        let options = try ConnectionOptions.parse(given.split(separator: " ").map(String.init))
        #expect(ShellLine.text(options.words) == told)
    }

    /// A password that was typed is asked for.
    @Test func thePasswordIsNotTold() throws {
        let server = try RedisServer { $0.password = "open-sesame" }
        defer { server.stop() }
        let home = try TemporaryDirectory()
        try server.command(
            "HSET", "spring:session:sessions:abcdef", "creationTime", "1", "lastAccessedTime", "1",
            "maxInactiveInterval",
            "-1")
        let run = CommandRun(
            ["expire", "abcdef", "--yes", "--settle", "0", "-a", "open-sesame"], on: server,
            environment: ["XDG_STATE_HOME": home.path])
        #expect(try told(run.err) == "sessionctl undo 1 -s \(server.socketPath) --askpass")
    }

    /// In the shell the connection is the shell's, and commands have no program's name.
    @Test func inTheShellItIsALineOfTheShell() throws {
        let bench = try ProfileBench()
        let lines = "set \(Self.alice) theme=light --yes\nundo 1 --yes\n"
        let run = try BuiltProgram.run(
            ["shell", "-s", bench.server.socketPath], input: lines, environment: bench.environment)
        #expect(run.errors.contains("to take it back: undo 1\n") && run.errors.contains("took back 1 of 1"), "\(run)")
    }

    /// By the clocks as they are: what is taken back at once was used by nobody.
    @Test(arguments: ["tomcat9-redis-session-manager", "spring-session-2.7.4-indexed", "redisson-tomcat-3.52.0"])
    func touchedAndTakenBackAtOnce(_ store: String) throws {
        let server = try RedisServer()
        defer { server.stop() }
        let home = try TemporaryDirectory()
        try server.load(FixtureStore(store))
        let environment = ["XDG_STATE_HOME": home.path]
        let options = ["--yes", "-s", server.socketPath]
        let touch = try BuiltProgram.run(["touch", "--all"] + options, environment: environment)
        #expect(touch.errors.contains("extended"), "\(touch.errors)")
        let undo = try BuiltProgram.run(["undo"] + options, environment: environment)
        #expect(undo.status == 0 && !undo.errors.contains("changed since"), "\(undo.errors)")
    }

    /// What somebody has logged out since stays so.
    @Test func whatWasLoggedOutSinceIsLeft() throws {
        let bench = try EditBench("spring-session-2.7.4-indexed")
        defer { bench.server.stop() }
        #expect(bench.run("set", Self.alice, "theme=light", "--yes").status == .done)
        #expect(bench.run("expire", Self.alice, "--yes", "--settle", "0").status == .done)
        let undo = bench.run("undo", "1", "--yes")
        #expect(undo.err.contains("it was logged out since"), "\(undo.err)")
        #expect(bench.run("undo", "2", "--yes").status == .done)
        #expect(bench.run("get", Self.alice, "theme").out == "light\n")
    }
}
