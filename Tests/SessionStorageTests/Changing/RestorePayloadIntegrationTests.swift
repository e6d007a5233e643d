import Sessions
import TestSupport
import Testing

@testable import SessionStorage

/// A real server takes what is made for RESTORE, and has then what it was made of.
struct RestorePayloadIntegrationTests {
    @Test func hasTheChecksumOfRedis() {
        #expect(CRC64.checksum(of: Array("123456789".utf8)) == 0xe9c6_d914_c4b8_d9ca)
    }

    @Test(arguments: [0, 1, 63, 64, 16_383, 16_384, 100_000])
    func aStringOfAnyLength(_ length: Int) throws {
        let server = try RedisServer()
        defer { server.stop() }
        let value = (0..<length).map { UInt8(truncatingIfNeeded: $0) }
        try server.restore(Array("key".utf8), RestorePayload.string(value))
        #expect(try server.command("GET", "key") == .string(value))
    }

    /// Every key of every store: DEBUG DIGEST-VALUE tells whether two values are the same.
    @Test func everyKeyOfTheFixtures() throws {
        var compared: [String: Int] = [:]
        for store in try FixtureStore.all() {
            let server = try RedisServer { $0.configuration = ["enable-debug-command yes"] }
            defer { server.stop() }
            let client = try server.client()
            for record in try store.records() {
                let copy = record.key + Array(":copy".utf8)
                try server.restore(record.key, record.dump)
                try server.restore(copy, Self.payload(record.content))
                let digests = try client.command([Array("DEBUG".utf8), Array("DIGEST-VALUE".utf8), record.key, copy])
                guard case .array(let pair) = digests else { throw RedisServerError("\(digests)") }
                #expect(
                    pair.count == 2 && pair[0] == pair[1],
                    "\(store.name): \(String(decoding: record.key, as: UTF8.self))")
                compared[record.type, default: 0] += 1
            }
        }
        #expect(compared.keys.sorted() == ["hash", "list", "set", "string", "zset"])
        #expect(compared.values.reduce(0, +) > 200)
    }

    private static func payload(_ content: FixtureRecord.Content) -> [UInt8] {
        switch content {
        case .string(let value): RestorePayload.string(value)
        case .hash(let fields): RestorePayload.hash(fields.map { StoredField($0.name, $0.value) })
        case .set(let members): RestorePayload.set(members)
        case .list(let items): RestorePayload.list(items)
        case .sortedSet(let members):
            RestorePayload.sortedSet(
                members.map { Sessions.ScoredMember($0.member, score: Array(String($0.score).utf8)) })
        }
    }
}
