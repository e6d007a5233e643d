import Foundation
import Redis
import TestSupport
import Testing

@testable import Commands

/// The sample sessions, and both ways to bring them into a Redis.
@Suite struct SampleKeyTests {
    @Test func areTakenFromTheFixturesAsTheyAre() throws {
        var fixtures: Set<[UInt8]> = []
        for store in try FixtureStore.all() {
            fixtures.formUnion(try Fixtures.bytes(store.path("keys.jsonl")).split(separator: 10).map(Array.init))
        }
        let lines = SampleSessions.lines.withUTF8Buffer { Array($0) }.split(separator: 10).map(Array.init)
        let others = lines.filter { !fixtures.contains($0) }
        #expect(lines.count == 36)
        #expect(others.count == 1)
        #expect(try SampleKey.all().filter { $0.payload == nil }.map(\.key) == [Array("token:alice".utf8)])
    }

    /// A server before 7.0 does not know the form of the payloads and gets the content by plain commands.
    @Test func areTheSameRestoredAndRebuilt() throws {
        let restored = try loaded(restoring: true)
        let rebuilt = try loaded(restoring: false)
        for key in try SampleKey.all().map(\.key) {
            #expect(try content(of: key, in: restored) == content(of: key, in: rebuilt))
            let lives = try [restored, rebuilt].map { try life(of: key, in: $0) }
            #expect(abs(lives[0] - lives[1]) < 60_000)
        }
    }

    private func loaded(restoring: Bool) throws -> RedisServer {
        let server = try RedisServer()
        let connection = try RedisConnection.connect(to: RedisEndpoint(.unix(path: server.socketPath)))
        try SampleStore.load(try SampleKey.all(), into: connection, restoring: restoring)
        return server
    }

    /// What the key holds, without an order where it has none.
    private func content(of key: [UInt8], in server: RedisServer) throws -> [String] {
        func ask(_ command: String, _ more: String...) throws -> RespValue {
            try server.command([Array(command.utf8), key] + more.map { Array($0.utf8) })
        }
        let type = try ask("TYPE")
        let value =
            switch type {
            case .status("hash"): try ask("HGETALL")
            case .status("set"): try ask("SMEMBERS")
            case .status("zset"): try ask("ZRANGE", "0", "-1", "WITHSCORES")
            case .status("list"): try ask("LRANGE", "0", "-1")
            default: try ask("GET")
            }
        guard case .array(let items) = value else { return ["\(type)", "\(value)"] }
        var words = items.map { "\($0)" }
        if type == .status("hash") {
            words = stride(from: 0, to: words.count - 1, by: 2).map { words[$0] + words[$0 + 1] }
        }
        return ["\(type)"] + (type == .status("list") ? words : words.sorted())
    }

    private func life(of key: [UInt8], in server: RedisServer) throws -> Int64 {
        guard case .integer(let life) = try server.command([Array("PTTL".utf8), key]) else { return -3 }
        return life
    }
}
