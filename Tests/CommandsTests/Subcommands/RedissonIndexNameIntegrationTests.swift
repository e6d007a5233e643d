import TestSupport
import Testing

@testable import Commands

/// A user whom an attribute of the name of Spring Session's index names is found in the hashes of Redisson's Tomcat manager as in Spring's.
struct RedissonIndexNameIntegrationTests {
    struct Case: Sendable, CustomStringConvertible {
        let store: String
        /// A session of nobody, which lives for years.
        let id: String
        /// The name of the user as the codec of the store writes it.
        let value: [UInt8]
        var description: String { store }
    }

    private static let cases = [
        Case(
            store: "redisson-tomcat-3.52.0", id: "71396900B1B09215C4A7454391AEF988",
            value: [0xAC, 0xED, 0, 5, 0x74, 0, 4] + Array("olga".utf8)),
        Case(
            store: "redisson-tomcat-3.52.0-json", id: "0C61446FB0C1E92712336492F4ACCACE", value: Array("\"olga\"".utf8)),
    ]

    private static let attributes = [
        "org.springframework.session.FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME",
        "PRINCIPAL_NAME_INDEX_NAME",
    ]

    private func name(_ one: Case, by attribute: String, on server: RedisServer) throws {
        let key = "redisson:tomcat_session:\(one.id)"
        try server.command([Array("HSET".utf8), Array(key.utf8), Array(attribute.utf8), one.value])
    }

    @Test(arguments: cases, attributes) func isListedAndFoundByName(_ one: Case, _ attribute: String) throws {
        let server = try RedisServer()
        defer { server.stop() }
        try server.load(FixtureStore(one.store))
        let listing = ["list", "--fields", "id,principal"]
        #expect(CommandRun(listing, on: server).out.contains("\(one.id)\t\n"))
        try name(one, by: attribute, on: server)
        let listed = CommandRun(listing, on: server)
        #expect(listed.out.contains("\(one.id)\tolga\n"), "\(listed.out)")
        let shown = CommandRun(["get", "user:olga", "['\(attribute)']"], on: server)
        #expect(shown.status == .done && shown.out == "olga\n", "\(shown.out) \(shown.err)")
        #expect(CommandRun(["count", "--where", "principal = olga"], on: server).out == "1\n")
    }

    @Test(arguments: cases, attributes) func isMigratedByName(_ one: Case, _ attribute: String) throws {
        let bench = try MigrateCommandIntegrationTests.Bench(one.store)
        defer { bench.stop() }
        try name(one, by: attribute, on: bench.source)
        let run = bench.run("--to", "spring", "--where", "principal = olga", "--yes")
        #expect(run.status == .done && run.err.contains("migrated 1 of 1 session"), "\(run.err)")
        let index = "spring:session:index:\(Self.attributes[0]):olga"
        #expect(try bench.target.everything()[Array(index.utf8)] != nil)
    }
}
