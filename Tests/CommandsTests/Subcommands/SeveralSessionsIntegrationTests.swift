import TestSupport
import Testing

@testable import Commands

/// Of several sessions that are named, those that are there are shown, and the others are told.
struct SeveralSessionsIntegrationTests {
    private static let ids = ["first-session", "second-session"]

    private func server() throws -> RedisServer {
        let server = try RedisServer()
        for id in Self.ids { try server.command(Trouble.attribute("a", JavaBytes.string(id), of: id)) }
        return server
    }

    @Test(arguments: ["show", "keys", "cookie"], ["json", "jsonl", "tsv"])
    func whatWasFoundIsShown(_ command: String, _ form: String) throws {
        let server = try server()
        defer { server.stop() }
        let found = CommandRun([command] + Self.ids + ["-o", form], on: server)
        let run = CommandRun([command, Self.ids[0], "missing-1", Self.ids[1], "key:missing-2", "-o", form], on: server)
        #expect(found.status == .done && !found.out.isEmpty && run.out == found.out, "\(run.out)")
        #expect(run.status == .notFound)
        #expect(run.err.contains("no session 'missing-1'") && run.err.contains("no session 'missing-2'"), "\(run.err)")
        if form == "json" { #expect(try !TestJSON(reading: run.outBytes).requiredItems().isEmpty) }
    }

    @Test(arguments: ["show", "keys", "cookie"])
    func everyMissingOneIsToldWhereNoneIsThere(_ command: String) throws {
        let server = try server()
        defer { server.stop() }
        let run = CommandRun([command, "missing-1", "missing-2"], on: server)
        #expect(run.status == .notFound && run.out.isEmpty)
        #expect(run.err.contains("'missing-1'") && run.err.contains("'missing-2'"), "\(run.err)")
    }

    @Test func anAmbiguousNameIsToldAmongThem() throws {
        let server = try server()
        defer { server.stop() }
        try server.command(Trouble.attribute("a", JavaBytes.string("x"), of: "first-sessiom"))
        let run = CommandRun(["show", "first-sess", Self.ids[1], "-o", "jsonl"], on: server)
        #expect(run.status == .usage && run.err.contains("fits 2 sessions"), "\(run.err)")
        #expect(try TestJSON(reading: run.outBytes)["id"]?.string == Self.ids[1])
    }

    /// What is wrong with the server is not about one name.
    @Test func anErrorOfTheServerEndsTheCommand() throws {
        let server = try server()
        defer { server.stop() }
        try server.command(
            "ACL", "SETUSER", "limited", "on", "nopass", "~*", "+@all", "-type", "-scan")
        let run = CommandRun(["--user", "limited", "--pass", "x", "show"] + Self.ids, on: server)
        #expect(run.status == .permission && run.out.isEmpty, "\(run.out)\(run.err)")
    }
}
