import Sessions
import Terminal

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Signals of this process, as the commands ask for them.
enum Signals {
    /// The last signal that asks the program to stop, or 0.
    nonisolated(unsafe) static var received: sig_atomic_t = 0
    /// How many such signals came since the last command.
    nonisolated(unsafe) static var count: sig_atomic_t = 0

    /// Ctrl-C, SIGTERM and the end of the terminal set a flag that every wait looks at; a reader that has gone is an error of
    /// `write`, not a signal.
    static func install() {
        signal(SIGPIPE, SIG_IGN)
        // A file that may not grow is an error where it is written, and not the end of the program.
        signal(SIGXFSZ, SIG_IGN)
        for number in [SIGINT, SIGTERM, SIGHUP] where number != SIGHUP || !isIgnored(number) {
            var action = sigaction()
            #if canImport(Darwin)
                action.__sigaction_u.__sa_handler = { Signals.note($0) }
            #else
                action.__sigaction_handler.sa_handler = { Signals.note($0) }
            #endif
            sigaction(number, &action, nil)
        }
    }

    /// What `nohup` starts goes on without its terminal.
    private static func isIgnored(_ number: Int32) -> Bool {
        var before = sigaction()
        guard sigaction(number, nil, &before) == 0 else { return false }
        #if canImport(Darwin)
            let handler = before.__sigaction_u.__sa_handler
        #else
            let handler = before.__sigaction_handler.sa_handler
        #endif
        return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    }

    /// In a signal handler nothing may be done but this.
    private static func note(_ signal: Int32) {
        received = sig_atomic_t(signal)
        count &+= 1
    }

    /// Whether a change is to be given up in the middle: somebody has asked for the end twice, or what is in hand takes longer than two
    /// seconds since.
    static func patience(clock: @escaping () -> Double) -> () -> Bool {
        var first: Double?
        return {
            guard count > 0 else {
                first = nil
                return false
            }
            let began = first ?? clock()
            first = began
            return count > 1 || clock() - began > 2
        }
    }

    /// A standard stream that is closed must not become a connection: what is written to it fails instead.
    static func openStandardStreams() {
        for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) < 0 { _ = open("/dev/null", O_RDONLY) }
    }

    /// Forgets a Ctrl-C; the status to end with where the program has to end.
    static func takeInterrupt() -> ExitStatus? {
        switch Int32(received) {
        case SIGTERM: return .terminated
        case SIGHUP: return .hungUp
        default:
            received = 0
            count = 0
            return nil
        }
    }
}

extension Program {
    /// The words that this process was started with, without the program's own name.
    ///
    /// Bytes that are no UTF-8 are the escapes in which names are shown, and which names and filters understand: `\xff`.
    package static func argumentsOfProcess() -> [String] {
        ProcessArguments.given().dropFirst().map { EscapedName.text(of: $0) }
    }
}

extension CommandContext {
    /// The context of the real process, for the command that `arguments` ask for.
    package static func ofProcess(_ arguments: [String]) -> CommandContext {
        Signals.openStandardStreams()
        Signals.install()
        let environment = environment()
        // A terminal that does not tell its size (a serial line, a new pseudo-terminal) is one all the same.
        let screen = StandardStream.output.isTerminal ? StandardStream.output.terminalSize ?? .standard : nil
        let isInterrupted = { Signals.received != 0 }
        let wantsPager = !arguments.contains("--no-pager")
        return CommandContext(
            output: OutputSink(
                descriptor: StandardStream.output.descriptor,
                pager: wantsPager ? Pager(environment: environment, screen: screen) : nil, interruption: isInterrupted),
            errors: OutputSink(descriptor: StandardStream.error.descriptor),
            environment: environment, clock: milliseconds, monotonicClock: seconds, isInterrupted: isInterrupted,
            screen: screen,
            messageColumns: StandardStream.error.isTerminal
                ? (StandardStream.error.terminalSize ?? .standard).columns : nil,
            isStopped: Signals.patience(clock: seconds), ask: question(isInterrupted),
            takeInterrupt: Signals.takeInterrupt, renewal: { ofProcess($0) })
    }

    /// Asks on the terminal; nil where input or messages go elsewhere.
    private static func question(_ isInterrupted: @escaping () -> Bool) -> ((String) -> String?)? {
        guard StandardStream.input.isTerminal, StandardStream.error.isTerminal else { return nil }
        return { text in
            let errors = OutputSink(descriptor: StandardStream.error.descriptor)
            errors.write(text)
            try? errors.flush()
            let editor = PlainLineEditor(interruption: isInterrupted)
            switch try? editor.readLine(prompt: "") {
            case .line(let line): return line
            // Ctrl-D is an answer, and none that agrees.
            case .endOfInput:
                errors.write("\n")
                try? errors.flush()
                return ""
            case .interrupted, nil: return nil
            }
        }
    }

    private static func milliseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }

    private static func seconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private static func environment() -> [String: String] {
        var variables: [String: String] = [:]
        #if canImport(Darwin)
            guard var entry = _NSGetEnviron().pointee else { return [:] }
        #else
            var entry = environ
        #endif
        while let text = entry.pointee {
            let parts = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { variables[String(parts[0])] = String(parts[1]) }
            entry += 1
        }
        return variables
    }
}
