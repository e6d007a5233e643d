import Terminal

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Starts a server and watches over it: when this process ends, the server is killed and its directory removed.
final class ServerGuardian {
    private let guardian: Guardian
    /// What the server prints; at its end when the server is gone.
    private var output: Int32
    private var words: [UInt8] = []

    /// More bytes of what a server prints are not read.
    private static let mostWords = 1 << 20

    /// `$1` the server, `$2` the directory, `$3` how many databases.
    private static let script = """
        exec 2>/dev/null
        "$1" --port 0 --unixsocket "$2/redis.sock" --unixsocketperm 700 --dir "$2" --loglevel warning \
            --save '' --appendonly no --daemonize no --databases "$3" </dev/null 2>&1 &
        server=$!
        exec >/dev/null
        read ending
        kill -9 $server
        wait $server
        /bin/rm -rf "$2"
        """

    /// Starts `program` with its socket in `directory`; nil where no shell can be started.
    init?(program: String, directory: String, environment: [String: String], databases: Int) {
        guard let output = Guardian.pipe() else { return nil }
        let guardian = Guardian(
            script: Self.script, arguments: [program, directory, String(databases)], environment: environment,
            output: output.write)
        close(output.write)
        guard let guardian else {
            close(output.read)
            return nil
        }
        (self.guardian, self.output) = (guardian, output.read)
    }

    deinit { end() }

    /// Returns when the server and the directory are gone.
    func end() {
        guardian.end()
        if output >= 0 { close(output) }
        output = -1
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
        while words.count < Self.mostWords, case let count = read(output, &buffer, buffer.count), count > 0 {
            words += buffer[..<count]
        }
        return words.isEmpty ? nil : String(decoding: words, as: UTF8.self)
    }
}
