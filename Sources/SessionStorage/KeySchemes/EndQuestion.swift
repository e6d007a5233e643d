import Redis
import Sessions

/// How a server is asked when a key ends, so that two answers about a key that nobody has touched are the same.
enum EndQuestion {
    /// By PEXPIRETIME (Redis 7.0), which tells the time itself.
    case expireTime
    /// By PTTL between two TIMEs, which tell how closely the sum of time and life is known (`EndReading`).
    case timeAndLife

    /// Milliseconds by which an end that was read may differ from the one that is found when it is compared in the step that writes.
    ///
    /// What is read is right to `EndReading.tolerance`, whatever the link does. A script is not: since Redis 7.2 PTTL counts from when the
    /// script began, and TIME goes on while it takes the SHA-1 of a value, some milliseconds for each megabyte. Less would spare large
    /// sessions that nobody has used; a use moves an end by what has passed since the use before.
    static let tolerance: Int64 = 25

    /// Appends what is asked in the place of PTTL.
    func append(key: [UInt8], to batch: inout CommandBatch) {
        guard self == .timeAndLife else {
            batch.begin(2)
            batch.add("PEXPIRETIME")
            batch.add(key)
            return
        }
        EndReading.appendTime(to: &batch)
        EndReading.append(key: key, to: &batch)
    }

    /// Asks for one key, in one round trip where the answer is close enough at once.
    ///
    /// - Parameter usesTransactions: whether MULTI may be used where it is not: not while keys are watched.
    /// - Returns: the answer to PEXPIRETIME or PTTL, and the time by which the latter counts, in milliseconds since 1970.
    /// - Throws: also where the end cannot be had but approximately.
    func ask(
        _ key: [UInt8], on connection: RedisConnection, usesTransactions: Bool = false
    ) throws(RedisError) -> (answer: Int64?, time: Int64?) {
        guard self == .timeAndLife else {
            return (try connection.call([Array("PEXPIRETIME".utf8), key]).integer, nil)
        }
        let ends = KeyEnds(connection: connection, usesTransactions: usesTransactions)
        let reading = try ends.readings(of: [key]).first
        return (reading?.life, reading?.time)
    }

    /// Puts into a record what the server said.
    ///
    /// - Parameters:
    ///   - answer: to PEXPIRETIME or PTTL; nil for none.
    ///   - time: by which PTTL counts, in milliseconds since 1970; of a server that tells ends itself the time by which it is known.
    func note(_ answer: Int64?, at time: Int64, in record: inout StoredRecord) {
        guard let answer, answer >= 0 else { return record.timeToLive = TimeToLive(pttl: answer ?? -2) }
        switch self {
        case .expireTime:
            record.expiresAt = answer
            record.timeToLive = .milliseconds(max(0, answer.subtractingReportingOverflow(time).partialValue))
        case .timeAndLife:
            let (end, overflow) = time.addingReportingOverflow(answer)
            record.expiresAt = overflow ? nil : end
            record.endTolerance = EndReading.tolerance
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
