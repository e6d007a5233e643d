import Redis
import SessionStorage
import Sessions
import Terminal

/// All that a command has from outside: streams, clock, environment, and the shell's store where it runs in the shell.
package final class CommandContext {
    /// Data goes here.
    let output: OutputSink
    /// Messages and progress go here.
    let errors: OutputSink
    let environment: [String: String]
    /// Milliseconds since 1970.
    let clock: () -> Int64
    /// Seconds that never go back.
    let monotonicClock: () -> Double
    let isInterrupted: () -> Bool
    /// The terminal behind the output, or nil in a pipe.
    let screen: TerminalSize?
    /// The columns of the terminal behind the messages, or nil.
    let messageColumns: Int?
    /// What the shell lends to its commands.
    var shell: ShellState?

    init(
        output: OutputSink, errors: OutputSink, environment: [String: String], clock: @escaping () -> Int64,
        monotonicClock: @escaping () -> Double, isInterrupted: @escaping () -> Bool, screen: TerminalSize?,
        messageColumns: Int?
    ) {
        self.output = output
        self.errors = errors
        self.environment = environment
        self.clock = clock
        self.monotonicClock = monotonicClock
        self.isInterrupted = isInterrupted
        self.screen = screen
        self.messageColumns = messageColumns
    }

    /// A message for people, on the error stream, made safe for a terminal.
    func say(_ text: String) {
        errors.write("sessionctl: " + TerminalText.escape(text, keepLines: true) + "\n")
    }

    /// Tells a failure with its advice.
    func report(_ failure: Failure) {
        if failure.status == .interrupted { return }
        say(failure.message)
        if let advice = failure.advice { errors.write("  " + TerminalText.escape(advice) + "\n") }
    }
}
