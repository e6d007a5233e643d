import Redis
import Sessions
import TestSupport
import Testing

@testable import SessionStorage

/// What becomes of a session between its write at the target and the moment when it is read back.
struct WrittenSessionIntegrationTests {
    private static let key = "spring:session:sessions:107fe95d-17d0-4470-b9cd-c9c8f35e27f9"
    private static let shadow = "spring:session:sessions:expires:107fe95d-17d0-4470-b9cd-c9c8f35e27f9"

    /// Two servers, the journal of a job, and a session of an indexed repository at the source.
    private struct Bench {
        let source: RedisServer
        let target: RedisServer
        let home: TemporaryDirectory
        /// When the session ends, and the time of the runs, in milliseconds since 1970.
        let end: Int64
        let time: Int64

        init() throws {
            source = try RedisServer()
            target = try RedisServer()
            home = try TemporaryDirectory()
            time = try source.now()
            end = time + 1_800_000
            try use("first")
            try source.command("SET", shadow, "", "PXAT", String(end))
        }

        /// Somebody uses the session at the source.
        func use(_ text: String) throws {
            try source.command(
                "HSET", key, "creationTime", String(time), "lastAccessedTime", String(time), "maxInactiveInterval",
                "1800", "sessionAttr:text", text)
            try source.command("PEXPIREAT", key, String(end + 300_000))
        }

        /// Runs the job; `between` is called whenever the time is asked for: before the session is read, and once it is written.
        func run(
            _ change: (inout MigrationBatch.Manner) -> Void = { _ in }, laterBy later: Int64 = 0,
            between: @escaping () -> Void = {}
        ) throws -> MigrationOutcome? {
            var manner = MigrationBatch.Manner(conversion: nil, filter: SessionFilter(all: []))
            change(&manner)
            var batch = try MigrationBatch(manner, from: side(source), to: side(target), journal: try journal())
            defer { batch.endReading() }
            let (time, target) = (time, target)
            let sessions = try batch.run([Array(key.utf8)]) {
                let isWritten = (try? target.command("EXISTS", key)) == .integer(1)
                between()
                return MigrationBatch.Times(source: time, target: isWritten ? time + later : time)
            }
            return sessions.first?.outcome
        }

        /// Runs the job, which is refused to read back what it has written.
        func runWithoutReadBack(moves: Bool) throws {
            let target = target
            _ = try? run({ $0.movesAway = moves }) {
                guard (try? target.command("EXISTS", key)) == .integer(1) else { return }
                _ = try? target.command("ACL", "SETUSER", "default", "-@read")
            }
            try target.command("ACL", "SETUSER", "default", "+@all")
            let entry = try journal().entries(of: [Array(key.utf8)])[Array(key.utf8)]
            #expect(entry?.done == nil && entry?.answered != nil)
            #expect(try has(key, target) && has(key, source))
        }

        func journal() throws -> MigrationJournal {
            try MigrationJournal.open(identity: "job", environment: ["XDG_STATE_HOME": home.path], now: time)
        }

        private func side(_ server: RedisServer) throws -> MigrationBatch.Side {
            let store = try server.store(now: time)
            return MigrationBatch.Side(store, try ChangeServer(of: store.connection))
        }

        func has(_ key: String, _ server: RedisServer) throws -> Bool {
            try server.command("EXISTS", key) == .integer(1)
        }

        func stop() {
            source.stop()
            target.stop()
        }
    }

    private static func text(_ outcome: MigrationOutcome?) -> String {
        outcome.map { "\($0.word): \($0.detail ?? "")" } ?? "nothing"
    }

    // MARK: Ended there

