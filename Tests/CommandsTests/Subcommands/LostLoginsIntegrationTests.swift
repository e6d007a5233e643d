import TestSupport
import Testing

@testable import Commands

/// What is said of logins before a migration whose target cannot hold the attributes that tell of them.
struct LostLoginsIntegrationTests {
    private static let json = "spring-session-3.5.7-json-security"
    private static let java = "spring-session-3.5.7-indexed"

    @Test(
        arguments: [
            (json, "--to spring --serializer java --unconvertible skip-attribute", "3 of 3"),
            (json, "--to spring --serializer java --unconvertible keep", "3 of 3"),
            (json, "--to tomcat --unconvertible skip-attribute", "3 of 3"),
            (java, "--to spring --serializer json --unconvertible skip-attribute", "2 of 5"),
            (java, "--to spring --serializer json --unconvertible keep", "2 of 5"),
        ])
    func whoHasToLogInAgainIsToldFirst(_ store: String, _ words: String, _ share: String) throws {
        let bench = try MigrateCommandIntegrationTests.Bench(store)
        defer { bench.stop() }
        let run = bench.run(words.split(separator: " ").map(String.init) + ["--dry-run"])
        #expect(
            run.err.contains("\(share) sessions with a login will have to log in again: the attribute that says who"),
            "\(run.err)")
        #expect(!run.err.contains("which travels"), "\(run.err)")
    }

    @Test(arguments: [(json, "--to spring --serializer json"), (java, "--to spring --serializer java")])
    func whatIsConvertedTravels(_ store: String, _ words: String) throws {
        let bench = try MigrateCommandIntegrationTests.Bench(store)
        defer { bench.stop() }
        let run = bench.run(words.split(separator: " ").map(String.init) + ["--dry-run"])
        #expect(run.err.contains("with a login, which travels: 3 in SPRING_SECURITY_CONTEXT"), "\(run.err)")
    }
}
