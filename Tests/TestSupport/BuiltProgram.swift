package import Foundation

/// The program itself as `swift build` made it, for what only a process can show: pipes, terminals, signals.
package enum BuiltProgram {
    /// Where it is: beside the tests' own bundle.
    package static let path: String = {
        let tests = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        return tests.deletingLastPathComponent().appendingPathComponent("sessionctl").path
    }()

    /// What a run left behind.
    package struct Outcome: Sendable {
        package let status: Int32
        package let output: String
        package let errors: String
    }

    /// Runs it with `input` on its standard input, and waits for its end; `device` is where its output goes in place of
    /// a file, and `tracer` a program with its options that runs it.
    package static func run(
        _ arguments: [String], input: String = "", environment: [String: String] = [:], device: String? = nil,
        under tracer: [String] = []
    ) throws -> Outcome {
        let folder = try TemporaryDirectory()
        let files = ["input", "output", "errors"].map { URL(fileURLWithPath: folder.path + "/" + $0) }
        try Data(input.utf8).write(to: files[0])
        for file in files.dropFirst() { try Data().write(to: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: tracer.isEmpty ? path : "/usr/bin/env")
        process.arguments = tracer.isEmpty ? arguments : tracer + [path] + arguments
        process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder.path].merging(environment) { $1 }
        process.standardInput = try FileHandle(forReadingFrom: files[0])
        process.standardOutput = try FileHandle(forWritingTo: device.map { URL(fileURLWithPath: $0) } ?? files[1])
        process.standardError = try FileHandle(forWritingTo: files[2])
        try process.run()
        process.waitUntilExit()
        let texts = try files.dropFirst().map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
        return Outcome(status: process.terminationStatus, output: texts[0], errors: texts[1])
    }

    /// Starts it with `terminal` as its terminal, as a login would, and returns its process id.
    package static func start(
        _ arguments: [String], on terminal: PseudoTerminal, environment: [String: String]
    ) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        // The first terminal that a new session opens is the one that sends it signals.
        for descriptor in Int32(0)...2 {
            posix_spawn_file_actions_addopen(&actions, descriptor, terminal.path, O_RDWR, 0)
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // Threads of tests may block signals, and a child would inherit that.
        var noSignals = sigset_t()
        sigemptyset(&noSignals)
        posix_spawnattr_setsigmask(&attributes, &noSignals)
        let newSession: Int16 = 0x80  // POSIX_SPAWN_SETSID, which Glibc's module does not show
        posix_spawnattr_setflags(&attributes, newSession | Int16(POSIX_SPAWN_SETSIGMASK))
        let words = ([path] + arguments).map { strdup($0) } + [nil]
        let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { (words + variables).forEach { free($0) } }
        var process = pid_t()
        let status = posix_spawn(&process, path, &actions, &attributes, words, variables)
        guard status == 0 else { throw FixtureError("cannot start \(path): \(status)") }
        return process
    }

    /// Waits for the end of a process and returns its exit status, or 128 and its signal.
    package static func wait(for process: pid_t, seconds: Double = 20) throws -> Int32 {
        let end = Date().addingTimeInterval(seconds)
        var status: Int32 = 0
        while waitpid(process, &status, WNOHANG) == 0 {
            guard Date() < end else {
                kill(process, SIGKILL)
                waitpid(process, &status, 0)
                throw FixtureError("process \(process) did not end")
            }
            usleep(5000)
        }
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + status & 0x7F
    }
}
