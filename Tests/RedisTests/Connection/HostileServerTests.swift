import Redis
import TestSupport
import Testing

/// What comes from a server is outside data: it ends in an error that says what is wrong, never in a trap.
struct HostileServerTests {
    /// The error of a call that is answered with `answer`.
    private func error(
        _ answer: String, _ limits: ReplyLimits = ReplyLimits(), then ending: ScriptedServer.Ending = .silence
    ) throws -> RedisError? {
        let server = try ScriptedServer([answer], then: ending)
        let connection = try server.connect(limits: limits)
        let error = #expect(throws: RedisError.self) { try connection.call("PING") }
        #expect(!connection.isOpen)
        return error
    }

    @Test(
        arguments: [
            "HTTP/1.1 400 Bad Request\r\n\r\n", "\0\0\0\0", "$abc\r\n", "$-2\r\n", "*-2\r\n", "*x\r\n", ":\r\n",
            ":99999999999999999999\r\n", "$99999999999999999999\r\n", "*99999999999999999999\r\n",
            "*3\r\n:1\r\n?\r\n",
        ])
    func refusesWhatIsNoProtocol(answer: String) throws {
        let error = try error(answer)
        #expect(error?.kind == .protocolViolation)
        #expect(error?.command == "PING")
    }

    @Test func refusesArraysNestedTooDeep() throws {
        let error = try error(String(repeating: "*1\r\n", count: 100_000) + ":1\r\n")
        #expect(error?.kind == .overLimit)
    }

    @Test func readsArraysNestedSevenDeep() throws {
        let server = try ScriptedServer([String(repeating: "*1\r\n", count: 7) + ":5\r\n"])
        var expected = RedisReply.integer(5)
        for _ in 0..<7 { expected = .array([expected]) }
        #expect(try server.connect().call("PING") == expected)
    }

    @Test func refusesArraysOfTooManyElements() throws {
        let error = try error("*2000000000\r\n")
        #expect(error?.kind == .overLimit)
        #expect(error?.message.contains("elements") == true)
    }

    @Test func countsTheElementsOfAllArraysTogether() throws {
        var limits = ReplyLimits()
        limits.elements = 10
        let error = try error("*6\r\n:1\r\n*8\r\n", limits)
        #expect(error?.kind == .overLimit)
        #expect(error?.message.contains("more than 10 elements") == true)
    }

    @Test func refusesStringsSaidToBeTooLong() throws {
        let error = try error("$2000000000\r\n" + String(repeating: "x", count: 100_000))
        #expect(error?.kind == .overLimit)
        #expect(error?.message.contains("2000000000") == true)
    }

    @Test(arguments: ["+", "-", ":", "$", "*"]) func refusesLinesWithoutEnd(type: String) throws {
        let error = try error(type + String(repeating: "1", count: 100_000), then: .repetition)
        #expect(error?.kind == .protocolViolation)
    }

    @Test func refusesBatchesOfTooManyBytes() throws {
        var limits = ReplyLimits()
        limits.batchBytes = 1 << 20
        let value = "$100000\r\n" + String(repeating: "x", count: 100_000) + "\r\n"
        let error = try error("*100\r\n" + String(repeating: value, count: 20), limits)
        #expect(error?.kind == .overLimit)
        #expect(error?.message.contains("1048576 bytes") == true)
    }

    @Test func refusesRepliesThatNobodyAskedFor() throws {
        let server = try ScriptedServer(["+PONG\r\n+PONG\r\n"])
        let connection = try server.connect()
        #expect(try connection.call("PING") == .status("PONG"))
        let error = #expect(throws: RedisError.self) { try connection.call("PING") }
        #expect(error?.kind == .protocolViolation)
    }

    @Test func holdsOnlySoMuchWhileItWrites() throws {
        var limits = ReplyLimits()
        limits.batchBytes = 4 << 20
        let server = try ScriptedServer([String(repeating: "+PONG\r\n", count: 10_000)], then: .repetition)
        let connection = try server.connect(limits: limits)
        let error = #expect(throws: RedisError.self) {
            try connection.call([Array("ECHO".utf8), [UInt8](repeating: 1, count: 64 << 20)])
        }
        #expect(error?.kind == .protocolViolation)
    }

    @Test(
        arguments: [
            "*0\r\n", "+OK\r\n", ":1\r\n", "*2\r\n$1\r\n0\r\n$1\r\n0\r\n", "*2\r\n*0\r\n*0\r\n", "$-1\r\n",
            "*2\r\n$1\r\n0\r\n*1\r\n:1\r\n", "*3\r\n$1\r\n0\r\n*0\r\n*0\r\n",
            "*2\r\n$1\r\n0\r\n*1\r\n*1\r\n$1\r\nk\r\n",
            "*2\r\n$30\r\n000000000000000000000000000000\r\n*0\r\n",
        ])
    func refusesAnswersToScanThatAreNone(answer: String) throws {
        let server = try ScriptedServer([answer])
        let connection = try server.connect()
        let error = #expect(throws: RedisError.self) {
            try KeyspaceScan().run(on: connection, commands: { _, _ in }) { _, _ throws(RedisError) in true }
        }
        #expect(error?.kind == .protocolViolation)
        #expect(!connection.isOpen)
    }

    @Test func namesKeysThatAScanRepeatsOnce() throws {
        let server = try ScriptedServer([
            "*2\r\n$1\r\n7\r\n*3\r\n$1\r\na\r\n$1\r\nb\r\n$1\r\na\r\n",
            "*2\r\n$1\r\n9\r\n*2\r\n$1\r\nb\r\n$1\r\nc\r\n",
            "*2\r\n$1\r\n0\r\n*1\r\n$1\r\na\r\n",
        ])
        var seen: [[UInt8]] = []
        try KeyspaceScan().run(on: try server.connect(), commands: { _, _ in }) { keys, _ throws(RedisError) in
            for index in 0..<keys.count { seen.append(keys.array(at: index)) }
            return true
        }
        #expect(seen == ["a", "b", "c"].map { Array($0.utf8) })
    }
}
