import Foundation

/// The shell that starts a redis-server, and kills it when its input ends: by `end()`, or because the test process died.
final class ServerGuardian: @unchecked Sendable {
    let processID: pid_t
    private let shell: pid_t
    private let input: Int32
    private let lock = NSLock()
    private var hasEnded = false

    private static let script = """
        trap "" INT HUP
        redis-server "$1" >"$2/start.log" 2>&1 & server=$!
        echo $server
        read ending
        kill -9 $server
        wait $server
        rm -rf "$2"
        """

    init(configuration: URL, directory: URL) throws {
        let toShell = try Self.pipeEnds()
        let fromShell = try Self.pipeEnds()
        defer {
            close(toShell.read)
            close(fromShell.read)
        }
        shell = try Self.spawn(
            ["/bin/sh", "-c", Self.script, "sh", configuration.path, directory.path],
            input: toShell.read, output: fromShell.write)
        close(fromShell.write)
        input = toShell.write
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while read(fromShell.read, &byte, 1) == 1, byte != UInt8(ascii: "\n") { line.append(byte) }
        guard let server = pid_t(String(decoding: line, as: UTF8.self)) else {
            throw RedisServerError("the shell did not start redis-server")
        }
        processID = server
    }

    /// Kills the server and waits until it is gone.
    func end() {
        lock.lock()
        defer { lock.unlock() }
        guard !hasEnded else { return }
        hasEnded = true
        _ = write(input, "\n", 1)
        close(input)
        var status: Int32 = 0
        while waitpid(shell, &status, 0) < 0 && errno == EINTR {}
    }

    /// The shell has not waited for it yet, so an ended server is a zombie.
    var serverHasExited: Bool {
        guard let status = try? String(contentsOfFile: "/proc/\(processID)/stat", encoding: .utf8) else { return true }
        return status.contains(") Z ")
    }

    private static func pipeEnds() throws -> (read: Int32, write: Int32) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw RedisServerError("no pipe") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }

    private static func spawn(_ arguments: [String], input: Int32, output: Int32) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        // A server that outlives the test beside it must not keep that one's sockets: who waits for their end would wait for ever.
        for descriptor in Int32(3)..<512 { posix_spawn_file_actions_addclose(&actions, descriptor) }
        // Tests run in threads that block signals, and the shell would never hear that the server has ended.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var noSignals = sigset_t()
        sigemptyset(&noSignals)
        posix_spawnattr_setsigmask(&attributes, &noSignals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        let words = arguments.map { strdup($0) } + [nil]
        defer { words.forEach { free($0) } }
        var process = pid_t()
        guard posix_spawn(&process, arguments[0], &actions, &attributes, words, environ) == 0 else {
            throw RedisServerError("no shell to start redis-server")
        }
        return process
    }
}
