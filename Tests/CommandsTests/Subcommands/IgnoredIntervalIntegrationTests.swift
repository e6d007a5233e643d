import TestSupport
import Testing

@testable import Commands

/// Sessions of managers that take no notice of the interval "never" in them, and end them with their keys.
struct IgnoredIntervalIntegrationTests {
    private typealias Bench = MigrateCommandIntegrationTests.Bench

    /// The session of the fixtures whose interval is -1.
    private static let endless = "7626F3DFD4C94FA703E67F4909C5BF45"
    private static let only = ["--where", "id = '\(endless)'"]

    private static func bench() throws -> Bench {
        let bench = try Bench("tomcat-redis-session-manager-2.0.0")
        try bench.source.command("PEXPIRE", endless, "600000")
        return bench
    }

    private func verify(_ bench: Bench, _ words: [String]) -> CommandRun {
        let urls = [bench.source, bench.target].map { "unix://\($0.socketPath)" }
        return CommandRun(["verify"] + urls + words + Self.only, environment: ["TMPDIR": bench.home.path])
    }

    /// There it would live for ever.
    @Test(arguments: [
        ["--to", "spring"], ["--to", "spring", "--variant", "default"],
        ["--to", "spring", "--variant", "reactive-indexed"],
        ["--to", "tomcat", "--manager", "raw", "--key-prefix", "p:"],
    ]) func isRefusedWhereTheIntervalCounts(_ words: [String]) throws {
        let bench = try Self.bench()
        defer { bench.stop() }
        let run = bench.run(words + Self.only + ["--yes"])
        #expect(run.status == .partial && run.err.contains("1 refused"), "\(run.err)")
        #expect(run.err.contains("--max-inactive-interval says what the manager allows"), "\(run.err)")
        #expect(try bench.target.everything().isEmpty)
        let verified = verify(bench, words)
        #expect(verified.status == .notFound && verified.out.contains("cannot be at the target"), "\(verified.out)")
    }

    /// What is left to its key tells when it was last used.
    @Test func anIntervalMakesItASessionLikeOthers() throws {
        let bench = try Self.bench()
        defer { bench.stop() }
        let words = ["--to", "spring", "--max-inactive-interval", "1200"]
        let run = bench.run(words + Self.only + ["--yes"])
        #expect(run.status == .done, "\(run.err)")
        let end = try bench.source.everything()[Array(Self.endless.utf8)]?.last
        let shadow = Array("spring:session:sessions:expires:\(Self.endless)".utf8)
        #expect(try bench.target.everything()[shadow]?.last == end)
        let verified = verify(bench, words)
        #expect(verified.status == .done, "\(verified.out) \(verified.err)")
    }

    /// To a manager that ends sessions with their keys it goes with the end of its own.
    @Test(arguments: ["jcoleman", "ranjit"]) func keepsTheEndOfItsKey(_ manager: String) throws {
        let bench = try Self.bench()
        defer { bench.stop() }
        let words = ["--to", "tomcat", "--manager", manager, "--key-prefix", "p:"]
        let run = bench.run(words + Self.only + ["--yes"])
        #expect(run.status == .done && run.err.contains("migrated 1 of 1 session"), "\(run.err)")
        let end = try bench.source.everything()[Array(Self.endless.utf8)]?.last
        let written = try bench.target.everything()
        #expect(written.count == 1 && written[Array("p:\(Self.endless)".utf8)]?.last == end)
        let verified = verify(bench, words)
        #expect(verified.status == .done, "\(verified.out) \(verified.err)")
    }
}
