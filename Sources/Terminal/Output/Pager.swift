#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The program that shows output which is taller than the screen.
package struct Pager {
    /// The shell command, as in `PAGER`.
    let command: String
    let screen: TerminalSize
    private let environment: [String: String]

    /// Chooses as the environment says: `SESSIONCTL_PAGER`, then `PAGER`, else `less` if it is installed.
    ///
    /// Nil where none is wanted: no terminal (`screen` is nil) or a dumb one, or a setting that is empty or `cat`.
    package init?(environment: [String: String], screen: TerminalSize?) {
        guard let screen, environment["TERM"] != "dumb" else { return nil }
        let chosen = environment["SESSIONCTL_PAGER"] ?? environment["PAGER"]
        guard let command = chosen ?? Self.less(environment), !command.isEmpty, command != "cat" else { return nil }
        self.command = command
        self.screen = screen
        self.environment = environment
    }

    private static func less(_ environment: [String: String]) -> String? {
        let folders = environment["PATH", default: "/usr/bin:/bin"].split(separator: ":")
        return folders.contains { access("\($0)/less", X_OK) == 0 } ? "less" : nil
    }

    /// The environment of the pager. `less` is to quit where everything fits, show colours, and leave the text on the
    /// screen; the text is UTF-8 whatever the locale says. What the user has set stays.
    var childEnvironment: [String: String] {
        environment.merging(["LESS": "FRX", "LESSCHARSET": "utf-8", "LV": "-c"]) { theirs, _ in theirs }
    }

    /// Starts the pager with a pipe as its input; nil if the system has no process or pipe to give.
    func start() -> RunningPager? {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        defer { close(ends[0]) }
        // A child that kept the writing end open would never see the end of its input.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let arguments = ["/bin/sh", "-c", command]
        let variables = childEnvironment.map { "\($0.key)=\($0.value)" }
        guard let process = ChildProcess.spawn(arguments, environment: variables, input: ends[0]) else {
            close(ends[1])
            return nil
        }
        return RunningPager(command: command, process: process, descriptor: ends[1])
    }
}
