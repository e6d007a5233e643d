/// What can go wrong between the program and the person in front of it.
package enum TerminalError: Error, Equatable {
    /// Output could not be written; `code` is the system's `errno`.
    case cannotWrite(code: Int32)
    /// Input could not be read; `code` is the system's `errno`.
    case cannotRead(code: Int32)
    /// Line `line` of the input (counted from 1) is no UTF-8 text.
    case notText(line: Int)
    /// Line `line` of the input is longer than `limit` bytes.
    case lineTooLong(line: Int, limit: Int)
    /// A person is needed, and no terminal is there.
    case noTerminal(code: Int32)
    /// The person pressed Ctrl-C, or a signal asked the program to stop.
    case interrupted
    /// The pager did not show what it was given; `status` is its exit status.
    case pagerFailed(command: String, status: Int32)
    /// The history file cannot be read or written; the shell works without it.
    case historyUnavailable(path: String, code: Int32)
}
