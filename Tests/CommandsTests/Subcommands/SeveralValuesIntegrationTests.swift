import TestSupport
import Testing

@testable import Commands

/// An attribute of Spring Session whose stream holds two values, which no attribute of Tomcat's does.
struct SeveralValuesIntegrationTests {
    private typealias Bench = MigrateCommandIntegrationTests.Bench

    /// A session of nobody, which lives for years.
    private static let id = "7684f03b-61c4-44ff-972a-c60c970fe02e"
    private static let words = ["--to", "tomcat", "--where", "id = '\(id)'"]

    /// The session with such an attribute.
    private static func bench() throws -> Bench {
        let bench = try Bench("spring-session-2.7.4-indexed")
        let (key, field) = ("spring:session:sessions:\(id)", "sessionAttr:twice")
        let value: [UInt8] = [0xAC, 0xED, 0, 5, 0x74, 0, 1, 0x78, 0x74, 0, 1, 0x79]
        try bench.source.command([Array("HSET".utf8), Array(key.utf8), Array(field.utf8), value])
        return bench
    }

    private func verify(_ bench: Bench, _ words: [String]) -> CommandRun {
        let urls = [bench.source, bench.target].map { "unix://\($0.socketPath)" }
        return CommandRun(["verify"] + urls + words, environment: ["TMPDIR": bench.home.path])
    }

    @Test func isLeftOutWhereThatIsAskedFor() throws {
        let bench = try Self.bench()
        defer { bench.stop() }
        let words = Self.words + ["--unconvertible", "skip-attribute"]
        let run = bench.run(words + ["--yes"])
        #expect(run.status == .done && run.err.contains("migrated 1 of 1 session"), "\(run.err)")
        #expect(run.err.contains("twice: left out: twice: its stream does not hold one value"), "\(run.err)")
        #expect(CommandRun(["list", "--fields", "id"], on: bench.target).out == "\(Self.id)\n")
        #expect(CommandRun(["get", Self.id, "twice"], on: bench.target).status == .notFound)
        let verified = verify(bench, words)
        #expect(verified.status == .done, "\(verified.out) \(verified.err)")
    }

    @Test(arguments: [[], ["--unconvertible", "keep"]]) func isRefusedElse(_ words: [String]) throws {
        let bench = try Self.bench()
        defer { bench.stop() }
        let run = bench.run(Self.words + ["--yes"] + words)
        #expect(run.status == .partial && run.err.contains("1 refused"), "\(run.err)")
        #expect(run.err.contains("--unconvertible skip-attribute leaves such out"), "\(run.err)")
        #expect(try bench.target.everything().isEmpty)
    }
}
