import TestSupport
import Testing

@testable import Redis

struct HashSlotTests {
    /// A server says the same of every key.
    @Test func isWhatAServerSays() throws {
        let server = try RedisServer { $0.configuration = ["cluster-enabled yes"] }
        defer { server.stop() }
        var random = SeededRandom(seed: 5)
        let made = (0..<200).map { _ in
            (0..<Int(random.next() % 12)).map { _ in Array("ab{}:x".utf8)[Int(random.next() % 6)] }
        }
        let keys =
            made + ["123456789", "{user1000}.following", "foo{}{bar}", "foo{{bar}}zap", ""].map { Array($0.utf8) }
        for key in keys {
            let answer = try server.command([Array("CLUSTER".utf8), Array("KEYSLOT".utf8), key])
            #expect(answer == .integer(Int64(HashSlot.of(key))), "\(String(decoding: key, as: UTF8.self))")
        }
    }
}
