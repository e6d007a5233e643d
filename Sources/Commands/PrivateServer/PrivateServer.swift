import Redis

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A redis-server that nobody else knows: on a unix socket in a directory of its own, without a port, and it writes no files.
///
/// It ends with `stop()`, with the object, and with this process, however that dies.
final class PrivateServer {
    /// Absolute; only this user can look into it.
    let directory: String
    var socketPath: String { directory + "/redis.sock" }
    private let guardian: ServerGuardian

    /// Starts it; it may take a moment until it answers.
    ///
    /// - Parameters:
    ///   - purpose: what it is for, as in "the demo"; for the message where there is no such program.
    ///   - dump: the absolute path of an RDB file that it begins with; it is only read.
    ///   - databases: how many it has.
    init(
        for purpose: String, environment: [String: String], dump: String? = nil, databases: Int = 16
    ) throws(Failure) {
        let program = try Self.program(environment, purpose)
        directory = try Self.temporaryDirectory(environment)
        if let dump, symlink(dump, directory + "/dump.rdb") != 0 {
            rmdir(directory)
            throw Failure(.connection, "no link can be made in \(directory): \(String(cString: strerror(errno)))")
        }
        let guardian = ServerGuardian(
            program: program, directory: directory, environment: environment, databases: databases)
        guard let guardian else {
            unlink(directory + "/dump.rdb")
            rmdir(directory)
            throw Failure(.connection, "/bin/sh could not be started, which watches over redis-server")
        }
        self.guardian = guardian
    }

    deinit { stop() }

    /// Kills the server, removes its directory and waits until both are gone.
    func stop() { guardian.end() }

    /// Whether the server is gone, after that many milliseconds at most; a signal ends the wait.
    func hasEnded(within milliseconds: Int32) -> Bool { guardian.serverHasEnded(within: milliseconds) }

    /// What the server said of its end; nil while it runs, and where it said nothing.
    var lastWords: String? { guardian.serverWords() }

    /// A connection to the server, as soon as it answers; it may still be loading its data.
    func connect(
        timeouts: RedisTimeouts = RedisTimeouts(), isInterrupted: @escaping () -> Bool
    ) throws -> RedisConnection {
        let endpoint = RedisEndpoint(.unix(path: socketPath))
        // It answers within 20 ms; a machine that is busy may need seconds.
        for _ in 0..<1000 {
            if let connection = try? RedisConnection.connect(
                to: endpoint, timeouts: timeouts, interruption: isInterrupted)
            {
                return connection
            }
            if isInterrupted() { throw Failure(.interrupted, "interrupted") }
            if hasEnded(within: 10) { break }
        }
        throw Failure(.connection, "redis-server did not start", advice: guardian.serverWords())
    }

    /// The server's program: Redis, or Valkey where a system has that instead.
    private static func program(_ environment: [String: String], _ purpose: String) throws(Failure) -> String {
        let folders = (environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":")
        for name in ["redis-server", "valkey-server"] {
            if let folder = folders.first(where: { access("\($0)/\(name)", X_OK) == 0 }) { return "\(folder)/\(name)" }
        }
        throw Failure(
            .connection, "\(purpose) needs a redis-server of its own, and there is none on the PATH",
            advice: "apt-get install redis-server (or brew install redis) brings one")
    }

    /// Made by mkdtemp, so with mode 0700; short, because a socket's path has 107 bytes at most.
    private static func temporaryDirectory(_ environment: [String: String]) throws(Failure) -> String {
        let wished = environment["TMPDIR"] ?? ""
        let parent = wished.hasPrefix("/") && wished.utf8.count < 64 ? wished : "/tmp"
        var template = Array("\(parent)/sessionctl-private-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw Failure(.connection, "no temporary directory can be made in \(parent)")
        }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
