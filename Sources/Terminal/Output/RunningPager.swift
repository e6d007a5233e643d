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
    /// All that was handed to it, as long as none of it may have been read.
    private var given: [UInt8]? = []

    /// What a pipe holds that nobody reads: more is taken by no system that this program runs on unless it is asked to.
    private static let pipeCapacity = 64 << 10

    init(command: String, process: pid_t, descriptor: Int32) {
        self.command = command
        self.process = process
        self.descriptor = descriptor
    }

    deinit { _ = waitForExit() }

    /// Whether nothing of what was handed over may have been read.
    var mayHaveReadNothing: Bool { given != nil }

    /// Remembers what is about to be handed over. What was before has gone into the pipe.
    func keep(_ bytes: [UInt8]) {
        guard let before = given else { return }
        given = before.count > Self.pipeCapacity ? nil : before + bytes
    }

    /// Tells the pager that nothing more comes, and waits until the person leaves it.
    ///
    /// - Returns: what has to be shown in its place: all that it was given, if it is a program that cannot be run.
    func finish() throws(TerminalError) -> [UInt8] {
        let status = waitForExit()
        // What a shell answers for a program that it cannot find or run. Other statuses are the pager's own business.
        guard status == 126 || status == 127 else { return [] }
        guard let given else { throw .pagerFailed(command: command, status: status) }
        return given
    }

    /// Ctrl-C belongs to the pager while it is on the screen: it stops a search there, and must not end this program.
    private func waitForExit() -> Int32 {
        guard let running = process else { return 0 }
        process = nil
        close(descriptor)
        descriptor = -1
        return ChildProcess.waitForExit(of: running)
    }
}
