import TestSupport
import Testing

@testable import Commands
@testable import Terminal

/// Principals that are no Unicode text: shown by their bytes, and taken again as they are shown.
struct OddPrincipalsIntegrationTests {
    /// The stored value of the principal's attribute, and how the name is shown.
    private static let principals: [(id: String, value: [UInt8], shown: String)] = [
        ("latin1", [0x62, 0xF6, 0x62], "b\\xf6b"),
        ("surrogate", JavaBytes.string([0x61, 0xED, 0xA0, 0xBD]), "a\\ud83d"),
        ("json", Array("\"j\\ud83d\"".utf8), "j\\ud83d"),
        ("newline", JavaBytes.string("new\nline"), "new\\nline"),
        ("backslash", JavaBytes.string("back\\xf6slash"), "back\\\\xf6slash"),
        ("plain", JavaBytes.string("böb"), "böb"),
    ]

    private func server() throws -> RedisServer {
        let server = try RedisServer()
        let field = Array(
            "sessionAttr:org.springframework.session.FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME".utf8)
        for (id, value, _) in Self.principals { try server.command(Trouble.session(id, [field, value])) }
        return server
    }

    @Test func everyFormShowsTheirBytes() throws {
        let server = try server()
        defer { server.stop() }
        for line in [
            "list --fields id,principal", "list --fields principal -o table", "list --fields principal -o csv", "users",
            "users -o csv", "count --by principal -o table", "show user:b\\xf6b",
        ] {
            let run = CommandRun(line, on: server)
            #expect(run.status == .done && run.out.contains("b\\xf6b"), "\(line): \(run.out)\(run.err)")
            #expect(!run.out.contains("\u{FFFD}"), "\(line): \(run.out)")
            if !line.contains("show") { #expect(run.out.contains("a\\ud83d"), "\(line): \(run.out)") }
        }
        for line in ["list --fields id,principal -o jsonl", "users -o jsonl"] {
            let out = CommandRun(line, on: server).out
            #expect(out.contains(#""principal":{"$base64":"YvZi"}"#) && out.contains(#""principal":"böb""#), "\(out)")
        }
    }

    @Test func theShownFormIsTakenBack() throws {
        let server = try server()
        defer { server.stop() }
        for (id, _, shown) in Self.principals {
            let listed = CommandRun(["list", "--fields", "principal", "--where", "id = '\(id)'"], on: server)
            #expect(listed.out == shown + "\n")
            for filter in ["principal = '\(shown)'", "user in ('nobody', '\(shown)')"] {
                let run = CommandRun(["list", "--fields", "id", "--where", filter], on: server)
                #expect(run.out == id + "\n", "\(filter): \(run.out)\(run.err)")
            }
            let others = CommandRun(["count", "--where", "principal != '\(shown)'"], on: server)
            #expect(others.out == "\(Self.principals.count - 1)\n", "\(shown): \(others.out)")
            let run = CommandRun(["show", "user:" + shown, "-o", "jsonl"], on: server)
            #expect(run.status == .done && run.out.contains("\"id\":\"\(id)\""), "\(shown): \(run.err)")
        }
    }

    /// The index of a principal is found by the name's bytes.
    @Test func theIndexHasTheNamesBytes() throws {
        let server = try server()
        defer { server.stop() }
        let keys = CommandRun(["keys", "user:b\\xf6b"], on: server)
        #expect(keys.status == .done && !keys.out.contains("\u{FFFD}"), "\(keys.out)\(keys.err)")
    }
}
