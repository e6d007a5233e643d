import TestSupport
import Testing

@testable import Commands

/// Who has logged out at one side alone, where the hash stays for a while: one line says so, whatever parts are different.
struct VerifiedLogoutIntegrationTests {
    private typealias Bench = MigrateCommandIntegrationTests.Bench

    /// A session of years, of a user who has no other.
    private static let id = "3e88ee0f-5b15-45de-b411-8a0c5e79a69b"

    struct Case: Sendable, CustomStringConvertible {
        let words: [String]
        /// What stands before the ids in the keys of the target.
        let prefix: String
        var description: String { prefix }
    }

    private static let cases = [
        Case(words: [], prefix: "spring:session:"),
        Case(words: ["--to", "spring", "--spring-version", "2.7", "--namespace", "moved"], prefix: "moved:"),
    ]

    /// A copy of a store, which is equal.
    private func bench(_ one: Case) throws -> Bench {
        let bench = try Bench("spring-session-2.7.4-indexed")
        let run = bench.run(one.words + ["--yes"])
        try #require(run.status == .done, "\(run.err)")
        let verified = verify(bench, one)
        try #require(verified.status == .done && verified.out.isEmpty, "\(verified.out) \(verified.err)")
        return bench
    }

    private func verify(_ bench: Bench, _ one: Case) -> CommandRun {
        let urls = [bench.source, bench.target].map { "unix://\($0.socketPath)" }
        return CommandRun(["verify"] + urls + one.words, environment: ["TMPDIR": bench.home.path])
    }

    private func logOut(at server: RedisServer, of bench: Bench) throws {
        let run = bench.on(server, "expire", Self.id, "--yes", "--settle", "0")
        try #require(run.status == .done, "\(run.err)")
    }

    private static let sides: [(isTarget: Bool, told: String)] = [
        (true, "logged out at the target"), (false, "logged out at the source, and still at the target"),
    ]

    @Test(arguments: cases, sides.indices) func atOneSideIsOneLine(_ one: Case, _ side: Int) throws {
        let (isTarget, told) = Self.sides[side]
        let bench = try bench(one)
        defer { bench.stop() }
        try logOut(at: isTarget ? bench.target : bench.source, of: bench)
        let run = verify(bench, one)
        #expect(run.out == "\(Self.id)\t\(one.prefix)sessions:\(Self.id)\tsession\t\(told)\n", "\(run.out)")
        #expect(run.status == .notFound && run.err.contains("equal, 1 not"), "\(run.err)")
    }

    /// Who has logged out at both is nowhere to be.
    @Test(arguments: cases) func atBothIsNoDifference(_ one: Case) throws {
        let bench = try bench(one)
        defer { bench.stop() }
        for server in [bench.source, bench.target] { try logOut(at: server, of: bench) }
        let run = verify(bench, one)
        #expect(run.status == .done && run.out.isEmpty, "\(run.out) \(run.err)")
    }
}
