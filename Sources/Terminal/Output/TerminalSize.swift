#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The rows and columns of a terminal.
package struct TerminalSize: Sendable, Equatable {
    /// What is assumed of a terminal that does not say.
    package static let standard = TerminalSize(rows: 24, columns: 80)

    package let rows: Int
    package let columns: Int

    package init(rows: Int, columns: Int) {
        self.rows = rows
        self.columns = columns
    }

    /// Asks the terminal behind `descriptor`.
    package init?(descriptor: Int32) {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0, size.ws_col > 0 else { return nil }
        self.init(rows: Int(size.ws_row), columns: Int(size.ws_col))
    }
}
