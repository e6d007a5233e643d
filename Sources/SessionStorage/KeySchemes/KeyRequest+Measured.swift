import Redis
import Sessions

extension KeyRequest {
    /// The requests for `keys`, whose sizes are asked for first: what is large is not fetched among the others.
    ///
    /// - Parameter needs: what is wanted of the key at an index.
    static func measured(
        _ keys: [[UInt8]], needs: (Int) -> RecordNeeds, on connection: RedisConnection
    ) throws(RedisError) -> [KeyRequest] {
        var requests = keys.indices.map { KeyRequest(key: keys[$0], needs($0)) }
        var batch = CommandBatch()
        var counts: [Int] = []
        for (index, key) in keys.enumerated() {
            let before = batch.count
            requests[index].appendMeasuring(key: key, needs(index), to: &batch)
            counts.append(batch.count - before)
        }
        guard batch.count > 0 else { return requests }
        var measures = ReplyBatch()
        try connection.send(batch, as: "HSTRLEN")
        try connection.receive(batch.count, into: &measures)
        var budget = BatchBudget()
        var reply = 0
        for index in keys.indices where counts[index] > 0 {
            let measure = measures.sum(of: counts[index], from: &reply)
            requests[index] = budget.request(requests[index], needs(index), measure: measure)
        }
        return requests
    }
}
