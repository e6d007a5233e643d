import TestSupport

extension RedisServer {
    /// A server with the sessions of an indexed Spring repository: eleven, one of them of `late`, two of `frank`.
    static func withSpringSessions() throws -> RedisServer {
        let server = try RedisServer()
        try server.load(FixtureStore("spring-session-3.5.7-indexed"))
        return server
    }
}
