import Glibc
import Redis

/// Prints how many sessions a second our client brings without looking into them.
///
/// `hgetall` and `hmget` ask for sessions by name, 100 a batch, two batches in flight; `scan-hgetall` and `scan-hmget` find them
/// first, as `list` does.
@main
struct WireBenchmark {
    static func main() {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let count = Int(arguments[3]) else {
            print("usage: wire-benchmark SOCKET hgetall|hmget|scan-hgetall|scan-hmget COUNT")
            exit(2)
        }
        do {
            let endpoint = RedisEndpoint(.unix(path: arguments[1]), database: 0)
            let benchmark = WireBenchmark(connection: try RedisConnection.connect(to: endpoint), mode: arguments[2])
            print(try benchmark.rate(count))
        } catch {
            print(error)
            exit(1)
        }
    }

    let connection: RedisConnection
    let mode: String

    private func rate(_ count: Int) throws(RedisError) -> Int {
        let start = now()
        let done = mode.hasPrefix("scan") ? try scan() : try byName(count)
        guard done == count else {
            print("\(done) sessions instead of \(count)")
            exit(1)
        }
        return Int(Double(count) / (now() - start))
    }

    private func byName(_ count: Int) throws(RedisError) -> Int {
        var order = Array(0..<count)
        var random = SystemRandomNumberGenerator()
        order.shuffle(using: &random)
        var batch = CommandBatch()
        var replies = ReplyBatch()
        var done = 0
        var waiting: [Int] = []
        for start in stride(from: 0, to: count, by: 100) {
            batch.removeAll()
            let names = order[start..<min(start + 100, count)]
            for number in names { append(Self.key(number), to: &batch) }
            try connection.send(batch, as: mode)
            waiting.append(names.count)
            if waiting.count == 2 { done += try receive(waiting.removeFirst(), &replies) }
        }
        for rest in waiting { done += try receive(rest, &replies) }
        return done
    }

    private func receive(_ count: Int, _ replies: inout ReplyBatch) throws(RedisError) -> Int {
        try connection.receive(count, into: &replies)
        return count
    }

    private func scan() throws(RedisError) -> Int {
        var sessions = 0
        try KeyspaceScan(matching: Array("spring:session:sessions:*".utf8)).run(on: connection) { keys, batch in
            for index in 0..<keys.count where keys[index].byteCount == Self.prefix.count + 36 {
                append(keys.array(at: index), to: &batch)
                sessions += 1
            }
        } replies: { _, _ throws(RedisError) in
            true
        }
        return sessions
    }

    private func append(_ key: [UInt8], to batch: inout CommandBatch) {
        batch.append(mode.hasSuffix("hgetall") ? [Self.hgetall, key] : [Self.hmget, key] + Self.times)
    }

    private static let prefix = Array("spring:session:sessions:".utf8)
    private static let hgetall = Array("HGETALL".utf8)
    private static let hmget = Array("HMGET".utf8)
    private static let times = ["creationTime", "lastAccessedTime", "maxInactiveInterval"].map { Array($0.utf8) }

    private static func key(_ number: Int) -> [UInt8] {
        let digits = String(number)
        let id = "00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
        return prefix + Array(id.utf8)
    }

    private func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
