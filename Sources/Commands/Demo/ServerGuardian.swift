#if canImport(Darwin)
    import Darwin

    private let systemPipe = Darwin.pipe
#else
    import Glibc

    private let systemPipe = Glibc.pipe
#endif

/// A shell that starts a server and watches over it: when the pipe from this process closes, it kills the server and
/// removes the directory. That happens even if this process is killed.
final class ServerGuardian {
    private var process: pid_t
    /// Our end of the pipe; a line in it means the same as its end.
    private let life: Int32
    /// What the server prints; at its end when the server is gone.
    private let output: Int32

    /// `$1` the server, `$2` the directory.
    private static let script = """
        trap '' HUP INT TERM
        "$1" --port 0 --unixsocket "$2/redis.sock" --unixsocketperm 700 --dir "$2" --loglevel warning \
            --save '' --appendonly no --daemonize no </dev/null 2>&1 &
        server=$!
        exec >/dev/null
        read ending
        kill -9 $server
        wait $server
        rm -rf "$2"
        """

    /// Starts `program` with its socket in `directory`; nil where no shell can be started.
    init?(program: String, directory: String) {
        guard let life = Self.pipe() else { return nil }
        guard let output = Self.pipe() else {
            for end in [life.read, life.write] { close(end) }
            return nil
        }
        let arguments = ["/bin/sh", "-c", Self.script, "sh", program, directory]
        let process = Self.spawn(arguments, input: life.read, output: output.write)
        close(life.read)
        close(output.write)
        (self.life, self.output, self.process) = (life.write, output.read, process ?? -1)
        if process == nil {
            close(life.write)
            close(output.read)
            return nil
        }
    }

    deinit { end() }

    /// Returns when the server and the directory are gone.
    func end() {
        guard process > 0 else { return }
        _ = write(life, "\n", 1)
        close(life)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        close(output)
        process = -1
    }

    /// Waits that many milliseconds at most; a signal ends the wait.
    func serverHasEnded(within milliseconds: Int32) -> Bool {
        var request = pollfd(fd: output, events: 0, revents: 0)
        return poll(&request, 1, milliseconds) > 0 && request.revents & Int16(POLLHUP) != 0
    }

    /// What a server that has ended printed; nil if nothing, or while it runs.
    func serverWords() -> String? {
        guard serverHasEnded(within: 0) else { return nil }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = read(output, &buffer, buffer.count)
        return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
    }

    /// Closed in other programs that this one starts: they must not keep the server alive.
    private static func pipe() -> (read: Int32, write: Int32)? {
        var ends: [Int32] = [-1, -1]
        guard systemPipe(&ends) == 0 else { return nil }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }

    /// In a process group of its own, so that Ctrl-C reaches this program alone, and with a program's usual signals.
    private static func spawn(_ arguments: [String], input: Int32, output: Int32) -> pid_t? {
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
        #else
            var actions = posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigaddset(&signals, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))
        let words = arguments.map { strdup($0) } + [nil]
        defer { words.forEach { free($0) } }
        var process: pid_t = 0
        return posix_spawn(&process, arguments[0], &actions, &attributes, words, environ) == 0 ? process : nil
    }
}
