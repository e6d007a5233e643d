import Redis
import Sessions
import TestSupport
import Testing

@testable import SessionStorage

/// Who logs out at the target while a run is at the session is not logged in again by what it writes, nor by a part of it.
struct EndedAtTargetIntegrationTests {
    private static let key = "spring:session:sessions:107fe95d-17d0-4470-b9cd-c9c8f35e27f9"
    private static let shadow = "spring:session:sessions:expires:107fe95d-17d0-4470-b9cd-c9c8f35e27f9"

    /// A session of an indexed repository that was copied, and used at the source since; and a link to the target.
    private struct Bench {
        let source: RedisServer
        let target: RedisServer
        let link: ActingLink
        let home: TemporaryDirectory
        /// When the session ends, and the time of the runs, in milliseconds since 1970.
        let end: Int64
        let time: Int64

        init() throws {
            source = try RedisServer()
            target = try RedisServer()
            link = try ActingLink(to: target)
            home = try TemporaryDirectory()
            time = try source.now()
            end = time + 1_800_000
            try use("first", at: time - 5000)
            try source.command("SET", shadow, "", "PXAT", String(end))
            let copied = try run("job")
            try use("second", at: time)
            try #require(copied == .migrated)
        }

        private func use(_ text: String, at time: Int64) throws {
            try source.command(
                "HSET", key, "creationTime", String(time - 60_000), "lastAccessedTime", String(time),
                "maxInactiveInterval", "1800", "sessionAttr:text", text)
            try source.command("HSETNX", key, "sessionAttr:same", "it")
            try source.command("PEXPIREAT", key, String(end + 300_000))
        }

        func run(
            _ job: String, _ change: (inout MigrationBatch.Manner) -> Void = { _ in }
        ) throws -> MigrationOutcome? {
            var manner = MigrationBatch.Manner(conversion: nil, filter: SessionFilter(all: []))
            change(&manner)
            let journal = try MigrationJournal.open(
                identity: job, environment: ["XDG_STATE_HOME": home.path], now: time)
            let sides = try [source.store(now: time), target.store(at: link.socketPath, now: time)].map { store in
                MigrationBatch.Side(store, try ChangeServer(of: store.connection))
            }
            var batch = try MigrationBatch(manner, from: sides[0], to: sides[1], journal: journal)
            defer { batch.endReading() }
            let time = time
            let sessions = try batch.run([Array(key.utf8)]) { MigrationBatch.Times(source: time, target: time) }
            return sessions.first?.outcome
        }

        /// Whether there is nothing of the session at the target but what was not `ended`, and all of it at the source.
        func isAsItWasLeft(_ ended: [String]) throws -> Bool {
            let isThere = try [key, shadow].map { try target.command("EXISTS", $0) == .integer(1) }
            let atSource = try source.command("EXISTS", key, shadow) == .integer(2)
            return isThere == [key, shadow].map { !ended.contains($0) } && atSource
        }

        func stop() {
            link.stop()
            source.stop()
            target.stop()
        }
    }

    private static func text(_ outcome: MigrationOutcome?) -> String {
        outcome.map { "\($0.word): \($0.detail ?? "")" } ?? "nothing"
    }

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
