import Redis
import Sessions

/// What goes to the server in scripts, and what it answers.
extension PlanExecution {
    /// Nil where all was sent.
    func write(_ batch: borrowing CommandBatch) -> RedisError? {
        do throws(RedisError) {
            try connection.send(batch, as: "EVALSHA")
            return nil
        } catch {
            return error
        }
    }

    /// Of what was sent, and not answered, nobody knows how far it came.
    func receive(_ calls: [PlanCall], _ failure: RedisError?, noting note: Noting? = nil) -> [PlanResult] {
        if let failure { return calls.map { _ in .unknown(failure) } }
        var replies = ReplyBatch()
        var results: [PlanResult] = []
        let tell = note.map { note in { if !results.isEmpty { note(results) } } }
        do throws(RedisError) {
            for call in calls {
                try connection.receive(1, into: &replies, whenSilent: tell)
                results.append(result(of: call, in: replies))
            }
        } catch {
            results += calls[results.count...].map { _ in .unknown(error) }
        }
        return results
    }

    private func result(of call: PlanCall, in replies: borrowing ReplyBatch) -> PlanResult {
        if let error = connection.failure(in: replies, at: 0, of: "EVALSHA") { return .refused(error) }
        return call.result(replies.reply(at: 0)) ?? .unknown(connection.unexpectedAnswer(to: "EVALSHA"))
    }
}
