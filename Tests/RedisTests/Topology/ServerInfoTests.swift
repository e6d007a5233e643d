import TestSupport
import Testing

@testable import Redis

struct ServerInfoTests {
    @Test func readsAServersFacts() throws {
        let server = try RedisServer()
        defer { server.stop() }
        try server.pipeline((0..<17).map { ["SET", "key:\($0)", "1"].map { Array($0.utf8) } })
        let info = try ServerInfo(of: RedisConnection.connect(to: RedisEndpoint(.unix(path: server.socketPath))))
        #expect(info.keyCount == 17)
        #expect(info.role == .primary)
        #expect(!info.isLoading)
        #expect(info.isAtLeast(4))
    }

    @Test func comparesVersionsAsNumbers() {
        let info = ServerInfo(parsing: "# Server\r\nredis_version:7.0.15\r\nrole:slave\r\nloading:1\r\n")
        #expect(info.version == [7, 0, 15])
        #expect(info.role == .replica)
        #expect(info.isLoading)
        #expect(info.isAtLeast(7) && info.isAtLeast(7, 0) && info.isAtLeast(7, 0, 15) && info.isAtLeast(6, 2))
        #expect(!info.isAtLeast(7, 0, 16) && !info.isAtLeast(7, 2) && !info.isAtLeast(10))
        #expect(!ServerInfo(parsing: "").isAtLeast(4))
    }

    @Test func readsNonsenseWithoutBelievingIt() {
        let info = ServerInfo(parsing: "redis_version:x.99999999999999999999.\nrole:king\n:\nloading\n\0")
        #expect(info.version == [0, 0])
        #expect(info.role == nil)
    }
}
