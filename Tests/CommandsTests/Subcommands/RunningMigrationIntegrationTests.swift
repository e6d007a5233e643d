import Foundation
import TestSupport
import Testing

@testable import Commands

/// What happens between two stores while a migration between them runs: another migration is refused, and who logs out at the source is named.
struct RunningMigrationIntegrationTests {
    private static let id = "107fe95d-17d0-4470-b9cd-c9c8f35e27f9"
    private static let key = "spring:session:sessions:" + id
    private static let shadow = "spring:session:sessions:expires:" + id
    private static let alone = ["--where", "id = '\(id)'"]

    /// Two servers, one of which every run reaches by a link: so they are the same two stores to all of them.
    private struct Bench: Sendable {
        private let servers: MigrateCommandIntegrationTests.Bench
        let link: ActingLink
        private let urls: [String]
        var source: RedisServer { servers.source }
        var target: RedisServer { servers.target }

        init(linkToSource isToSource: Bool) throws {
            servers = try MigrateCommandIntegrationTests.Bench("spring-session-2.7.4-indexed")
            let (source, target) = (servers.source, servers.target)
            link = try ActingLink(to: isToSource ? source : target)
            let paths = isToSource ? [link.socketPath, target.socketPath] : [source.socketPath, link.socketPath]
            urls = paths.map { "unix://\($0)" }
        }

        func run(_ words: [String], reversed: Bool = false) -> CommandRun {
            CommandRun(
                ["migrate"] + (reversed ? urls.reversed() : urls) + words,
                environment: ["XDG_STATE_HOME": servers.home.path, "TMPDIR": servers.home.path])
        }

        /// Its user uses the session at the source.
        func use() -> CommandRun { servers.on(source, "set", id, "theme=light", "--yes") }

        /// Every key of both servers.
        func everything() -> [[[UInt8]: [RespValue]]] { [source, target].compactMap { try? $0.everything() } }

        func stop() {
            link.stop()
            servers.stop()
        }
    }

    // MARK: Another migration

    /// Commands between the same two stores, and whether they are in the other direction.
    private static let others: [([String], Bool)] = [
        (["--move"], true), ([], true), (alone, false), (alone + ["--move"], false), (["--anew"], false),
    ]

    /// When the target has what is about to be taken away from the source.
    @Test(arguments: others) func anotherIsRefused(_ words: [String], _ reversed: Bool) throws {
        let bench = try Bench(linkToSource: true)
        defer { bench.stop() }
        let before = try bench.source.everything()
        let meanwhile = Meanwhile()
        bench.link.act(at: ["EVALSHA", Self.key]) {
            let state = bench.everything()
            for _ in 0..<2 { meanwhile.add(bench.run(words + ["--yes"], reversed: reversed)) }
            meanwhile.add(bench.run(words + ["--dry-run"], reversed: reversed))
            meanwhile.set(isAsItWas: state.count == 2 && bench.everything() == state)
        }
        let run = bench.run(["--move", "--yes"])
        #expect(run.status == .done && run.err.contains("moved 8 of 11 sessions: 3 ended"), "\(run.err)")
        let runs = meanwhile.runs
        try #require(runs.count == 3 && bench.link.count == 1)
        for refused in runs.prefix(2) {
            #expect(refused.status == .usage && refused.out.isEmpty, "\(refused.out)\(refused.err)")
            let isTheSame = words == ["--anew"]
            let told =
                isTheSame ? "the same migration runs already" : "another migration between these two stores runs"
            #expect(refused.err.contains(told), "\(refused.err)")
        }
        #expect(meanwhile.isAsItWas && runs[2].status != .usage, "\(runs[2].err)")
        // Once the first has ended, the way back is free.
        let back = bench.run(["--move", "--yes"], reversed: true)
        #expect(try back.status == .done && bench.source.everything() == before, "\(back.err)")
    }

    // MARK: The source

    /// Moved and brought back by now, it is at the source again: who logs out there behind the write to the target is told.
    @Test(arguments: [["--move"], []]) func whoLogsOutAfterTheWayBackIsNamed(_ way: [String]) throws {
        let bench = try Bench(linkToSource: false)
        defer { bench.stop() }
        for (words, reversed) in [(["--move"], false), (way, true)] {
            let run = bench.run(words + ["--yes"], reversed: reversed)
            try #require(run.status == .done, "\(run.err)")
        }
        let use = bench.use()
        try #require(use.status == .done, "\(use.err)")
        let source = bench.source
        bench.link.act(at: ["EVALSHA", Self.key]) { _ = try? source.command("DEL", Self.key, Self.shadow) }
        let run = bench.run(["--pattern", Self.key, "--on-conflict", "overwrite", "--yes"])
        #expect(run.status == .partial, "\(run.err)")
        #expect(run.err.contains("left: it was copied, and is gone at the source since"), "\(run.err)")
        #expect(try bench.link.count == 1 && bench.target.command("EXISTS", Self.key) == .integer(1))
    }
}

/// What was run on another thread.
private final class Meanwhile: @unchecked Sendable {
    private let lock = NSLock()
    private var all: [CommandRun] = []
    private var same = false

    var runs: [CommandRun] { lock.withLock { all } }
    /// Whether nothing was written by them.
    var isAsItWas: Bool { lock.withLock { same } }

    func add(_ run: CommandRun) { lock.withLock { all.append(run) } }
    func set(isAsItWas: Bool) { lock.withLock { same = isAsItWas } }
}
