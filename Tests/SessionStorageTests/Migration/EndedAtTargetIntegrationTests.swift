import Redis
import Sessions
import TestSupport
import Testing

@testable import SessionStorage

/// Who logs out at the target while a run is at the session is not logged in again by what it writes, nor by a part of it.
struct EndedAtTargetIntegrationTests {
    private static let (key, shadow) = (IndexedSessionBench.key, IndexedSessionBench.shadow)

    /// A session that was copied, and used at the source since; and a link to the target.
    private struct Bench {
        private let servers: IndexedSessionBench
        let link: ActingLink
        var source: RedisServer { servers.source }
        var target: RedisServer { servers.target }

        init() throws {
            servers = try IndexedSessionBench()
            link = try ActingLink(to: servers.target)
            try servers.use("first", 5000)
            let copied = try run("job")
            try servers.use("second")
            try #require(copied == .migrated)
        }

        func run(
            _ job: String, _ change: (inout MigrationBatch.Manner) -> Void = { _ in }
        ) throws -> MigrationOutcome? {
            try servers.run(job, at: link.socketPath, change)
        }

        /// Whether there is nothing of the session at the target but what was not `ended`, and all of it at the source.
        func isAsItWasLeft(_ ended: [String]) throws -> Bool {
            let isThere = try [key, shadow].map { try servers.has($0, target) }
            let atSource = try source.command("EXISTS", key, shadow) == .integer(2)
            return isThere == [key, shadow].map { !ended.contains($0) } && atSource
        }

        func stop() {
            link.stop()
            servers.stop()
        }
    }

    private static func text(_ outcome: MigrationOutcome?) -> String { IndexedSessionBench.text(outcome) }

    /// Its user logs out behind the answer that tells what it holds, and before the one that tells how long it lives.
    @Test(arguments: ["job", "other"], [[key, shadow], [key]])
    func whoLogsOutWithinALookIsNotWritten(_ job: String, _ ended: [String]) throws {
        let bench = try Bench()
        defer { bench.stop() }
        let target = bench.target
        bench.link.act(at: ["PEXPIRETIME", Self.key]) { for key in ended { _ = try? target.command("DEL", key) } }
        let first = try bench.run(job) { $0.conflict = .overwrite }
        #expect(Self.text(first).hasPrefix("absent: it was at the target when this run looked"), "\(Self.text(first))")
        #expect(try bench.link.count == 1 && bench.isAsItWasLeft(ended))
        let again = try bench.run(job) { $0.conflict = .overwrite }
        #expect(Self.text(again).hasPrefix("absent: it was written before"), "\(Self.text(again))")
        #expect(try bench.isAsItWasLeft(ended))
        let anew = try bench.run(job) {
            $0.writesAnew = true
            $0.conflict = .overwrite
        }
        #expect(anew == .migrated, "\(Self.text(anew))")
        #expect(try bench.target.command("HLEN", Self.key) == bench.source.command("HLEN", Self.key))
    }

    /// Its user logs out between the look and the write, which sees that.
    @Test(arguments: [ConflictPolicy.newer, .overwrite], [(false, "job"), (false, "other"), (true, "other")])
    func whoLogsOutBeforeTheWriteIsNotWritten(_ policy: ConflictPolicy, _ way: (moves: Bool, job: String)) throws {
        for ended in [[Self.key, Self.shadow], [Self.key], [Self.shadow]] {
            let bench = try Bench()
            defer { bench.stop() }
            let target = bench.target
            bench.link.act(at: ["EVALSHA", Self.key]) { for key in ended { _ = try? target.command("DEL", key) } }
            for past in ["at the target when this run looked", "written before"] {
                let outcome = try bench.run(way.job) {
                    $0.conflict = policy
                    $0.movesAway = way.moves
                }
                #expect(Self.text(outcome).hasPrefix("absent: it was \(past)"), "\(Self.text(outcome))")
                #expect(try bench.link.count == 1 && bench.isAsItWasLeft(ended))
            }
        }
    }

    /// Without anything at the target when the run looks first, it is written whole.
    @Test func whoLoggedOutBeforeTheRunAndIsUsedAtTheSourceIsWritten() throws {
        let bench = try Bench()
        defer { bench.stop() }
        try bench.target.command("DEL", Self.key, Self.shadow)
        #expect(try bench.run("job") == .migrated)
        #expect(try bench.target.command("HLEN", Self.key) == bench.source.command("HLEN", Self.key))
    }
}