    /// Who logs out behind the write is not logged in again, by this run or by the next.
    @Test(arguments: [false, true], [[key, shadow], [key], [shadow]])
    func whatIsEndedBeforeItIsReadBackIsNotWrittenAgain(_ moves: Bool, _ ended: [String]) throws {
        let bench = try Bench()
        defer { bench.stop() }
        let target = bench.target
        let first = try bench.run({ $0.movesAway = moves }) { for key in ended { _ = try? target.command("DEL", key) } }
        #expect(Self.text(first).hasPrefix("absent: it was written, and the target has '"), "\(Self.text(first))")
        let again = try bench.run { $0.movesAway = moves }
        #expect(Self.text(again).hasPrefix("absent: it was written before"), "\(Self.text(again))")
        for key in ended { #expect(try !bench.has(key, bench.target)) }
        #expect(try bench.has(Self.key, bench.source) && bench.has(Self.shadow, bench.source))
        #expect(try bench.run { $0.writesAnew = true } == .migrated)
    }

    /// The program was killed before it had read the session back, and its user has logged out since.
    @Test(arguments: [false, true], [[key, shadow], [key], [shadow]])
    func whatIsEndedAfterAnInterruptionIsNotWrittenAgain(_ moves: Bool, _ ended: [String]) throws {
        let bench = try Bench()
        defer { bench.stop() }
        try bench.runWithoutReadBack(moves: moves)
        for key in ended { try bench.target.command("DEL", key) }
        for _ in 0..<2 {
            let outcome = try bench.run { $0.movesAway = moves }
            #expect(Self.text(outcome).hasPrefix("absent: it was written before"), "\(Self.text(outcome))")
        }
        for key in ended { #expect(try !bench.has(key, bench.target)) }
        #expect(try bench.has(Self.key, bench.source) && bench.has(Self.shadow, bench.source))
    }

    /// Its life has run out between: nobody has ended it.
    @Test(arguments: [false, true]) func whatIsOverBeforeItIsReadBackHasEnded(_ moves: Bool) throws {
        let bench = try Bench()
        defer { bench.stop() }
        let target = bench.target
        let outcome = try bench.run({ $0.movesAway = moves }, laterBy: 1_800_001) {
            _ = try? target.command("DEL", Self.shadow)
        }
        #expect(outcome == .ended, "\(Self.text(outcome))")
    }

    // MARK: Still there

    @Test(arguments: [(false, MigrationOutcome.unneeded), (true, .moved)])
    func whatIsStillThereAfterAnInterruptionIsDone(_ moves: Bool, _ wanted: MigrationOutcome) throws {
        let bench = try Bench()
        defer { bench.stop() }
        try bench.runWithoutReadBack(moves: moves)
        #expect(try bench.run { $0.movesAway = moves } == wanted)
        let entry = try bench.journal().entries(of: [Array(Self.key.utf8)])[Array(Self.key.utf8)]
        #expect(entry?.done != nil && entry?.written == nil)
    }

    /// What was never read back is compared, whoever has changed it.
    @Test(arguments: [false, true]) func whatIsChangedBeforeItIsReadBackIsAConflict(_ moves: Bool) throws {
        let bench = try Bench()
        defer { bench.stop() }
        let target = bench.target
        let first = try bench.run({ $0.movesAway = moves }) {
            guard (try? target.command("EXISTS", Self.key)) == .integer(1) else { return }
            _ = try? target.command("HSET", Self.key, "sessionAttr:text", "there")
        }
        #expect(Self.text(first).hasPrefix("failed: read back: "), "\(Self.text(first))")
        let again = try bench.run { $0.movesAway = moves }
        #expect(Self.text(again).contains("was changed there since it was migrated"), "\(Self.text(again))")
        #expect(Self.text(again).hasPrefix("conflict: "), "\(Self.text(again))")
        #expect(try bench.has(Self.key, bench.source))
        let over = try bench.run {
            $0.movesAway = moves
            $0.conflict = .overwrite
        }
        #expect(over == (moves ? .moved : .migrated), "\(Self.text(over))")
    }

    // MARK: Used at the source

    /// Used at the source since it was written, it is new there; what was to move, and was ended at the target, stays ended.
    @Test(arguments: [(false, "migrated: "), (true, "absent: it was written before")])
    func whatIsUsedAtTheSourceAfterAnInterruption(_ moves: Bool, _ wanted: String) throws {
        let bench = try Bench()
        defer { bench.stop() }
        try bench.runWithoutReadBack(moves: moves)
        try bench.use("second")
        for key in [Self.key, Self.shadow] { try bench.target.command("DEL", key) }
        let outcome = try bench.run { $0.movesAway = moves }
        #expect(Self.text(outcome).hasPrefix(wanted), "\(Self.text(outcome))")
        #expect(try bench.has(Self.key, bench.source) && bench.has(Self.key, bench.target) == !moves)
    }

    /// The copy of what it was is the migration's own, and is written over.
    @Test func whatIsUsedAtTheSourceTakesThePlaceOfWhatWasWritten() throws {
        let bench = try Bench()
        defer { bench.stop() }
        try bench.runWithoutReadBack(moves: false)
        try bench.use("second")
        #expect(try bench.run() == .migrated)
        #expect(try bench.target.command("HGET", Self.key, "sessionAttr:text") == .string(Array("second".utf8)))
    }
}
