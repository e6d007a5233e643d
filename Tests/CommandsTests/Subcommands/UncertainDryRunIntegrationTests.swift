import TestSupport
import Testing

@testable import Commands

/// A dry run ends as the change would, also where nobody could know its outcome.
struct UncertainDryRunIntegrationTests {
    private func check(_ line: String, in store: String) throws {
        let server = try RedisServer()
        defer { server.stop() }
        try server.load(FixtureStore(store))
        let home = try TemporaryDirectory()
        func run(_ option: String) -> CommandRun {
            CommandRun(line + option, on: server, environment: ["XDG_STATE_HOME": home.path])
        }
        let dry = run(" --dry-run")
        #expect(dry.status == .partial && dry.out.contains("outcome would be unknown: "), "\(dry.out)\(dry.err)")
        #expect(dry.err.contains(/the outcome of [0-9]+ of [0-9]+ sessions? would be unknown/), "\(dry.err)")
        let certain = run(" --dry-run --non-sticky")
        #expect(!certain.out.contains("unknown") && !certain.err.contains("unknown"), "\(certain.out)\(certain.err)")
        #expect(run(" --yes").status == .partial)
    }

    @Test func ofALogout() throws {
        try check("expire --all --settle 0", in: "java-programs/ran-jit-2.x")
    }

    @Test func ofAnEdit() throws {
        let server = try RedisServer()
        defer { server.stop() }
        try server.load(FixtureStore("java-programs/ran-jit-2.x"))
        let ids = CommandRun("list --fields id", on: server).out.split(separator: "\n")
        try check("set \(try #require(ids.first)) note=new", in: "java-programs/ran-jit-2.x")
    }

    @Test func whereNoNodeCanBeLeftOut() throws {
        let server = try RedisServer()
        defer { server.stop() }
        try server.load(FixtureStore("redisson-tomcat-3.52.0"))
        let run = CommandRun("expire --all --dry-run", on: server)
        #expect(run.status == .partial && run.err.contains("would be unknown"), "\(run.err)")
    }
}
