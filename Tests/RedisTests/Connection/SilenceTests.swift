import Redis
import Testing

/// Whoever waits for a reply is told when none comes for a moment, and only then.
struct SilenceTests {
    private func pings(_ connection: RedisConnection, _ count: Int) throws {
        var batch = CommandBatch()
        for _ in 0..<count { batch.append([Array("PING".utf8)]) }
        try connection.send(batch, as: "PING")
    }

    @Test func silenceIsToldBeforeEachLateReply() throws {
        let connection = try ScriptedServer([":1\r\n"], then: .drip(200)).connect()
        try pings(connection, 3)
        var replies = ReplyBatch()
        try connection.receive(1, into: &replies)
        for _ in 0..<2 {
            var silences = 0
            try connection.receive(1, into: &replies) { silences += 1 }
            #expect(silences == 1 && replies[0].integer == 1)
        }
    }

    @Test func nothingIsToldWhereRepliesAreThere() throws {
        let connection = try ScriptedServer([":1\r\n:2\r\n:3\r\n"]).connect()
        try pings(connection, 3)
        var replies = ReplyBatch()
        try connection.receive(1, into: &replies)
        var silences = 0
        for number in [2, 3] {
            try connection.receive(1, into: &replies) { silences += 1 }
            #expect(replies[0].integer == Int64(number))
        }
        #expect(silences == 0)
    }

    /// A reply of which a part has come is none yet.
    @Test func silenceInTheMiddleOfAReplyIsTold() throws {
        let connection = try ScriptedServer(["$4\r\nab", "ab\r\n"]).connect()
        try pings(connection, 1)
        var replies = ReplyBatch()
        var silences = 0
        try connection.receive(1, into: &replies) {
            silences += 1
            // The rest comes with what is sent next.
            if silences == 1 { try? self.pings(connection, 1) }
        }
        #expect(silences >= 1 && replies.text(of: replies[0]) == "abab")
    }
}
