#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// One of the three streams of the process, and what is at its other end.
package enum StandardStream: Int32, Sendable {
    case input = 0
    case output = 1
    case error = 2

    package var descriptor: Int32 { rawValue }

    package var isTerminal: Bool { isatty(rawValue) == 1 }

    /// The size of the terminal behind the stream, nil where there is none or it does not say.
    package var terminalSize: TerminalSize? { TerminalSize(descriptor: rawValue) }
}
