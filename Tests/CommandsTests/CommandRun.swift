import TestSupport

@testable import Commands
@testable import Terminal

/// One run of the program within the test: what came out, what was said, and how it ended.
struct CommandRun {
    /// The time of every run: 2026-11-23 07:46:40 UTC, soon after the fixtures were written.
    static let now: Int64 = 1_795_420_000_000

    let status: ExitStatus
    let outBytes: [UInt8]
    let errBytes: [UInt8]

    var out: String { String(decoding: outBytes, as: UTF8.self) }
    var err: String { String(decoding: errBytes, as: UTF8.self) }

    /// Runs the program with `arguments`.
    ///
    /// - Parameters:
    ///   - server: The server whose socket is named in front of the other arguments.
    ///   - screen: The terminal that data and messages go to; nil for pipes.
    ///   - monotonic: A clock in seconds; without one no time passes, so that a run with a rate never ends.
    ///   - asking: Gets the question, and answers it.
    ///   - answer: What a person types who is asked; nil where nobody is there.
    init(
        _ arguments: [String], on server: RedisServer? = nil, environment: [String: String] = [:],
        screen: TerminalSize? = nil, interrupted: @escaping () -> Bool = { false }, answer: String? = nil,
        asking: ((String) -> String?)? = nil, monotonic: @escaping () -> Double = { 0 }
    ) {
        let output = OutputSink.memory()
        let errors = OutputSink.memory()
        let context = CommandContext(
            output: output, errors: errors, environment: environment, clock: { Self.now }, monotonicClock: monotonic,
            isInterrupted: interrupted, screen: screen, messageColumns: screen?.columns,
            ask: asking ?? answer.map { answer in { _ in answer } })
        status = Program.run((server.map { ["-s", $0.socketPath] } ?? []) + arguments, in: context)
        outBytes = output.held
        errBytes = errors.held
    }

    /// The same with the arguments as words between single spaces.
    init(
        _ line: String, on server: RedisServer? = nil, environment: [String: String] = [:], screen: TerminalSize? = nil
    ) {
        self.init(
            line.split(separator: " ").map(String.init), on: server, environment: environment, screen: screen)
    }
}
