import JavaSerialization
import TestSupport
import Testing

@testable import Commands
@testable import Terminal

/// What text forms print of values that are hard to print, from a RedisServer of its own.
struct TextFormsIntegrationTests {
    private func server(_ store: String) throws -> RedisServer {
        let server = try RedisServer()
        try server.load(FixtureStore(store), forever: true)
        return server
    }

    @Test func claimsOfATokenInAJavaStringAreFound() throws {
        let server = try server("java-programs/spring-session-jwt")
        defer { server.stop() }
        let id = "7f6a5094-4a33-3181-be03-b045a82e472c"
        #expect(CommandRun("get \(id) token.claims.sub --reveal", on: server).out == "alice\n")
        let list = CommandRun(
            "list --where attr.token.claims.sub=alice --fields id,attr.token.claims.jti --reveal", on: server)
        #expect(list.out == "\(id)\tjti-1\n", "\(list.out) \(list.err)")
        let run = CommandRun("get \(id) user.claims.sub", on: server)
        #expect(run.status == .notFound && run.err.contains("no claims in the attribute") && !run.err.contains("()"))
        // Under the name of a secret all is secret.
        #expect(CommandRun("get \(id) token.claims.sub", on: server).out == "••••\n")
    }
}
