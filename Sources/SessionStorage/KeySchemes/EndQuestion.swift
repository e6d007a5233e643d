import Redis
import Sessions

/// How a server is asked when a key ends, so that two answers about a key that nobody has touched are the same.
enum EndQuestion {
    /// By PEXPIRETIME (Redis 7.0), which tells the time itself.
    case expireTime
    /// By TIME and PTTL, one behind the other, whose sum differs by what passes between the two.
    case timeAndLife

    /// Milliseconds that may pass between TIME and PTTL on a server that has much to do.
    static let tolerance: Int64 = 100

    /// Appends what is asked in the place of PTTL.
    func append(key: [UInt8], to batch: inout CommandBatch) {
        if self == .timeAndLife {
            batch.begin(1)
            batch.add("TIME")
        }
        batch.begin(2)
        batch.add(self == .expireTime ? "PEXPIRETIME" : "PTTL")
        batch.add(key)
    }

    /// Asks for one key, in one round trip.
    ///
    /// - Returns: the answer to PEXPIRETIME or PTTL, and to TIME where that is asked, in milliseconds since 1970.
    func ask(_ key: [UInt8], on connection: RedisConnection) throws(RedisError) -> (answer: Int64?, time: Int64?) {
        var batch = CommandBatch()
        append(key: key, to: &batch)
        var replies = ReplyBatch()
        try connection.send(batch, as: "PTTL")
        try connection.receive(batch.count, into: &replies)
        let last = self == .timeAndLife ? replies.index(after: 0) : 0
        if let error = connection.failure(in: replies, at: 0) ?? connection.failure(in: replies, at: last) {
            throw error
        }
        let time = self == .timeAndLife ? ChangeServer.milliseconds(replies.reply(at: 0)) : nil
        return (replies.reply(at: last).integer, time)
    }

    /// Puts into a record what the server said.
    ///
    /// - Parameters:
    ///   - answer: to PEXPIRETIME or PTTL; nil for none.
    ///   - time: to TIME, in milliseconds since 1970; of a server that tells ends itself the time by which it is known.
    func note(_ answer: Int64?, at time: Int64, in record: inout StoredRecord) {
        guard let answer, answer >= 0 else { return record.timeToLive = TimeToLive(pttl: answer ?? -2) }
        switch self {
        case .expireTime:
            record.expiresAt = answer
            record.timeToLive = .milliseconds(max(0, answer.subtractingReportingOverflow(time).partialValue))
        case .timeAndLife:
            let (end, overflow) = time.addingReportingOverflow(answer)
            record.expiresAt = overflow ? nil : end
            record.endTolerance = Self.tolerance
            record.timeToLive = .milliseconds(answer)
        }
    }
}

extension RedisConnection {
    /// Whether the server tells by PEXPIRETIME when a key ends: older ones know no such command, and not every user may ask.
    func tellsExpiry() throws(RedisError) -> Bool {
        do throws(RedisError) {
            // The empty key is as good as any: the question is whether there is an answer.
            try call("PEXPIRETIME", "")
            return true
        } catch {
            guard error.isARefusal else { throw error }
            return error.isAboutTheKeyOnly
        }
    }
}
