package import Foundation

/// A real redis-server of one test: on a unix socket in a directory of its own, and on a loopback port where TCP is the point.
///
///     let server = try RedisServer()
///     try server.command("SET", "greeting", "hello")
///
/// It ends with the object, with `stop()`, and also when the test process dies: a shell watches over it that kills the
/// server and removes the directory when its input ends.
package final class RedisServer: @unchecked Sendable {
    package struct Options: Sendable {
        /// Listen on 127.0.0.1 and ::1 too.
        package var tcp = false
        /// The default user's password.
        package var password: String?
        /// ACL users as redis.conf has them: `reader on >secret ~* +@read`.
        package var users: [String] = []
        /// An RDB file to start with; it is copied.
        package var rdb: URL?
        /// Further lines of redis.conf.
        package var configuration: [String] = []

        package init() {}
    }

    package let directory: URL
    package let socketPath: String
    /// The loopback port; 0 without TCP.
    package let port: UInt16
    package let processID: pid_t
    private let password: String?
    private let guardian: ServerGuardian

    package init(_ options: Options = Options()) throws {
        (directory, port, guardian) = try Self.start(options, attempts: 5)
        socketPath = directory.appendingPathComponent("redis.sock").path
        processID = guardian.processID
        password = options.password
    }

    /// With changes to the options: `try RedisServer { $0.tcp = true }`.
    package convenience init(_ change: (inout Options) -> Void) throws {
        var options = Options()
        change(&options)
        try self.init(options)
    }

    deinit {
        stop()
    }

    /// Kills the server and removes its directory.
    package func stop() {
        guardian.end()
    }

    /// The server does nothing any more, but its connections stay open.
    package func suspend() {
        kill(processID, SIGSTOP)
    }

    package func resume() {
        kill(processID, SIGCONT)
    }

    /// The server is gone without a word, as after a power cut.
    package func crash() {
        kill(processID, SIGKILL)
    }

    /// A connection of the test's own, independent of the code under test.
    package func client() throws -> RespClient {
        let client = try RespClient(socketPath: socketPath)
        if let password { _ = try client.command([Array("AUTH".utf8), Array(password.utf8)]) }
        return client
    }

    @discardableResult
    package func command(_ arguments: String...) throws -> RespValue {
        try client().command(arguments.map { Array($0.utf8) })
    }

    @discardableResult
    package func command(_ arguments: [[UInt8]]) throws -> RespValue {
        try client().command(arguments)
    }

    /// Sends all commands at once, and throws if any of them fails.
    package func pipeline(_ commands: [[[UInt8]]]) throws {
        try client().pipeline(commands)
    }

    /// Creates a key from what DUMP gave. `ttl` in milliseconds; 0 lives for ever.
    package func restore(_ key: [UInt8], _ payload: [UInt8], ttl: Int64 = 0) throws {
        try command([Array("RESTORE".utf8), key, Array(String(ttl).utf8), payload])
    }
}

extension RedisServer {
    private static func start(_ options: Options, attempts: Int) throws -> (URL, UInt16, ServerGuardian) {
        var template = Array("/tmp/sessionctl-redis-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw RedisServerError("no temporary directory") }
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let directory = URL(fileURLWithPath: path)
        let port = options.tcp ? try LoopbackPort.free() : 0
        if let rdb = options.rdb {
            try FileManager.default.copyItem(at: rdb, to: directory.appendingPathComponent("dump.rdb"))
        }
        let file = directory.appendingPathComponent("redis.conf")
        try configuration(options, directory, port).write(to: file, atomically: true, encoding: .utf8)
        let guardian = try ServerGuardian(configuration: file, directory: directory)
        do {
            try waitUntilReady(directory, guardian)
        } catch {
            guardian.end()
            guard attempts > 1, (error as? RedisServerError)?.isTransient == true else { throw error }
            return try start(options, attempts: attempts - 1)
        }
        return (directory, port, guardian)
    }

    private static func configuration(_ options: Options, _ directory: URL, _ port: UInt16) -> String {
        var lines = [
            "dir \(directory.path)", "logfile \(directory.path)/redis.log", "unixsocket \(directory.path)/redis.sock",
            "port \(port)", "bind 127.0.0.1 -::1", "save \"\"", "appendonly no", "daemonize no",
        ]
        if let password = options.password { lines.append("requirepass \(password)") }
        lines += options.users.map { "user \($0)" }
        lines += options.configuration
        return lines.joined(separator: "\n") + "\n"
    }

    /// PING may be refused (NOAUTH) by a server that is ready; only LOADING has to wait.
    private static func waitUntilReady(_ directory: URL, _ guardian: ServerGuardian) throws {
        let socket = directory.appendingPathComponent("redis.sock").path
        let end = Date(timeIntervalSinceNow: 30)
        while Date() < end {
            if let client = try? RespClient(socketPath: socket), let answer = try? client.command([Array("PING".utf8)])
            {
                guard case .error(let text) = answer, text.hasPrefix("LOADING") else { return }
            }
            if guardian.serverHasExited {
                let log = try? String(contentsOf: directory.appendingPathComponent("redis.log"), encoding: .utf8)
                throw RedisServerError("redis-server did not start: \(log ?? "no log")")
            }
            usleep(5000)
        }
        throw RedisServerError("redis-server was not ready within 30 s")
    }
}

package struct RedisServerError: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }

    /// Another process was faster in taking the port.
    var isTransient: Bool { description.contains("Address already in use") }
}
