/// The program's exit statuses, as scripts rely on them.
package enum ExitStatus: Int32, Sendable, CaseIterable {
    /// All was done.
    case done = 0
    /// A named session does not exist, things differ, a token is refused, or there are findings.
    case notFound = 1
    /// The command line is wrong, or the program refuses.
    case usage = 2
    /// No connection, or it was lost.
    case connection = 3
    /// Wrong password, or the user may not do this.
    case permission = 4
    /// Some of it failed or is unknown.
    case partial = 5
    /// Bytes that cannot be decoded.
    case undecodable = 6
    /// SIGHUP: the terminal has gone.
    case hungUp = 129
    /// Ctrl-C.
    case interrupted = 130
    /// SIGTERM.
    case terminated = 143

    /// What help and the man pages say of it.
    private var meaning: String {
        switch self {
        case .done: "done, also when a filter matches nothing"
        case .notFound: "a named session is not there, a token is refused; --exit-code: none fits"
        case .usage: "wrong command line, or refused"
        case .connection: "no connection, or it was lost"
        case .permission: "wrong password, or not permitted"
        case .partial: "partly done, or the output could not be written"
        case .undecodable: "something could not be decoded"
        case .hungUp: "stopped by SIGHUP, as its terminal has gone"
        case .interrupted: "stopped by Ctrl-C"
        case .terminated: "stopped by SIGTERM"
        }
    }

    /// A line for each status; the man pages are made of them.
    static let help = allCases.map { status in
        let number = String(status.rawValue)
        return "  " + number + String(repeating: " ", count: 5 - number.count) + status.meaning
    }.joined(separator: "\n")
}
