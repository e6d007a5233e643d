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

    /// To a manager that ends sessions with their keys it goes with the end of its own. By no interval ran-jit's gives less than half an hour.
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

    // MARK: Intervals that are shorter than the lives of keys

    /// A session of ten years by its own interval.
    private static let short = "079BF285CEA016D47A6A62C93AF84F85"
    private static let onlyShort = ["--where", "id = '\(short)'"]
    /// Eleven years in seconds, which the manager is said to allow.
    private static let allowed = "346896000"

    /// The session as it is a moment after a request, where the manager allows eleven years.
    private static func benchOfLongKey() throws -> Bench {
        let bench = try Bench("tomcat-redis-session-manager-2.0.0")
        try bench.source.command("PEXPIRE", short, allowed + "000")
        return bench
    }

    private func end(of key: String, _ server: RedisServer) throws -> String? {
        guard case .integer(let end) = try server.command("PEXPIRETIME", key) else { return nil }
        return String(end)
    }

    /// Its user would be logged out before the time.
    @Test(arguments: [
        ["--to", "spring"], ["--to", "spring", "--variant", "default"],
        ["--to", "tomcat", "--manager", "raw", "--key-prefix", "p:"],
    ]) func isNotShortenedWhereTheIntervalCounts(_ words: [String]) throws {
        let bench = try Self.benchOfLongKey()
        defer { bench.stop() }
        let run = bench.run(words + Self.onlyShort + ["--yes"])
        #expect(run.status == .partial && run.err.contains("1 refused"), "\(run.err)")
        #expect(run.err.contains("by its own interval of 315360000 s it would end before its key does"), "\(run.err)")
        #expect(try bench.target.everything().isEmpty)
    }

    /// The interval that the manager has is that of the session then.
    @Test func theIntervalOfTheManagerIsTaken() throws {
        let bench = try Self.benchOfLongKey()
        defer { bench.stop() }
        let words = ["--to", "spring", "--max-inactive-interval", Self.allowed] + Self.onlyShort
        let run = bench.run(words + ["--yes"])
        #expect(run.status == .done && !run.err.contains("sooner"), "\(run.err)")
        let shadow = "spring:session:sessions:expires:" + Self.short
        #expect(try end(of: shadow, bench.target) == end(of: Self.short, bench.source))
    }

    /// What somebody has asked for is done, and told: also to those who want to hear of trouble alone.
    @Test func aShorterIntervalIsToldOf() throws {
        let bench = try Self.benchOfLongKey()
        defer { bench.stop() }
        let run = bench.run(["--to", "spring", "--max-inactive-interval", "315360000", "--yes", "-q"] + Self.onlyShort)
        #expect(run.status == .done, "\(run.err)")
        let told =
            "1 session ends sooner at the target than at the source, where its key lives longer than the interval"
        #expect(run.err.contains(told + ": --max-inactive-interval 315360000 is less than that"), "\(run.err)")
    }

    /// A key that lives for ever gets a life at the target.
    @Test(arguments: ["spring", "tomcat"]) func aKeyWithoutAnEndIsToldOf(_ format: String) throws {
        let bench = try Self.benchOfLongKey()
        defer { bench.stop() }
        try bench.source.command("PERSIST", Self.short)
        let words = ["--to", format] + (format == "tomcat" ? ["--key-prefix", "p:"] : [])
        let run = bench.run(words + Self.onlyShort + ["--yes"])
        #expect(run.status == .done && run.err.contains("1 session ends sooner at the target"), "\(run.err)")
        #expect(run.err.contains("--max-inactive-interval says what the manager has"), "\(run.err)")
    }

    /// With its next use ran-jit's manager would give its key the life that its own interval says.
    @Test func isNotShortenedByTheNextUse() throws {
        let bench = try Self.benchOfLongKey()
        defer { bench.stop() }
        let words = ["--to", "tomcat", "--manager", "ranjit", "--key-prefix", "p:"] + Self.onlyShort
        let run = bench.run(words + ["--yes"])
        #expect(run.status == .partial && run.err.contains("1 refused"), "\(run.err)")
        let told =
            "by its own interval of 315360000 s ran-jit's manager would end it 315360000 s after its next use, before its key does"
        #expect(run.err.contains(told + ": --max-inactive-interval says what the manager allows"), "\(run.err)")
        #expect(try bench.target.everything().isEmpty)
        let longer = bench.run(words + ["--max-inactive-interval", Self.allowed, "--yes"])
        #expect(longer.status == .done && !longer.err.contains("sooner"), "\(longer.err)")
        #expect(try end(of: "p:" + Self.short, bench.target) == end(of: Self.short, bench.source))
    }

    /// Between managers that end sessions with their keys no interval counts.
    @Test(arguments: ["jcoleman", "jcoleman1"]) func keepsTheLongerLifeOfItsKey(_ manager: String) throws {
        let bench = try Self.benchOfLongKey()
        defer { bench.stop() }
        let words = ["--to", "tomcat", "--manager", manager, "--key-prefix", "p:"] + Self.onlyShort
        let run = bench.run(words + ["--yes"])
        #expect(run.status == .done && run.err.contains("migrated 1 of 1 session"), "\(run.err)")
        #expect(!run.err.contains("sooner"), "\(run.err)")
        #expect(try end(of: "p:" + Self.short, bench.target) == end(of: Self.short, bench.source))
        let urls = [bench.source, bench.target].map { "unix://\($0.socketPath)" }
        let verified = CommandRun(["verify"] + urls + words, environment: ["TMPDIR": bench.home.path])
        #expect(verified.status == .done, "\(verified.out) \(verified.err)")
    }
}
