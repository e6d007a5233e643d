import TestSupport
import Testing

@testable import Commands

/// Tokens as sessions and as names of sessions, and what is said when something is missing; on a RedisServer of its own.
@Suite struct TokenIntegrationTests {
    /// `{"alg":"HS256"}` . `{"jti":"nothing-here"}`
    private static let unknownId = "eyJhbGciOiJIUzI1NiJ9.eyJqdGkiOiJub3RoaW5nLWhlcmUifQ.c2ln"
    /// `{"alg":"HS256"}` . `{"sub":"alice","iat":1795410000,"exp":1795500000}`
    private static let token =
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSIsImlhdCI6MTc5NTQxMDAwMCwiZXhwIjoxNzk1NTAwMDAwfQ.c2ln"

    private func server() throws -> RedisServer {
        let server = try RedisServer()
        _ = try server.command("SET", "token:alice", Self.token)
        _ = try server.command("SET", "token:bob", Self.token)
        return server
    }

    @Test func aTokenHasNoTimeOfLastUse() throws {
        let server = try server()
        defer { server.stop() }
        let run = CommandRun("list --fields key,created,accessed,idle,interval,expires --sort key", on: server)
        let row = "2026-11-23T05:00:00.000Z\t\t\t\t2026-11-24T06:00:00.000Z\n"
        #expect(run.out == "token:alice\t" + row + "token:bob\t" + row)
        #expect(CommandRun(["list", "--where", "idle > 1s", "--fields", "key"], on: server).out.isEmpty)
    }

    @Test func aTokenWhoseIdIsUnknownIsNoSession() throws {
        let server = try server()
        defer { server.stop() }
        let run = CommandRun("show \(Self.unknownId)", on: server)
        #expect(run.status == .notFound)
        #expect(run.err.contains("no session 'nothing-here'"))
        #expect(run.err.contains("user:nothing-here those of a user"))
    }

    @Test func severalFiltersMustAllHold() throws {
        let server = try server()
        defer { server.stop() }
        let arguments = ["list", "--fields", "key", "--where", "key = 'token:bob'", "--where"]
        #expect(CommandRun(arguments + ["user = alice"], on: server).out == "token:bob\n")
        #expect(CommandRun(arguments + ["user = nobody"], on: server).out.isEmpty)
        #expect(CommandRun(arguments + ["nonsense"], on: server).status == .usage)
    }

    @Test func whatCannotBeDecodedNamesItsSession() throws {
        let server = try server()
        defer { server.stop() }
        _ = try server.command(
            [
                Array("HSET".utf8), Array("app:sessions:broken-one".utf8), Array("creationTime".utf8), Array("1".utf8),
                Array("sessionAttr:cart".utf8), [0xAC, 0xED, 0, 5, 0x73],
            ])
        let run = CommandRun("list --fields id,attributes -o jsonl", on: server)
        #expect(run.status == .undecodable)
        #expect(run.err.contains("session 'broken-one', attribute 'cart'"))
    }
}
