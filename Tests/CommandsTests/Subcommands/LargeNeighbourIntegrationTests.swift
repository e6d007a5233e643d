import TestSupport
import Testing

@testable import Commands

/// A small attribute beside one that is too large to be read.
struct LargeNeighbourIntegrationTests {
    private func server() throws -> RedisServer {
        let server = try RedisServer()
        try server.command(Trouble.attribute("w", JavaBytes.string("one"), of: "large-one"))
        let large = [UInt8](repeating: UInt8(ascii: "x"), count: 17_900_000)
        try server.command([
            Array("HSET".utf8), Array("spring:session:sessions:large-one".utf8), Array("sessionAttr:big".utf8), large,
            Array("sessionAttr:a.b".utf8), JavaBytes.string("dotted"),
        ])
        return server
    }

    @Test(arguments: [("w", "one"), ("a.b", "dotted"), ("['a.b']", "dotted")])
    func isGot(_ path: String, _ value: String) throws {
        let server = try server()
        defer { server.stop() }
        let run = CommandRun(["get", "large-one", path], on: server)
        #expect(run.status == .done && run.out == value + "\n", "\(run.out)\(run.err)")
    }

    @Test(arguments: ["big", "big.part"])
    func theLargeOneIsNot(_ path: String) throws {
        let server = try server()
        defer { server.stop() }
        let run = CommandRun(["get", "large-one", path], on: server)
        #expect(run.status == .partial && run.out.isEmpty && run.err.contains("too large"), "\(run.out)\(run.err)")
    }

    @Test func whatIsNotThereIsTold() throws {
        let server = try server()
        defer { server.stop() }
        let run = CommandRun(["get", "large-one", "missing"], on: server)
        #expect(run.status == .notFound && run.err.contains("missing"), "\(run.out)\(run.err)")
    }
}
