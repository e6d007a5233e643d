import Foundation
import Sessions
import TestSupport
import Testing

@testable import Commands
@testable import Terminal

/// What is shown on terminals that are narrower than a row of columns.
@Suite struct NarrowTerminalIntegrationTests {
    private static let commands = [
        "list", "list --fields id,key,finding,class", "list -o tree", "users", "stats", "count --by class",
        "keys user:alice", "cookie user:alice", "show user:alice", "list --fields id,attr.user,attr.cart",
    ]

    private func server() throws -> RedisServer {
        let server = try RedisServer()
        try server.load(FixtureStore("spring-session-2.7.4-indexed"), forever: true)
        try server.load(FixtureStore("tomcat9-redis-session-manager"), forever: true)
        return server
    }

    private func run(_ words: [String], _ server: RedisServer, columns: Int) -> CommandRun {
        CommandRun(
            words, on: server, environment: ["NO_COLOR": "1"], screen: TerminalSize(rows: 10_000, columns: columns))
    }

    @Test(arguments: [20, 40, 60, 80])
    func noLineIsWiderThanTheTerminal(_ columns: Int) throws {
        let server = try server()
        defer { server.stop() }
        for command in Self.commands {
            let run = run(command.split(separator: " ").map(String.init), server, columns: columns)
            #expect(run.out.split(separator: "\n").count > 5, "\(command): \(run.err)")
            for line in run.out.split(separator: "\n") {
                #expect(DisplayWidth.columns(of: String(line)) <= columns, "\(command): \(line)")
            }
        }
    }

    /// The messages of all findings, their codes among a list's columns, and the keys of `keys`.
    @Test(arguments: [40, 60, 80]) func whatIsWrongIsReadableInFull(_ columns: Int) throws {
        let server = try server()
        defer { server.stop() }
        let json = run(["list", "-o", "json", "--fields", "id,finding,key"], server, columns: 200)
        let sessions = try TestJSON(reading: json.outBytes).requiredItems()
        var compared = 0
        for session in sessions {
            guard let findings = session["findings"]?.items, !findings.isEmpty else { continue }
            let key = try session.required("key").requiredString()
            let shown = Self.joined(run(["show", "key:" + key], server, columns: columns).out)
            let listed = Self.joined(
                run(["list", "--where", "key = '\(key)'", "--fields", "finding,id"], server, columns: columns).out)
            for finding in findings {
                let code = try finding.required("code").requiredString()
                let message = try finding.required("message").requiredString()
                #expect(shown.contains("!\(code)\(message)".filter { $0 != " " }), "\(shown)")
                #expect(listed.contains(code), "\(listed)")
                compared += 1
            }
        }
        #expect(compared >= 5)
    }

    /// Without blanks, guides and line ends: the text that lines were made of.
    private static func joined(_ text: String) -> String { text.filter { !" \n│├└─".contains($0) } }
}
