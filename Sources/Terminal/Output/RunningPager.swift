#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A pager that was started: the owner of its process and of the pipe to it.
final class RunningPager {
    private let command: String
    private var process: pid_t?
    private(set) var descriptor: Int32

    init(command: String, process: pid_t, descriptor: Int32) {
        self.command = command
        self.process = process
        self.descriptor = descriptor
    }

    deinit { _ = waitForExit() }

    /// Tells the pager that nothing more comes, and waits until the person leaves it.
    func finish() throws(TerminalError) {
        let status = waitForExit()
        // What a shell answers for a program that it cannot find or run. Other statuses are the pager's own business.
        guard status == 126 || status == 127 else { return }
        throw .pagerFailed(command: command, status: status)
    }

    /// Ctrl-C belongs to the pager while it is on the screen: it stops a search there, and must not end this program.
    private func waitForExit() -> Int32 {
        guard let running = process else { return 0 }
        process = nil
        close(descriptor)
        descriptor = -1
        var ignore = sigaction()
        ignore.__sigaction_handler.sa_handler = SIG_IGN
        var before = sigaction()
        sigaction(SIGINT, &ignore, &before)
        defer { sigaction(SIGINT, &before, nil) }
        var status: Int32 = 0
        while waitpid(running, &status, 0) < 0, errno == EINTR {}
        let exitedBySignal = status & 0x7F
        return exitedBySignal == 0 ? (status >> 8) & 0xFF : 128 + exitedBySignal
    }
}
