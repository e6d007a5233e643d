import Foundation
import Redis
import TestSupport
import Testing

/// What happens when the server is slow, silent or gone, or when the user does not want to wait.
struct LostConnectionTests {
    private func connect(
        _ server: RedisServer, progress: Duration = .seconds(3), interruption: @escaping () -> Bool = { false }
    ) throws(RedisError) -> RedisConnection {
        try RedisConnection.connect(
            to: RedisEndpoint(.unix(path: server.socketPath)), timeouts: RedisTimeouts(progress: progress),
            interruption: interruption)
    }

    @Test func timesOutWhenTheServerStopsAnswering() throws {
        let server = try RedisServer()
        defer { server.stop() }
        let connection = try connect(server, progress: .milliseconds(300))
        server.suspend()
        let error = #expect(throws: RedisError.self) { try connection.call("PING") }
        #expect(error?.kind == .timedOut)
        #expect(error?.message == "no progress for 300 ms")
        #expect(!connection.isOpen)
        server.resume()
        let later = #expect(throws: RedisError.self) { try connection.call("PING") }
        #expect(later?.kind == .connectionLost)
    }

    @Test func timesOutWhenTheServerStopsReading() throws {
        let server = try RedisServer()
        defer { server.stop() }
        let connection = try connect(server, progress: .milliseconds(300))
        server.suspend()
        let error = #expect(throws: RedisError.self) {
            try connection.call([Array("ECHO".utf8), [UInt8](repeating: 1, count: 16 << 20)])
        }
        #expect(error?.kind == .timedOut)
    }

    @Test func waitsLongerThanTheTimeoutWhileBytesCome() throws {
        let server = try RedisServer()
        defer { server.stop() }
        let connection = try connect(server, progress: .milliseconds(800))
        var batch = CommandBatch()
        for number in 0..<4 { batch.append(["BLPOP", "none\(number)", "0.4"].map { Array($0.utf8) }) }
        try connection.send(batch, as: "BLPOP")
        var replies = ReplyBatch()
        try connection.receive(4, into: &replies)
        #expect(replies.count == 4)
    }

    @Test func saysThatTheServerIsGone() throws {
        let server = try RedisServer()
        defer { server.stop() }
        let connection = try connect(server)
        #expect(try connection.call("PING") == .status("PONG"))
        server.crash()
        let error = #expect(throws: RedisError.self) { try connection.call("PING") }
        #expect(error?.kind == .connectionLost)
        #expect(error?.endpoint == connection.endpoint)
    }

    @Test func saysThatTheServerWentInTheMiddleOfAScan() throws {
        let server = try RedisServer()
        defer { server.stop() }
        try server.pipeline((0..<20_000).map { ["SET", "key:\($0)", "1"].map { Array($0.utf8) } })
        let connection = try connect(server)
        var batches = 0
        let error = #expect(throws: RedisError.self) {
            try KeyspaceScan().run(on: connection) { keys, batch in
                for index in 0..<keys.count { batch.append("GET", keys[index]) }
            } replies: { _, _ throws(RedisError) in
                batches += 1
                if batches == 3 { server.stop() }
                return true
            }
        }
        #expect(error?.kind == .connectionLost)
        #expect(batches < 20)
    }

    @Test func endsInTheMiddleOfAReply() throws {
        let server = try ScriptedServer(["*2\r\n$5\r\nhel"], then: .close)
        let connection = try server.connect()
        let error = #expect(throws: RedisError.self) { try connection.call("PING") }
        #expect(error?.kind == .connectionLost)
    }

    @Test func stopsWaitingWhenInterrupted() throws {
        let server = try RedisServer()
        defer { server.stop() }
        let start = Date()
        var limit = Date.distantFuture
        let connection = try connect(server, progress: .seconds(60)) { Date() > limit }
        limit = start + 0.5
        let error = #expect(throws: RedisError.self) { try connection.call("BLPOP", "none", "50") }
        #expect(error?.kind == .interrupted)
        #expect(error?.command == "BLPOP")
        #expect(!connection.isOpen)
        let whileConnecting = #expect(throws: RedisError.self) { try connect(server) { true } }
        #expect(whileConnecting?.kind == .interrupted)
    }

    @Test func interruptionEndsAScanThatGetsData() throws {
        let server = try RedisServer()
        defer { server.stop() }
        try server.pipeline((0..<20_000).map { ["SET", "key:\($0)", "1"].map { Array($0.utf8) } })
        var batches = 0
        let connection = try connect(server) { batches == 3 }
        let error = #expect(throws: RedisError.self) {
            try KeyspaceScan().run(on: connection, commands: { _, _ in }) { _, _ throws(RedisError) in
                batches += 1
                return true
            }
        }
        #expect(error?.kind == .interrupted)
        #expect(batches == 3)
    }

    @Test func connectsToNobody() throws {
        let port = try LoopbackPort.free()
        let refused = #expect(throws: RedisError.self) {
            try RedisConnection.connect(to: RedisEndpoint(.tcp(host: "127.0.0.1", port: port), database: 2))
        }
        #expect(refused?.kind == .cannotConnect)
        #expect(refused?.description == "127.0.0.1:\(port)/2: connect: Connection refused")
        let missing = #expect(throws: RedisError.self) {
            try RedisConnection.connect(to: RedisEndpoint(.unix(path: "/nonexistent/redis.sock")))
        }
        #expect(missing?.kind == .cannotConnect)
        let long = #expect(throws: RedisError.self) {
            try RedisConnection.connect(to: RedisEndpoint(.unix(path: String(repeating: "x", count: 108))))
        }
        #expect(long?.kind == .cannotConnect)
        let unknown = #expect(throws: RedisError.self) {
            try RedisConnection.connect(
                to: RedisEndpoint(.tcp(host: "no-such-host.invalid", port: 1)),
                timeouts: RedisTimeouts(connect: .seconds(20)))
        }
        #expect(unknown?.kind == .cannotConnect || unknown?.kind == .timedOut)
    }

    @Test func timesOutWhenNobodyAcceptsTheConnection() throws {
        let (listener, port) = try LoopbackPort.bound()
        defer { close(listener) }
        listen(listener, 0)
        let endpoint = RedisEndpoint(.tcp(host: "127.0.0.1", port: port))
        // The queue takes one or two connections that nobody accepts; then not even these are made.
        let errors = (0..<4).map { _ in
            #expect(throws: RedisError.self) {
                try RedisConnection.connect(
                    to: endpoint,
                    timeouts: RedisTimeouts(connect: .milliseconds(200), progress: .milliseconds(200)))
            }
        }
        #expect(errors.allSatisfy { $0?.kind == .timedOut })
    }
}
