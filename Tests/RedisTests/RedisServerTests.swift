import Foundation
import TestSupport
import Testing

/// The tests' own server: other tests rest on it.
struct RedisServerTests {
    @Test func startsWithAnRDBFile() throws {
        let first = try RedisServer()
        defer { first.stop() }
        try first.command([Array("SET".utf8), [0, 255], Array("value".utf8)])
        try first.command("SAVE")
        let second = try RedisServer { $0.rdb = first.directory.appendingPathComponent("dump.rdb") }
        defer { second.stop() }
        #expect(try second.command([Array("GET".utf8), [0, 255]]) == .string(Array("value".utf8)))
    }

    @Test func restoresWhatWasDumped() throws {
        let server = try RedisServer { $0.password = "geheim" }
        defer { server.stop() }
        try server.command("HSET", "hash", "field", "value")
        guard case .string(let payload) = try server.command("DUMP", "hash") else {
            Issue.record("no dump")
            return
        }
        try server.restore([10, 13, 0], payload, ttl: 60_000)
        #expect(
            try server.command([Array("HGET".utf8), [10, 13, 0], Array("field".utf8)]) == .string(Array("value".utf8)))
        let ttl = try server.command([Array("PTTL".utf8), [10, 13, 0]])
        guard case .integer(let left) = ttl else {
            Issue.record("no TTL")
            return
        }
        #expect(left > 0 && left <= 60_000)
    }

    @Test func leavesNothingBehind() throws {
        let server = try RedisServer { $0.tcp = true }
        #expect(FileManager.default.fileExists(atPath: server.socketPath))
        server.suspend()
        server.stop()
        #expect(!FileManager.default.fileExists(atPath: server.directory.path))
        #expect(kill(server.processID, 0) == -1)
    }
}
