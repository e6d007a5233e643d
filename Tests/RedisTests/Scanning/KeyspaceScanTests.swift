import Foundation
import Redis
import TestSupport
import Testing

struct KeyspaceScanTests {
    private struct Stop: Error {}

    private func server(keys count: Int, prefix: String = "key:") throws -> (RedisServer, RedisConnection) {
        let server = try RedisServer()
        try server.pipeline((0..<count).map { ["SET", "\(prefix)\($0)", "value \($0)"].map { Array($0.utf8) } })
        return (server, try RedisConnection.connect(to: RedisEndpoint(.unix(path: server.socketPath))))
    }

    /// Keys and values as the scan hands them over; fails if a value is not that of its key.
    private func scan(
        _ connection: RedisConnection, _ scan: KeyspaceScan = KeyspaceScan(), meanwhile: () throws -> Void = {}
    ) throws -> [String] {
        var seen: [String] = []
        try scan.run(on: connection, failure: { $0 as any Error }) { keys, batch in
            for index in 0..<keys.count { batch.append("GET", keys[index]) }
        } replies: { keys, replies in
            #expect(replies.count == keys.count)
            for index in 0..<keys.count {
                let key = String(decoding: keys.array(at: index), as: UTF8.self)
                seen.append(key)
                let reply = replies[index]
                let number = key.split(separator: ":").last ?? ""
                if reply.kind != .null && replies.text(of: reply) != "value \(number)" {
                    Issue.record("\(key) came with \(replies.text(of: reply))")
                }
            }
            try meanwhile()
            return true
        }
        return seen
    }

    @Test(arguments: [0, 1, 9, 100, 101, 1000]) func seesEveryKeyOnce(count: Int) throws {
        let (server, connection) = try server(keys: count)
        defer { server.stop() }
        let seen = try scan(connection)
        #expect(seen.count == count)
        #expect(Set(seen) == Set((0..<count).map { "key:\($0)" }))
        #expect(connection.outstanding == 0)
    }

    @Test func seesEachOfAHundredThousandKeysOnceWhileOthersComeAndGo() throws {
        let (server, connection) = try server(keys: 100_000)
        defer { server.stop() }
        let other = try server.client()
        try server.pipeline((0..<150_000).map { ["SET", "gone:\($0)", "value \($0)"].map { Array($0.utf8) } })
        var round = 0
        let seen = try scan(connection) {
            guard round < 300 else { return }
            // 150,000 keys go, so the table shrinks during the walk; 30,000 others come.
            try other.pipeline((0..<500).map { [Array("DEL".utf8), Array("gone:\(round * 500 + $0)".utf8)] })
            try other.pipeline(
                (0..<100).map {
                    ["SET", "new:\(round * 100 + $0)", "value \(round * 100 + $0)"].map { Array($0.utf8) }
                })
            round += 1
        }
        #expect(round == 300)
        #expect(Set(seen).count == seen.count)
        let stayed = Set(seen.filter { $0.hasPrefix("key:") })
        #expect(stayed.count == 100_000)
    }

    /// Keys that are measured come a batch later, and with their own cursor.
    @Test(arguments: [false, true]) func eachBatchHasTheCursorThatWasAskedFor(isMeasured: Bool) throws {
        let (server, connection) = try server(keys: 3000)
        defer { server.stop() }
        var batches: [(cursor: ScanCursor, first: String)] = []
        let measuring: KeyspaceScan.Measuring = { keys, index, batch in batch.append("STRLEN", keys[index]) }
        try KeyspaceScan(measuring: isMeasured ? measuring : nil).run(on: connection, failure: { $0 as any Error }) {
            keys, batch in
            for index in 0..<keys.count { batch.append("GET", keys[index]) }
        } replies: { keys, _ in
            guard let cursor = keys.cursor else { return false }
            batches.append((cursor, String(decoding: keys.array(at: 0), as: UTF8.self)))
            return true
        }
        #expect(batches.count > 5 && batches.first?.cursor == ScanCursor(0))
        #expect(batches.map(\.cursor) == batches.map(\.cursor).sorted())
        for (cursor, first) in batches {
            guard case .array(let answer) = try server.command("SCAN", "\(cursor.number)", "COUNT", "1"),
                case .array(let keys) = answer[1]
            else { throw FixtureError("no answer to SCAN") }
            // Empty buckets are passed over by the one, and not by the other.
            #expect(keys.isEmpty || keys.first == .string(Array(first.utf8)))
        }
    }

