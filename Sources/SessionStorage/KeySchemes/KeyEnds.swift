import Redis

/// Asks a server without PEXPIRETIME when keys end, until each end is known to the millisecond, or at least closely.
///
/// Usually that takes one round trip, with a TIME before each PTTL and one behind the last. Keys where a millisecond ended in between are asked for
/// again in one step each (MULTI), which no link can part; where nobody may do that, as before.
struct KeyEnds {
    let connection: RedisConnection
    /// Whether MULTI may be used: not while keys are watched, as EXEC ends that.
    let usesTransactions: Bool

    /// How often a key is asked for.
    private static let attempts = 5

    /// One reading for each key, in their order.
    ///
    /// - Throws: also where an end cannot be had but approximately.
    func readings(of keys: [[UInt8]]) throws(RedisError) -> [EndReading] {
        guard !keys.isEmpty else { return [] }
        var readings = try inARow(keys)
        var open = readings.indices.filter { !readings[$0].isExact }
        var usesSteps = usesTransactions
        for _ in 1..<Self.attempts where !open.isEmpty {
            let some = open.map { keys[$0] }
            let steps = usesSteps ? try inSteps(some) : nil
            usesSteps = steps != nil
            let again = if let steps { steps } else { try inARow(some) }
            for (place, reading) in zip(open, again) where reading.isClose || !readings[place].isClose {
                readings[place] = reading
            }
            open = open.filter { !readings[$0].isExact }
        }
        guard let first = open.first(where: { !readings[$0].isClose }) else { return readings }
        let between = readings[first].after.subtractingReportingOverflow(readings[first].before).partialValue
        throw connection.refusal(
            of: "PTTL",
            "when a key ends cannot be told closely: \(between) ms pass between TIME and PTTL here; it can where the user may run PEXPIRETIME "
                + "(Redis 7.0), or \(usesTransactions ? "MULTI and EXEC" : "scripts (EVALSHA)")")
    }

    /// Everything at once, each PTTL between two TIMEs.
    private func inARow(_ keys: [[UInt8]]) throws(RedisError) -> [EndReading] {
        var batch = CommandBatch()
        EndReading.appendTime(to: &batch)
        for key in keys { EndReading.append(key: key, to: &batch) }
        var replies = ReplyBatch()
        try connection.send(batch, as: "PTTL")
        try connection.receive(batch.count, into: &replies)
        var index = 0
        var before = try time(in: replies, at: &index)
        var readings: [EndReading] = []
        readings.reserveCapacity(keys.count)
        for _ in keys {
            let reading = try reading(in: replies, at: &index, behind: before)
            before = reading.after
            readings.append(reading)
        }
        return readings
    }

    /// Each key in a step of the server; nil where there are none for this user.
    private func inSteps(_ keys: [[UInt8]]) throws(RedisError) -> [EndReading]? {
        var batch = CommandBatch()
        for key in keys {
            batch.append([Array("MULTI".utf8)])
            EndReading.appendTime(to: &batch)
            EndReading.append(key: key, to: &batch)
            batch.append([Array("EXEC".utf8)])
        }
        var replies = ReplyBatch()
        try connection.send(batch, as: "EXEC")
        try connection.receive(batch.count, into: &replies)
        var index = 0
        var readings: [EndReading] = []
        for _ in keys {
            guard let reading = try step(in: replies, at: &index) else { return nil }
            readings.append(reading)
        }
        return readings
    }

    /// The answers to MULTI, three commands and EXEC, where the readings lie; nil where there are no such steps.
    ///
    /// - Throws: what was refused when it was queued, which another way to ask would not be told either.
    private func step(in replies: borrowing ReplyBatch, at index: inout Int) throws(RedisError) -> EndReading? {
        guard connection.failure(in: replies, at: index) == nil else { return nil }
        for _ in 0..<3 {
            index = replies.index(after: index)
            if let error = connection.failure(in: replies, at: index) { throw error }
        }
        index = replies.index(after: index)
        guard index < replies.count else { throw connection.unexpectedAnswer(to: "EXEC") }
        if let error = connection.failure(in: replies, at: index) {
            // Before Redis 6.2 the step of a user who may not end it stays open, and would take up whatever comes next.
            if !error.message.hasPrefix("EXECABORT") { try connection.reopen() }
            return nil
        }
        guard replies[index].kind == .array, replies[index].count == 3 else { return nil }
        index += 1
        let before = try time(in: replies, at: &index)
        return try reading(in: replies, at: &index, behind: before)
    }

    private func reading(
        in replies: borrowing ReplyBatch, at index: inout Int, behind before: Int64
    ) throws(RedisError) -> EndReading {
        guard index < replies.count, let life = replies[index].integer else {
            throw connection.failure(in: replies, at: index, of: "PTTL") ?? connection.unexpectedAnswer(to: "PTTL")
        }
        index = replies.index(after: index)
        return EndReading(life: life, before: before, after: try time(in: replies, at: &index))
    }

    private func time(in replies: borrowing ReplyBatch, at index: inout Int) throws(RedisError) -> Int64 {
        guard index < replies.count, let time = ChangeServer.milliseconds(replies.reply(at: index)) else {
            throw connection.failure(in: replies, at: index, of: "TIME") ?? connection.unexpectedAnswer(to: "TIME")
        }
        index = replies.index(after: index)
        return time
    }
}
