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
    /// Whether to stop at once, in the middle of a write: a second Ctrl-C.
    let isStopped: () -> Bool
    /// Asks whoever sits at the terminal and returns the line, an empty one at the end of the input, nil for Ctrl-C; nil where
    /// nobody sits there.
    let ask: ((String) -> String?)?
    /// Forgets a Ctrl-C, so that the next command can run; the status to end with if it was a signal to end the program.
    let takeInterrupt: () -> ExitStatus?
    /// Makes a context with streams of its own and the screen as it is now; nil where these streams serve all commands.
    let renewal: ((_ arguments: [String]) -> CommandContext)?
    /// The terminal behind the output, or nil in a pipe.
    let screen: TerminalSize?
    /// The columns of the terminal behind the messages, or nil.
    let messageColumns: Int?
    /// What the shell lends to its commands.
    var shell: ShellState?
    /// Whether messages say secrets: `--reveal` of the command that runs.
    var reveals = false
    /// The words of the command that runs, without secrets: by them the undo archive tells what was done.
    var commandWords: [String] = []
    /// Whether the command that runs has left nothing undone: then its status counts, also where somebody wanted to stop it just before its end.
    var hasDoneAll = false
    /// What stands before messages.
    var messagePrefix = "sessionctl: "

    init(
        output: OutputSink, errors: OutputSink, environment: [String: String], clock: @escaping () -> Int64,
        monotonicClock: @escaping () -> Double, isInterrupted: @escaping () -> Bool, screen: TerminalSize?,
        messageColumns: Int?, isStopped: @escaping () -> Bool = { false }, ask: ((String) -> String?)? = nil,
        takeInterrupt: @escaping () -> ExitStatus? = { nil },
        renewal: ((_ arguments: [String]) -> CommandContext)? = nil
    ) {
        self.output = output
        self.errors = errors
        self.environment = environment
        self.clock = clock
        self.monotonicClock = monotonicClock
        self.isInterrupted = isInterrupted
        self.isStopped = isStopped
        self.ask = ask
        self.screen = screen
        self.messageColumns = messageColumns
        self.takeInterrupt = takeInterrupt
        self.renewal = renewal
    }

    /// The context of one line of the shell: each has its own pager.
    func forCommand(_ arguments: [String], messagePrefix: String) -> CommandContext {
        let context = renewal?(arguments) ?? self
        context.shell = shell
        context.messagePrefix = messagePrefix
        return context
    }

    /// A message for people, on the error stream: one line, made safe for a terminal and without secrets that it repeats.
    ///
    /// - Parameter details: lines below it. No line feed of data makes another: it would look like a message of the program.
    func say(_ text: String, _ details: [String] = []) {
        let lines = [messagePrefix + message(text)] + details.map { "  " + message($0) }
        errors.write(lines.joined(separator: "\n") + "\n")
    }

    /// A line for the error stream: no control characters, and no secrets unless they are asked for.
    ///
    /// - Parameter keepLines: for text of several lines of which none is data.
    func message(_ text: String, keepLines: Bool = false) -> String {
        TerminalText.escape(reveals ? text : SecretPolicy.maskedMessage(text), keepLines: keepLines)
    }

    func say(_ notice: Notice) { say(notice.text, notice.details) }

    /// In the shell, commands are named without the program.
    func wording(_ text: String) -> String { shell == nil ? text : ShellWording.withoutProgram(text) }

    /// Tells a failure with its advice.
    func report(_ failure: Failure) {
        if failure.status == .interrupted { return }
        say(wording(failure.message), failure.details)
        if let advice = failure.advice { errors.write("  " + TerminalText.escape(wording(advice)) + "\n") }
    }
}

/// A message for people, with lines below it.
struct Notice {
    let text: String
    var details: [String] = []

    init(_ text: String, _ details: [String] = []) { (self.text, self.details) = (text, details) }
}
