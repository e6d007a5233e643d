import Foundation
import TestSupport
import Testing

/// What only a process can show: signals, and arguments that others on the machine may read.
struct ProcessIntegrationTests {
    /// The program, waiting for a server that does not answer.
    private func waiting(
        _ server: RedisServer, _ options: [String], _ test: (pid_t) throws -> Void
    ) throws {
        let terminal = try PseudoTerminal(rows: 24, columns: 80)
        server.suspend()
        defer { server.resume() }
        let arguments = ["list", "-s", server.socketPath, "--timeout", "30"] + options
        let process = try BuiltProgram.start(arguments, on: terminal, environment: ["PATH": "/usr/bin:/bin"])
        try test(process)
    }

    /// The arguments as `ps` shows them, once `text` is among them.
    private func arguments(of process: pid_t, with text: String) throws -> String {
        var line = ""
        for _ in 0..<1000 {
            line = try String(contentsOfFile: "/proc/\(process)/cmdline", encoding: .utf8)
                .replacing("\0", with: " ")
            if line.contains(text) { return line }
            usleep(10_000)
        }
        return line
    }

    @Test(arguments: [(SIGTERM, 143), (SIGINT, 130), (SIGHUP, 129)] as [(Int32, Int32)])
    func endsBySignals(_ signal: Int32, _ status: Int32) throws {
        let server = try RedisServer()
        defer { server.stop() }
        try waiting(server, ["-a", "none"]) { process in
            // The handlers stand before the password is wiped.
            _ = try arguments(of: process, with: "-a ****")
            kill(process, signal)
            #expect(try BuiltProgram.wait(for: process) == status)
        }
    }

    /// As on a disk that is full: nothing may look done that is not.
    @Test(arguments: [
        "list -o json", "list", "show 005378cd", "decode rO0ABXQABWFsaWNl", "--help", "list --help", "--version",
    ])
    func outputThatCannotBeWrittenIsAnError(_ line: String) throws {
        let server = try RedisServer()
        defer { server.stop() }
        try server.load(FixtureStore("spring-session-2.7.4-indexed"), forever: true)
        let words = line.split(separator: " ").map(String.init)
        let options =
            ["list", "show"].contains(words[0]) && !words.contains("--help") ? ["-s", server.socketPath] : []
        let outcome = try BuiltProgram.run(words + options, device: "/dev/full")
        #expect(outcome.status == 5)
        #expect(outcome.errors.contains("No space left on device"), "\(outcome.errors)")
    }

    @Test func aShellWhoseOutputCannotBeWrittenStops() throws {
        let server = try RedisServer()
        defer { server.stop() }
        try server.load(FixtureStore("spring-session-2.7.4-indexed"), forever: true)
        let outcome = try BuiltProgram.run(
            ["shell", "-s", server.socketPath], input: "list\nlist\n", device: "/dev/full")
        #expect(outcome.status == 5)
        #expect(
            outcome.errors == "sessionctl: line 1: cannot write the output: No space left on device\n",
            "\(outcome.errors)")
    }

    @Test(arguments: [["-a", "open-sesame"], ["--pass=open-sesame"], ["-u", "redis://:open-sesame@127.0.0.1"]])
    func wipesPasswordsFromTheProcessList(_ options: [String]) throws {
        let server = try RedisServer()
        defer { server.stop() }
        try waiting(server, options) { process in
            let line = try arguments(of: process, with: "***")
            #expect(line.contains("***") && !line.contains("sesame"), "\(line)")
            kill(process, SIGTERM)
            _ = try BuiltProgram.wait(for: process)
        }
    }
}
