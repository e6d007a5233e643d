import TestSupport
import Testing

@testable import Commands
@testable import Terminal

/// Keys with the names of sessions that are of other types than any session.
struct MisnamedKeysIntegrationTests {
    private static let prefix = "spring:session:sessions:"
    private static let types = ["string", "list", "set", "zset", "stream"]

    private func server() throws -> RedisServer {
        let server = try RedisServer()
        try server.command(Trouble.attribute("a", JavaBytes.string("x"), of: "healthy"))
        try server.command("SET", Self.prefix + "string", "x")
        try server.command("RPUSH", Self.prefix + "list", "x")
        try server.command("SADD", Self.prefix + "set", "x")
        try server.command("ZADD", Self.prefix + "zset", "1", "x")
        try server.command("XADD", Self.prefix + "stream", "*", "x", "y")
        try server.command("RPUSH", "queue", "x")
        return server
    }

    @Test(arguments: ["id", "id,principal", "id,size", "id,attributes", "id,attr.a", "id,variant"])
    func theClosingLineCountsThem(_ fields: String) throws {
        let server = try server()
        defer { server.stop() }
        let run = CommandRun(
            ["list", "--fields", fields], on: server, screen: TerminalSize(rows: 50, columns: 200))
        let line = "1 session; keys that hold none: 5 named as sessions and of another type, 1 other\n"
        #expect(run.status == .done && run.err.hasSuffix(line), "\(run.err)")
    }

    @Test(arguments: [["stats"], ["stats", "--quick"]])
    func statsTellsThem(_ words: [String]) throws {
        let server = try server()
        defer { server.stop() }
        let run = CommandRun(words, on: server)
        #expect(
            run.status == .done && run.err.contains("5 keys are named as sessions and of another type"), "\(run.err)")
        #expect(!CommandRun(words + ["-q"], on: server).err.contains("named as sessions"))
    }

    @Test(arguments: ["show", "keys"], types)
    func isToldWithTheTypeThatIsThereAndTheOneThatMustBe(_ command: String, _ type: String) throws {
        let server = try server()
        defer { server.stop() }
        let run = CommandRun([command, "key:" + Self.prefix + type], on: server)
        #expect(run.status == .notFound && run.out.isEmpty)
        let words = "key '\(Self.prefix)\(type)' has the name of a session and the type \(type); it must be a hash"
        #expect(run.err.contains(words), "\(run.err)")
    }
}
