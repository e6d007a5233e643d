import Sessions
import TestSupport
import Testing

@testable import Commands

/// A user whom an attribute of the name of Spring Session's index names is found in Tomcat's sessions as in Spring's.
struct TomcatIndexNameIntegrationTests {
    private static let id = "0123456789ABCDEF0123456789ABCDEF"
    private static let attribute =
        "org.springframework.session.FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME"

    /// A server with one session, as jcoleman's manager writes it.
    private static func server(_ clock: Int64) throws -> RedisServer {
        let server = try RedisServer()
        let stream: [UInt8] = [0xAC, 0xED, 0, 5, 0x74, 0, 5] + Array("alice".utf8)
        let session = PortableSession(
            id: Array(id.utf8), createdAt: clock, lastAccessedAt: clock, maxInactiveSeconds: 1800,
            attributes: [PortableAttribute(name: Array(attribute.utf8), value: stream, encoding: .java)])
        for key in try TomcatLayout().keys(of: session) {
            guard case .string(let value) = key.content else { continue }
            try server.command([Array("SET".utf8), key.key, value, Array("EX".utf8), Array("1800".utf8)])
        }
        return server
    }

    @Test func isListedAndFoundByName() throws {
        let server = try Self.server(1_700_000_000_000)
        defer { server.stop() }
        #expect(CommandRun(["list", "--fields", "id,principal"], on: server).out == "\(Self.id)\talice\n")
        let shown = CommandRun(["get", "user:alice", "['\(Self.attribute)']"], on: server)
        #expect(shown.status == .done && shown.out == "alice\n", "\(shown.out) \(shown.err)")
        #expect(CommandRun(["count", "--where", "principal = alice"], on: server).out == "1\n")
    }
}
