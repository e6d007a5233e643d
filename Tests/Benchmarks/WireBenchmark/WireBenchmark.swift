import Glibc
import Redis

/// Prints how many sessions a second our client brings without looking into them.
///
/// `hgetall` and `hmget` ask for sessions by name, 100 a batch, two batches in flight; with `scan-` in front they are found
/// first. `scan-list` sends all that `list` with attributes does: it measures each session before.
/// `scan-hmget-cart` asks for what a filter on the attribute `cart` needs, `scan-getrange` for the beginnings of Tomcat's values
/// in database 1.
@main
struct WireBenchmark {
    static func main() {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let count = Int(arguments[3]) else {
            print(
                "usage: wire-benchmark SOCKET "
                    + "hgetall|hmget|scan-hgetall|scan-list|scan-hmget|scan-hmget-cart|scan-getrange COUNT")
            exit(2)
        }
        do {
            let database = arguments[2] == "scan-getrange" ? 1 : 0
            let endpoint = RedisEndpoint(.unix(path: arguments[1]), database: database)
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
        let isTomcat = mode == "scan-getrange"
        let length = isTomcat ? 32 : Self.prefix.count + 36
        let isList = mode == "scan-list"
        let pattern = isTomcat || isList ? nil : Self.prefix + [UInt8(ascii: "*")]
        let measuring: KeyspaceScan.Measuring? = isList ? Self.measure : nil
        try KeyspaceScan(matching: pattern, measuring: measuring).run(on: connection) { keys, batch in
            for index in 0..<keys.count where keys[index].byteCount == length {
                append(keys.array(at: index), to: &batch)
                sessions += 1
            }
        } replies: { _, _ throws(RedisError) in
            true
        }
        return sessions
    }

    private func append(_ key: [UInt8], to batch: inout CommandBatch) {
        switch mode {
        case "hgetall", "scan-hgetall", "scan-list": batch.append([Self.hgetall, key])
        case "scan-hmget-cart": batch.append([Self.hmget, key] + Self.times + Self.cart)
        // As much as `list` asks for.
        case "scan-getrange": batch.append([Array("GETRANGE".utf8), key, Array("0".utf8), Array("4095".utf8)])
        default: batch.append([Self.hmget, key] + Self.times)
        }
    }

    private static func measure(_ keys: inout KeyBatch, _ index: Int, _ batch: inout CommandBatch) {
        guard keys[index].byteCount == prefix.count + 36 else { return }
        batch.append(["MEMORY", "USAGE"].map { Array($0.utf8) } + [keys.array(at: index)] + samples)
    }

    private static let samples = ["SAMPLES", "20000"].map { Array($0.utf8) }
    private static let prefix = Array("spring:session:sessions:".utf8)
    private static let hgetall = Array("HGETALL".utf8)
    private static let hmget = Array("HMGET".utf8)
    private static let times = ["creationTime", "lastAccessedTime", "maxInactiveInterval"].map { Array($0.utf8) }
    /// All that `attr.cart[0].quantity` may begin with.
    private static let cart = ["cart", "cart[0]", "cart[0].quantity"].map { Array("sessionAttr:\($0)".utf8) }

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
