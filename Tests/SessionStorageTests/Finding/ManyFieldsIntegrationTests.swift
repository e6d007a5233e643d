import Sessions
import TestSupport
import Testing

@testable import SessionStorage

/// Hashes of more fields than HKEYS may be asked for.
struct ManyFieldsIntegrationTests {
    private static let key = Array("spring:session:sessions:many".utf8)
    private static let count = 25_000

    /// A server with one session of `count` attributes of `length` bytes each.
    private static func server(length: Int) throws -> RedisServer {
        let server = try RedisServer()
        let times = ["creationTime", "lastAccessedTime", "maxInactiveInterval"].flatMap { [$0, "1800"] }
        try server.command([Array("HSET".utf8), key] + times.map { Array($0.utf8) })
        let value = [UInt8](repeating: 0x78, count: length)
        for start in stride(from: 0, to: count, by: 500) {
            let fields = (start..<start + 500).flatMap { [Array("sessionAttr:a\($0)".utf8), value] }
            try server.command([Array("HSET".utf8), key] + fields)
        }
        return server
    }

    private static func sessions(_ server: RedisServer) throws -> [Session] {
        let store = try server.store()
        defer { store.close() }
        var sessions: [Session] = []
        _ = try SessionScan(parts: .attributes).run(on: store) {
            sessions.append($0)
            return true
        }
        return sessions
    }

    private static func wasAskedForNames(_ server: RedisServer) throws -> Bool {
        guard case .string(let statistics) = try server.command("INFO", "commandstats") else { return true }
        return String(decoding: statistics, as: UTF8.self).contains("cmdstat_hkeys")
    }

    @Test func manyShortOnesAreReadBitByBit() throws {
        let server = try Self.server(length: 200)
        defer { server.stop() }
        let session = try #require(try Self.sessions(server).first)
        #expect(session.attributes?.count == Self.count && session.findings.allSatisfy { $0.code != "too-large" })
        #expect(try !Self.wasAskedForNames(server))
    }

    @Test func manyLongOnesAreTooMany() throws {
        let server = try Self.server(length: 1500)
        defer { server.stop() }
        let session = try #require(try Self.sessions(server).first)
        #expect(session.attributes == nil && session.isTooLarge)
        #expect(session.findings.contains { $0.message.contains("25003 fields") })
        #expect(try !Self.wasAskedForNames(server))
    }
}
