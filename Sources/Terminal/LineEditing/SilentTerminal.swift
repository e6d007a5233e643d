#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A terminal that hands over keys one by one and shows none, until `restore()`.
struct SilentTerminal {
    private let descriptor: Int32
    private let settings: termios
    private let signals: sigset_t

    /// What would end the program while the terminal is silent.
    private static let ending = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]

    init(_ descriptor: Int32) throws(TerminalError) {
        self.descriptor = descriptor
        var settings = termios()
        guard tcgetattr(descriptor, &settings) == 0 else { throw .noTerminal(code: errno) }
        self.settings = settings
        var blocked = Self.set(Self.ending)
        var before = sigset_t()
        pthread_sigmask(SIG_BLOCK, &blocked, &before)
        signals = before
        // Without ISIG, Ctrl-C and Ctrl-Z are keys: nobody can stop the program while the terminal is silent.
        settings.c_lflag &= ~tcflag_t(ECHO | ECHONL | ICANON | ISIG | IEXTEN)
        guard tcsetattr(descriptor, TCSAFLUSH, &settings) == 0 else {
            pthread_sigmask(SIG_SETMASK, &before, nil)
            throw .noTerminal(code: errno)
        }
    }

    /// Brings the terminal back, then lets the signals in that came meanwhile.
    func restore() {
        var settings = settings
        tcsetattr(descriptor, TCSAFLUSH, &settings)
        var signals = signals
        pthread_sigmask(SIG_SETMASK, &signals, nil)
    }

    /// The next byte that is typed. A signal that waits ends the asking within 100 ms.
    func key() throws(TerminalError) -> UInt8 {
        while true {
            var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let ready = poll(&request, 1, 100)
            if isSignalPending() { throw .interrupted }
            guard ready > 0 else { continue }
            var byte: UInt8 = 0
            let count = read(descriptor, &byte, 1)
            if count == 1 { return byte }
            if count == 0 { throw .interrupted }
            if errno != EINTR { throw .cannotRead(code: errno) }
        }
    }

    private func isSignalPending() -> Bool {
        var pending = sigset_t()
        sigpending(&pending)
        return Self.ending.contains { sigismember(&pending, $0) == 1 }
    }

    private static func set(_ list: [Int32]) -> sigset_t {
        var result = sigset_t()
        sigemptyset(&result)
        for signal in list { sigaddset(&result, signal) }
        return result
    }
}
