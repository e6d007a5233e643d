import TestSupport
import Testing

@testable import Commands

/// What is said where values cannot be decoded.
struct UndecodableIntegrationTests {
    private func server(sessions: Int) throws -> RedisServer {
        let server = try RedisServer()
        for number in 0..<sessions {
            try server.command([
                Array("HSET".utf8), Array("spring:session:sessions:id\(number)".utf8), Array("creationTime".utf8),
                Array("1800".utf8), Array("sessionAttr:cart".utf8), [0xAC, 0xED, 0, 5, 0x74, 0],
            ])
        }
        return server
    }

    @Test func oneIsNamedInItsLine() throws {
        let server = try server(sessions: 1)
        defer { server.stop() }
        let run = CommandRun("list -o jsonl --fields id,attributes", on: server)
        #expect(run.status == .undecodable)
        #expect(run.err.hasPrefix("sessionctl: could not be decoded: session 'id0', attribute 'cart': "), "\(run.err)")
        #expect(run.err.contains("at byte"))
    }

    @Test(arguments: [2, 5, 9]) func fiveAreNamedAndTheOthersCounted(_ count: Int) throws {
        let server = try server(sessions: count)
        defer { server.stop() }
        let run = CommandRun("list -o jsonl --fields id,attributes --sort id", on: server)
        #expect(run.status == .undecodable)
        var lines = run.err.split(separator: "\n")
        #expect(lines.removeFirst() == "sessionctl: \(count) values could not be decoded:")
        for (number, line) in lines.prefix(5).enumerated() {
            #expect(line.hasPrefix("  session 'id\(number)', attribute 'cart': "), "\(line)")
        }
        #expect(lines.dropFirst(5) == (count > 5 ? ["  … and \(count - 5) more"] : []))
    }
}
