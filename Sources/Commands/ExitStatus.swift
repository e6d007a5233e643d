/// The program's exit statuses, as scripts rely on them.
package enum ExitStatus: Int32, Sendable {
    /// All was done.
    case done = 0
    /// A named session does not exist, things differ, or there are findings.
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
    /// Ctrl-C.
    case interrupted = 130
    /// SIGTERM.
    case terminated = 143
}
