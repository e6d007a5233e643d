import Redis
import TestSupport
import Testing

/// A walk that asks how much there is at a key before the commands for it are made.
struct HashMeasuringTests {
    private static func measuring(only first: Character? = nil) -> KeyspaceScan.Measuring {
        { keys, index, batch in
            let key = keys.array(at: index)
            if let first, key.first != first.asciiValue { return }
            batch.append([Array("HLEN".utf8), key])
        }
    }

    private func connection(keys count: Int) throws -> (RedisServer, RedisConnection) {
        let server = try RedisServer()
        try server.pipeline(
            (0..<count).map { number in
                let fields = (0...number % 7).flatMap { ["field \($0)", "value"] }
                return (["HSET", "hash:\(number)"] + fields).map { Array($0.utf8) }
            } + (0..<count).map { ["SET", "string:\($0)", "value"].map { Array($0.utf8) } })
        return (server, try RedisConnection.connect(to: RedisEndpoint(.unix(path: server.socketPath))))
    }

    @Test(arguments: [0, 1, 2, 99, 1000]) func knowsTheFieldsOfEachHashBeforeItsCommands(count: Int) throws {
        let (server, connection) = try connection(keys: count)
        defer { server.stop() }
        var seen: [String: Int?] = [:]
        let scan = KeyspaceScan(measuring: Self.measuring(only: "h"))
        try scan.run(on: connection) { keys, batch in
            for index in 0..<keys.count {
                keys.setTag(keys.measure(at: index) ?? -1, at: index)
                batch.append([Array("TYPE".utf8), keys.array(at: index)])
            }
        } replies: { keys, replies in
            #expect(replies.count == keys.count)
            for index in 0..<keys.count {
                let key = String(decoding: keys.array(at: index), as: UTF8.self)
                #expect(replies.text(of: replies[index]) == (key.hasPrefix("hash") ? "hash" : "string"))
                seen[key] = .some(keys.tag(at: index) < 0 ? nil : keys.tag(at: index))
            }
            return true
        }
        #expect(seen.count == 2 * count && connection.outstanding == 0)
        for number in 0..<count {
            #expect(seen["hash:\(number)"] == .some(number % 7 + 1) && seen["string:\(number)"] == .some(nil))
        }
    }

    /// Batches that are too large come without replies, all others with theirs, and each key once.
    @Test(arguments: [false, true]) func largeRepliesCostTheirBatchOnly(isMeasured: Bool) throws {
        let (server, connection) = try connection(keys: 2000)
        defer { server.stop() }
        for number in [7, 900, 1700] {
            let large = [UInt8](repeating: 1, count: 1 << 20)
            try server.command([Array("SET".utf8), Array("string:\(number)".utf8), large])
        }
        var (withReplies, without): (Set<[UInt8]>, Set<[UInt8]>) = ([], [])
        let limits = ReplyLimits(valueBytes: 256 << 10, batchBytes: 4 << 20)
        let scan = KeyspaceScan(within: limits, measuring: isMeasured ? Self.measuring(only: "h") : nil)
        try scan.run(on: connection) { keys, batch in
            for index in 0..<keys.count { batch.append([Array("GET".utf8), keys.array(at: index)]) }
        } replies: { keys, replies in
            #expect(replies.count == (replies.wasTooLarge ? 0 : keys.count))
            for index in 0..<keys.count {
                let key = keys.array(at: index)
                let isNew = replies.wasTooLarge ? without.insert(key).inserted : withReplies.insert(key).inserted
                #expect(isNew)
            }
            return true
        }
        #expect(withReplies.isDisjoint(with: without) && withReplies.count + without.count == 4000)
        #expect(without.isSuperset(of: [7, 900, 1700].map { Array("string:\($0)".utf8) }))
        #expect(withReplies.count > 2000, "\(withReplies.count)")
        #expect(connection.outstanding == 0)
        #expect(try connection.call("DBSIZE") == .integer(4000))
    }

    @Test func keysOfAnotherTypeHaveNoFields() throws {
        let (server, connection) = try connection(keys: 3)
        defer { server.stop() }
        var counts: [Int?] = []
        try KeyspaceScan(measuring: Self.measuring()).run(on: connection) { keys, _ in
            for index in 0..<keys.count { counts.append(keys.measure(at: index)) }
        } replies: { _, _ in
            true
        }
        #expect(counts.compactMap { $0 }.sorted() == [1, 2, 3] && counts.count == 6)
    }

    /// Lengths of several fields are added; what is no number makes the sum unknown.
    @Test(arguments: [false, true]) func addsWhatSeveralCommandsSay(hasAnError: Bool) throws {
        let (server, connection) = try connection(keys: 300)
        defer { server.stop() }
        let scan = KeyspaceScan { keys, index, batch in
            let key = keys.array(at: index)
            for field in ["field 0", "field 3", "none"] {
                batch.append([Array("HSTRLEN".utf8), key, Array(field.utf8)])
            }
            if hasAnError { batch.append([Array("HSTRLEN".utf8), key]) }
        }
        var seen: [String: Int?] = [:]
        try scan.run(on: connection) { keys, _ in
            for index in 0..<keys.count {
                seen[String(decoding: keys.array(at: index), as: UTF8.self)] = .some(keys.measure(at: index))
            }
        } replies: { _, _ in
            true
        }
        #expect(seen.count == 600)
        for number in 0..<300 {
            let sum: Int? = hasAnError ? nil : number % 7 >= 3 ? 10 : 5
            #expect(seen["hash:\(number)"] == .some(sum) && seen["string:\(number)"] == .some(nil))
        }
    }

    @Test func leavesTheConnectionAsItWasWhenStopped() throws {
        let (server, connection) = try connection(keys: 500)
        defer { server.stop() }
        var batches = 0
        try KeyspaceScan(measuring: Self.measuring()).run(on: connection) { keys, batch in
            for index in 0..<keys.count { batch.append([Array("TYPE".utf8), keys.array(at: index)]) }
        } replies: { _, _ in
            batches += 1
            return batches < 3
        }
        #expect(connection.outstanding == 0)
        #expect(try connection.call("PING") == .status("PONG"))
    }
}