    @Test func matchesOnTheServer() throws {
        let (server, connection) = try server(keys: 20_000)
        defer { server.stop() }
        try server.command("SET", "wanted:7", "value 7")
        #expect(try scan(connection, KeyspaceScan(matching: Array("wanted:*".utf8))) == ["wanted:7"])
        #expect(try scan(connection, KeyspaceScan(matching: Array("none".utf8))) == [])
    }

    @Test func keysMayHaveNoCommandsOrSeveral() throws {
        let (server, connection) = try server(keys: 1000)
        defer { server.stop() }
        var commands = 0
        var seen = 0
        try KeyspaceScan().run(on: connection) { keys, batch in
            for index in 0..<keys.count {
                let count = keys.array(at: index).last.map { Int($0) % 3 } ?? 0
                for _ in 0..<count { batch.append("STRLEN", keys[index]) }
                keys.setTag(count, at: index)
            }
        } replies: { keys, replies throws(RedisError) in
            var next = 0
            for index in 0..<keys.count {
                next += keys.tag(at: index)
                seen += 1
            }
            #expect(next == replies.count)
            commands += next
            return true
        }
        #expect(seen == 1000)
        #expect(commands == 900)
    }

    @Test func stopsWhenToldAndLeavesTheConnectionUsable() throws {
        let (server, connection) = try server(keys: 5000)
        defer { server.stop() }
        var batches = 0
        try KeyspaceScan().run(on: connection) { keys, batch in
            for index in 0..<keys.count { batch.append("GET", keys[index]) }
        } replies: { _, _ throws(RedisError) in
            batches += 1
            return false
        }
        #expect(batches == 1)
        #expect(connection.outstanding == 0)
        #expect(try connection.call("DBSIZE") == .integer(5000))
    }

    @Test func passesTheCallersErrorAndLeavesTheConnectionUsable() throws {
        let (server, connection) = try server(keys: 5000)
        defer { server.stop() }
        #expect(throws: Stop.self) {
            try KeyspaceScan().run(on: connection, failure: { $0 as any Error }) { keys, batch in
                for index in 0..<keys.count { batch.append("GET", keys[index]) }
            } replies: { _, _ in
                throw Stop()
            }
        }
        #expect(connection.outstanding == 0)
        #expect(try connection.call("DBSIZE") == .integer(5000))
        #expect(try scan(connection).count == 5000)
    }

    @Test func saysThatScanIsNotAllowed() throws {
        let server = try RedisServer { $0.users = ["reader on >secret ~* +get"] }
        defer { server.stop() }
        let connection = try RedisConnection.connect(
            to: RedisEndpoint(.unix(path: server.socketPath)),
            credentials: RedisCredentials(user: "reader", password: Secret(Array("secret".utf8))))
        let error = #expect(throws: RedisError.self) {
            try KeyspaceScan().run(on: connection, commands: { _, _ in }) { _, _ throws(RedisError) in true }
        }
        #expect(error?.kind == .permission)
        #expect(error?.command == "SCAN")
        #expect(connection.isOpen)
    }

    @Test func carriesErrorRepliesOfSingleKeys() throws {
        let (server, connection) = try server(keys: 10)
        defer { server.stop() }
        try server.command("LPUSH", "list", "1")
        var errors: [RedisError] = []
        try KeyspaceScan().run(on: connection) { keys, batch in
            for index in 0..<keys.count { batch.append("GET", keys[index]) }
        } replies: { keys, replies throws(RedisError) in
            for index in 0..<keys.count {
                if let error = connection.failure(in: replies, at: index, of: "GET") { errors.append(error) }
            }
            return true
        }
        #expect(errors.map(\.kind) == [.server(code: "WRONGTYPE")])
        #expect(errors.first?.command == "GET")
    }
}
