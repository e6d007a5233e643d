import TestSupport
import Testing

@testable import Commands
@testable import Terminal

/// `keys` of sessions whose neighbouring keys are of other types than their names promise.
struct WrongKeyTypesIntegrationTests {
    private static let id = "005378cd-a172-4c64-84d1-96bd70ef6e56"
    private static let shadow = "spring:session:sessions:expires:" + id
    private static let bucket = "spring:session:expirations:1795420080000"

    /// The sessions of a real indexed repository, one with a list as its shadow key and a hash as its bucket.
    private func server() throws -> RedisServer {
        let server = try RedisServer()
        try server.load(FixtureStore("spring-session-2.7.4-indexed"), forever: true)
        try server.command("DEL", Self.shadow, Self.bucket)
        try server.command("RPUSH", Self.shadow, "x")
        try server.command("HSET", Self.bucket, "x", "y")
        return server
    }

    @Test func theTableSaysWhatIsThereAndWhatMustBe() throws {
        let server = try server()
        defer { server.stop() }
        let run = CommandRun(
            ["keys", Self.id, "--no-pager", "--color", "never"], on: server,
            screen: TerminalSize(rows: 50, columns: 200))
        let lines = run.out.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
        #expect(run.status == .done, "\(run.err)")
        #expect(lines.contains("shadow key list never wrong-key-type: must be string \(Self.shadow)"), "\(run.out)")
        #expect(
            lines.contains("expirations bucket hash never wrong-key-type: must be set \(Self.bucket)"), "\(run.out)")
        #expect(lines.contains { $0.hasPrefix("principal index set never there ") }, "\(run.out)")
    }

    @Test func separatedValuesHaveItAsTheState() throws {
        let server = try server()
        defer { server.stop() }
        for form in ["tsv", "csv"] {
            let run = CommandRun(["keys", Self.id, "-o", form], on: server)
            let separator: Character = form == "tsv" ? "\t" : ","
            let row = ["shadow key", "list", "never", "wrong-key-type: must be string", Self.shadow]
            #expect(run.status == .done && run.out.contains(row.joined(separator: String(separator))), "\(run.out)")
        }
    }

    @Test func jsonHasItAsAFinding() throws {
        let server = try server()
        defer { server.stop() }
        let run = CommandRun(["keys", Self.id, "-o", "json"], on: server)
        let keys = try TestJSON(reading: run.outBytes).requiredItems()
        let shadow = try #require(keys.first { $0["key"]?.string == Self.shadow })
        #expect(run.status == .done && shadow["type"]?.string == "list")
        let finding = try #require(shadow["findings"]?.items?.first)
        #expect(finding["code"]?.string == "wrong-key-type")
        #expect(finding["message"]?.string == "'\(Self.shadow)' is a list and must be a string")
    }

    /// No key that a real library wrote is of a wrong type.
    @Test func theKeysOfRealSessionsAreRight() throws {
        let server = try RedisServer()
        defer { server.stop() }
        let sessions = try HealthySession.load(into: server)
        for session in Dictionary(grouping: sessions, by: \.format).values.flatMap({ $0.prefix(2) }) {
            let run = CommandRun(["keys", "--namespace", "library", "id:" + session.id], on: server)
            #expect(run.status == .done && !run.out.contains("wrong-key-type"), "\(session): \(run.out)\(run.err)")
        }
    }
}
