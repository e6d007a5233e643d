import Foundation
import TestSupport
import Testing

@testable import Commands

/// Users are found at the target by the names by which they were found at the source, whatever kind of store lay between.
struct PrincipalIndexIntegrationTests {
    private static let index =
        "spring:session:index:org.springframework.session.FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME:"

    struct Case: Sendable, CustomStringConvertible {
        let store: String
        let options: [String]
        /// How many sessions are in the index of whom.
        let users: [String: Int]

        var description: String { store }
    }

    static let cases = [
        Case(
            store: "spring-session-1.2.1", options: ["--spring-version", "1.2"],
            users: [
                "Jürgen 日本語 中文 한국어": 1, "alice": 1, "bob@example.org": 1, "carol": 1, "frank": 1,
            ]),
        Case(
            store: "spring-session-2.7.4-indexed", options: ["--spring-version", "2.7"],
            users: ["Jürgen 日本語 中文 한국어": 1, "alice": 1, "changer": 1]),
        Case(
            store: "spring-session-3.5.7-indexed", options: [],
            users: ["anonymousUser": 1, "bob@example.org": 1, "changer": 1, "frank": 2]),
        Case(
            store: "spring-session-3.5.7-indexed-zset", options: ["--expirations", "sorted-set"],
            users: ["alice": 1, "carol": 1, "changer": 1]),
    ]

    /// Between them a server with sessions of Tomcat.
    private struct Bench {
        let servers: [RedisServer]
        let home: TemporaryDirectory

        init(_ store: String) throws {
            servers = try (0..<3).map { _ in try RedisServer() }
            home = try TemporaryDirectory()
            try servers[0].load(FixtureStore(store))
        }

        func stop() { for server in servers { server.stop() } }

        /// Some command between two of the servers.
        func run(_ command: String, _ source: Int, _ target: Int, _ words: [String]) -> CommandRun {
            let urls = [source, target].map { "unix://\(servers[$0].socketPath)" }
            return CommandRun(
                [command] + urls + words + [
                    "--unconvertible", "skip-attribute", "--max-inactive-interval", "315360000",
                ],
                environment: ["XDG_STATE_HOME": home.path, "TMPDIR": home.path])
        }

        /// The members of the indices, by user.
        func members(_ server: Int) throws -> [String: Set<[UInt8]>] {
            var members: [String: Set<[UInt8]>] = [:]
            for key in try list(server, ["KEYS", PrincipalIndexIntegrationTests.index + "*"].map { Array($0.utf8) }) {
                let name = String(decoding: key, as: UTF8.self).dropFirst(PrincipalIndexIntegrationTests.index.count)
                members[String(name)] = Set(try list(server, [Array("SMEMBERS".utf8), key]))
            }
            return members
        }

        private func list(_ server: Int, _ command: [[UInt8]]) throws -> [[UInt8]] {
            guard case .array(let elements) = try servers[server].command(command) else {
                throw FixtureError("no array")
            }
            return elements.compactMap { if case .string(let bytes) = $0 { bytes } else { nil } }
        }
    }

    /// Only those go that have all their keys, which are in an index as they should be, and which the target has room for in one namespace.
    @Test(arguments: cases, ["A", "C"]) func isTheSameOnTheWayThereAndBack(_ one: Case, _ objects: String) throws {
        let bench = try Bench(one.store)
        defer { bench.stop() }
        let some = "variant = indexed and namespace = 'spring:session'"
        let there = ["--to", "tomcat", "--layout", objects, "--where", some]
        let run = bench.run("migrate", 0, 1, there + ["--yes"])
        #expect(run.status == .done, "\(run.err)")
        let back = ["--to", "spring"] + one.options
        let second = bench.run("migrate", 1, 2, back + ["--yes"])
        #expect(second.status == .done && !second.err.contains("have to log in again"), "\(second.err)")
        let (before, after) = (try bench.members(0), try bench.members(2))
        #expect(after.mapValues(\.count) == one.users)
        // Those that had ended are in the indices of the source still.
        for (user, members) in after { #expect(before[user]?.isSuperset(of: members) ?? false, "\(user)") }
        let verified = bench.run("verify", 1, 2, back)
        #expect(verified.status == .done, "\(verified.out) \(verified.err)")
        try usersAreFound(bench, one.users)
    }

    private func usersAreFound(_ bench: Bench, _ users: [String: Int]) throws {
        for (user, count) in users {
            let run = CommandRun(["keys", "user:\(user)", "-o", "json"], on: bench.servers[2])
            #expect(run.status == .done && run.out.contains("INDEX_NAME:\(user)"), "\(run.out) \(run.err)")
            let listed = CommandRun(
                ["list", "--where", "principal = '\(user)'", "--fields", "id"], on: bench.servers[2])
            #expect(listed.out.split(separator: "\n").count == count, "\(listed.out) \(listed.err)")
        }
    }

    /// An index by another name is told, and one that is missing.
    @Test func verifyExpectsTheIndexOfTheName() throws {
        let bench = try Bench("spring-session-3.5.7-indexed")
        defer { bench.stop() }
        _ = bench.run("migrate", 0, 1, ["--to", "tomcat", "--yes"])
        #expect(bench.run("migrate", 1, 2, ["--to", "spring", "--yes"]).status == .done)
        try bench.servers[2].command("RENAME", Self.index + "changer", Self.index + "t\u{0}\u{7}changer")
        let run = bench.run("verify", 1, 2, ["--to", "spring"])
        #expect(run.status == .notFound && run.out.contains("not there"), "\(run.out) \(run.err)")
        #expect(run.err.contains("8 sessions are equal, 1 not"), "\(run.err)")
    }
}
