#if canImport(Darwin)
    import Darwin

    private let systemPipe = Darwin.pipe
#else
    import Glibc

    private let systemPipe = Glibc.pipe
#endif

/// A shell that cleans up behind this program, however that ends: it waits for the end of a pipe that this program alone holds. That
/// happens even if this program is killed.
package final class Guardian {
    private let process: pid_t
    private var life: Int32

    /// Starts a shell; nil where none can be started.
    ///
    /// - Parameters:
    ///   - script: has to go on with cleaning up behind `read ending`, by programs that it names by their paths. No signal reaches it that the terminal sends to this program.
    ///   - arguments: `$1` and those that follow.
    ///   - output: where the shell writes to; nil for where this program does.
    package init?(script: String, arguments: [String], environment: [String: String], output: Int32? = nil) {
        guard let life = Self.pipe() else { return nil }
        let process = ChildProcess.spawn(
            ["/bin/sh", "-c", "trap '' HUP INT QUIT TERM\n" + script, "sh"] + arguments,
            environment: environment.map { "\($0.key)=\($0.value)" }, input: life.read, output: output, isApart: true)
        close(life.read)
        (self.life, self.process) = (life.write, process ?? -1)
        if process == nil {
            close(life.write)
            return nil
        }
    }

    deinit { end() }

    /// Returns when the shell has cleaned up.
    package func end() {
        guard life >= 0 else { return }
        // A line means the same as the end, also where another program holds the pipe by accident.
        _ = write(life, "\n", 1)
        close(life)
        life = -1
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
    }

    /// Both ends are closed in other programs that this one starts: they must not stand for its life.
    package static func pipe() -> (read: Int32, write: Int32)? {
        var ends: [Int32] = [-1, -1]
        guard systemPipe(&ends) == 0 else { return nil }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }
}
