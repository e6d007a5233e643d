import Foundation
import TestSupport
import Testing

@testable import Commands

/// Source and target may be one database: no session is taken away with what it was to become.
struct MigrationInPlaceIntegrationTests {
    private let server: RedisServer
    private let home: TemporaryDirectory

    init() throws {
        server = try RedisServer {
            $0.tcp = true
            $0.configuration = ["enable-debug-command yes"]
        }
        home = try TemporaryDirectory()
    }

    private func migrate(_ words: String, from: String? = nil, to: String? = nil, command: String = "migrate")
        -> CommandRun
    {
        let url = "unix://" + server.socketPath
        return CommandRun(
            [command, from ?? url, to ?? url] + words.split(separator: " ").map(String.init),
            environment: ["XDG_STATE_HOME": home.path])
    }

    /// Nothing else can be meant than to change the layout in place, which a migration does not.
    @Test(arguments: [
        ("spring-session-3.5.7-indexed", "--to spring --variant default"),
        ("spring-session-3.5.7-indexed", "--to spring --expirations sorted-set"),
        ("spring-session-3.5.7-simple", "--to spring --variant indexed"),
        ("spring-session-2.7.4-indexed", "--to spring --spring-version 2.7 --security-uid 6.5"),
        ("tomcat9-redis-session-manager", "--to tomcat --manager raw --on-conflict overwrite"),
    ])
    func aSessionThatWouldTakeItsOwnPlaceStays(_ store: String, _ layout: String) throws {
        defer { server.stop() }
        try server.load(FixtureStore(store), forever: true)
        let before = try server.everything()
        for words in [layout, layout + " --move"] {
            let run = migrate(words + " --yes")
            #expect(run.status == .partial && run.err.contains("it would take its own place: give"), "\(run.err)")
            #expect(try server.everything() == before)
        }
        let rehearsal = migrate(layout + " --move --dry-run")
        #expect(rehearsal.out.contains("it would take its own place: give"), "\(rehearsal.out)")
    }

    /// The second run finds the sessions of the first as if they were some to be moved.
    @Test(arguments: [
        ("spring-session-3.5.7-indexed", "--to spring --namespace shop"),
        ("spring-session-3.5.7-indexed", "--to spring --namespace shop --variant default"),
        ("spring-session-3.5.7-indexed", "--to spring --namespace shop --variant reactive-indexed"),
        ("tomcat9-redis-session-manager", "--to tomcat --key-prefix shop:"),
    ])
    func whatWasMovedStaysWhereItIs(_ store: String, _ layout: String) throws {
        defer { server.stop() }
        try server.load(FixtureStore(store))
        let first = migrate(layout + " --move --yes")
        #expect(first.status == .done && first.err.contains("moved "), "\(first.err)")
        let after = try server.everything()
        #expect(after.keys.contains { String(decoding: $0, as: UTF8.self).hasPrefix("shop:") })
        let second = migrate(layout + " --move --yes")
        #expect(second.status == .done && second.err.contains(" unneeded"), "\(second.err)")
        #expect(try server.everything() == after)
    }

    @Test func oneServerUnderTwoAddressesIsOne() throws {
        defer { server.stop() }
        try server.load(FixtureStore("spring-session-3.5.7-indexed"))
        let before = try server.everything()
        let run = migrate("--move --yes", to: "redis://127.0.0.1:\(server.port)")
        #expect(run.status == .usage && run.err.contains("are the same database"), "\(run.err)")
        let converted = migrate("--to spring --variant default --move --yes", to: "redis://127.0.0.1:\(server.port)")
        #expect(converted.status == .partial && converted.err.contains("its own place"), "\(converted.err)")
        #expect(try server.everything() == before)
        // Another database of the same server is another store.
        let other = migrate("--move --yes", to: "redis://127.0.0.1:\(server.port)/1")
        #expect(other.status == .done && other.err.contains("moved 9 of 11"), "\(other.err)")
    }

    /// The default repository has no shadow key: with the one that is there, the session is one of an indexed repository.
    @Test func aSessionInAnotherLayoutIsInTheWay() throws {
        let target = try RedisServer { $0.configuration = ["enable-debug-command yes"] }
        defer {
            server.stop()
            target.stop()
        }
        let store = FixtureStore("spring-session-3.5.7-indexed")
        try server.load(store)
        try target.load(store)
        let before = try target.everything()
        let url = "unix://" + target.socketPath
        for policy in ["fail", "overwrite", "newer"] {
            let run = migrate("--to spring --variant default --yes --on-conflict \(policy)", to: url)
            #expect(run.status == .partial && run.err.contains("has another layout"), "\(run.err)")
        }
        let skip = migrate("--to spring --variant default --yes --on-conflict skip", to: url)
        #expect(skip.status == .done && skip.err.contains("9 skipped"), "\(skip.err)")
        #expect(try target.everything() == before)
        let verify = migrate("--to spring --variant default", to: url, command: "verify")
        #expect(verify.status.rawValue == 1 && verify.out.contains("which its layout does not have"), "\(verify.out)")
    }
}
