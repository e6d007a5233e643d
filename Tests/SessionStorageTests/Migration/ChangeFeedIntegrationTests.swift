import Redis
import TestSupport
import Testing

@testable import SessionStorage

/// What others change at a server is heard without a look at it.
struct ChangeFeedIntegrationTests {
    private func feed(_ server: RedisServer, user: String? = nil) throws -> ChangeFeed? {
        let store = try server.store(user: user)
        return ChangeFeed(of: MigrationBatch.Side(store, try ChangeServer(of: store.connection)))
    }

    private static func keys(_ names: String...) -> Set<[UInt8]> { Set(names.map { Array($0.utf8) }) }

    @Test func everyChangeIsHeardOnce() throws {
        let server = try RedisServer()
        defer { server.stop() }
        try server.command("SET", "before", "1")
        let feed = try #require(try feed(server))
        #expect(feed.takeKeys() == [])
        try server.command("SET", "string", "1")
        try server.command("HSET", "hash", "a", "1")
        try server.command("GET", "before")
        feed.listen()
        try server.command("PEXPIRE", "string", "100000")
        try server.command("DEL", "before")
        #expect(feed.takeKeys() == Self.keys("string", "hash", "before"))
        #expect(feed.takeKeys() == [])
    }

    @Test func whereNotEachKeyIsNamedNobodyKnowsWhich() throws {
        let server = try RedisServer()
        defer { server.stop() }
        let feed = try #require(try feed(server))
        try server.command("SET", "string", "1")
        try server.command("FLUSHALL")
        #expect(feed.takeKeys() == nil)
        try server.pipeline((0..<30_000).map { [Array("SET".utf8), Array("key\($0)".utf8), [1]] })
        #expect(feed.takeKeys() == nil)
        try server.command("SET", "other", "1")
        #expect(feed.takeKeys() == Self.keys("other"))
    }

    @Test func aServerThatIsLostTellsNothing() throws {
        let server = try RedisServer()
        let feed = try #require(try feed(server))
        server.stop()
        #expect(feed.takeKeys() == nil)
        #expect(feed.takeKeys() == nil)
    }

    @Test(arguments: ["-client|tracking", "resetchannels"]) func whoMayNotListenDoesNot(right: String) throws {
        let server = try RedisServer { $0.users = ["some on nopass ~* &* +@all \(right)"] }
        defer { server.stop() }
        #expect(try feed(server, user: "some") == nil)
    }
}
