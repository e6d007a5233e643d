import Foundation
import Redis
import TestSupport
import Testing

/// Single commands on a real server: every type of reply, bytes of every value, values of every size.
struct RepliesOfAServerTests {
    private func connect() throws -> (RedisServer, RedisConnection) {
        let server = try RedisServer()
        return (server, try RedisConnection.connect(to: RedisEndpoint(.unix(path: server.socketPath))))
    }

    @Test func readsEveryTypeOfReply() throws {
        let (server, connection) = try connect()
        defer { server.stop() }
        #expect(try connection.call("SET", "a", "1") == .status("OK"))
        #expect(try connection.call("GET", "a") == .string([49]))
        #expect(try connection.call("GET", "b") == .null)
        #expect(try connection.call("INCRBY", "a", "-9223372036854775807") == .integer(-9_223_372_036_854_775_806))
        #expect(try connection.call("MGET", "a", "b") == .array([.string(Array("-9223372036854775806".utf8)), .null]))
        #expect(try connection.call("KEYS", "none*") == .array([]))
        #expect(try connection.call("BLPOP", "none", "0.01") == .null)
        let script = "return {1, {'x', {}}, redis.error_reply('INNER no'), redis.status_reply('fine')}"
        #expect(
            try connection.call("EVAL", script, "0")
                == .array([
                    .integer(1), .array([.string([120]), .array([])]), .error("INNER no"), .status("fine"),
                ]))
    }

    @Test func throwsErrorRepliesAndGoesOn() throws {
        let (server, connection) = try connect()
        defer { server.stop() }
        try connection.call("SET", "a", "1")
        let error = #expect(throws: RedisError.self) { try connection.call("HGETALL", "a") }
        #expect(error?.kind == .server(code: "WRONGTYPE"))
        #expect(error?.command == "HGETALL")
        #expect(error?.endpoint == connection.endpoint)
        #expect(connection.isOpen)
        #expect(try connection.call("GET", "a") == .string([49]))
    }

    /// What passes the limits of one call closes the connection, and it can be opened again: the same user, the same database.
    @Test func goesOnAfterAnAnswerThatIsTooLarge() throws {
        let server = try RedisServer()
        defer { server.stop() }
        let endpoint = RedisEndpoint(.unix(path: server.socketPath), database: 3)
        let connection = try RedisConnection.connect(to: endpoint)
        try connection.call([Array("SET".utf8), [97], [UInt8](repeating: 1, count: 8 << 20)])
        let get = ["GET", "a"].map { Array($0.utf8) }
        for (value, batch) in [(1 << 20, 1 << 30), (1 << 30, 9)] {
            let limits = ReplyLimits(valueBytes: value, batchBytes: batch)
            let error = #expect(throws: RedisError.self) { try connection.call(get, within: limits) }
            #expect(error?.kind == .overLimit && !connection.isOpen, "\(String(describing: error))")
            try connection.reopen()
            #expect(connection.isOpen && connection.outstanding == 0)
            #expect(try connection.call("STRLEN", "a") == .integer(8 << 20))
        }
        #expect(try connection.call(get).bytes?.count == 8 << 20)
    }

    @Test func carriesEveryByte() throws {
        let (server, connection) = try connect()
        defer { server.stop() }
        let bytes = (0...255).map { UInt8($0) } + Array("\r\n$5\r\n*1\r\n".utf8) + [0, 255]
        try connection.call([Array("SET".utf8), bytes, bytes.reversed()])
        #expect(try connection.call([Array("GET".utf8), bytes]) == .string(bytes.reversed()))
        #expect(try connection.call("KEYS", "*") == .array([.string(bytes)]))
        try connection.call([Array("SET".utf8), [], []])
        #expect(try connection.call([Array("GET".utf8), []]) == .string([]))
    }

    @Test func carriesTwentyMegabytes() throws {
        let (server, connection) = try connect()
        defer { server.stop() }
        var random = SeededRandom(seed: 20)
        let words = (0..<(20 << 20) / 8).map { _ in random.next() }
        let value = words.withUnsafeBytes { Array($0) }
        try connection.call([Array("SET".utf8), [1], value])
        for _ in 0..<2 {
            #expect(try connection.call([Array("GET".utf8), [1]]).bytes == value)
        }
        #expect(try connection.call("STRLEN", "\u{1}") == .integer(20 << 20))
    }

    @Test func answersInTheOrderOfThePipeline() throws {
        let (server, connection) = try connect()
        defer { server.stop() }
        var batch = CommandBatch()
        for number in 0..<5000 {
            batch.begin(2)
            batch.add("ECHO")
            batch.add(number)
        }
        try connection.send(batch, as: "ECHO")
        try connection.send(batch, as: "ECHO")
        #expect(connection.outstanding == 10000)
        var replies = ReplyBatch()
        for part in 0..<4 {
            try connection.receive(2500, into: &replies)
            #expect(replies.count == 2500)
            for index in 0..<2500 where replies.text(of: replies[index]) != "\((part * 2500 + index) % 5000)" {
                Issue.record("reply \(index) of part \(part) is out of order")
            }
        }
        #expect(connection.outstanding == 0)
    }

    @Test func neitherSideWaitsForEverWhenBothHaveMuchToSay() throws {
        let (server, connection) = try connect()
        defer { server.stop() }
        let value = [UInt8](repeating: 7, count: 1 << 20)
        var batch = CommandBatch()
        for _ in 0..<32 { batch.append([Array("ECHO".utf8), value]) }
        try connection.send(batch, as: "ECHO")
        var replies = ReplyBatch()
        try connection.receive(32, into: &replies)
        #expect(replies.count == 32)
        #expect(replies.byteCount == 32 << 20)
    }

    @Test func drainsWhatNobodyReads() throws {
        let (server, connection) = try connect()
        defer { server.stop() }
        var batch = CommandBatch()
        for _ in 0..<100 { batch.append(["KEYS", "*"].map { Array($0.utf8) }) }
        try connection.send(batch, as: "KEYS")
        try connection.drain()
        #expect(try connection.call("PING") == .status("PONG"))
    }

    @Test func walksNestedRepliesFlat() throws {
        let (server, connection) = try connect()
        defer { server.stop() }
        var batch = CommandBatch()
        batch.append(["EVAL", "return {'a', {'b', {'c'}}, 4}", "0"].map { Array($0.utf8) })
        batch.append(["PING"].map { Array($0.utf8) })
        try connection.send(batch, as: "EVAL")
        var replies = ReplyBatch()
        try connection.receive(2, into: &replies)
        let kinds = (0..<replies.count).map { replies[$0].kind }
        #expect(kinds == [.array, .string, .array, .string, .array, .string, .integer, .status])
        #expect(replies[0].count == 3)
        #expect(replies.index(after: 0) == 7)
        #expect(replies.index(after: 2) == 6)
        #expect(replies[6].integer == 4)
        #expect(replies.array(of: replies[5]) == [UInt8(ascii: "c")])
    }
}
