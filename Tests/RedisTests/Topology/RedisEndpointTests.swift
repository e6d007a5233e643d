import Testing

@testable import Redis

struct RedisEndpointTests {
    private func canonical(_ host: String, _ database: Int = 0) -> RedisEndpoint {
        RedisEndpoint(.tcp(host: host, port: 6379), database: database).canonical
    }

    @Test(arguments: [
        "localhost", "LOCALHOST", "localhost.", "127.0.0.1", "127.1.2.3", "::1", "127.1", "127.0.0", "0x7f000001",
        "2130706433", "::ffff:127.0.0.1",
        "0:0:0:0:0:0:0:1", "0.0.0.0",
    ])
    func theLoopbackHasManyNames(_ name: String) {
        #expect(canonical(name) == canonical("localhost") && canonical(name, 1) != canonical("localhost"))
    }

    @Test func otherNamesAreTheirOwn() {
        #expect(canonical("Redis.Example.ORG.") == canonical("redis.example.org"))
        for name in ["redis", "127.0.0.1.example.org", "128.0.0.1", "127.0.0.256", ".", ""] {
            #expect(canonical(name) != canonical("localhost"), "\(name)")
        }
        let socket = RedisEndpoint(.unix(path: "/nowhere/redis.sock"))
        #expect(socket.canonical == socket)
    }
}
