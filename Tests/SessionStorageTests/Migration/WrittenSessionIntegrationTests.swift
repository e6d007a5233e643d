import Redis
import Sessions
import TestSupport
import Testing

@testable import SessionStorage

/// What becomes of a session between its write at the target and the moment when it is read back.
struct WrittenSessionIntegrationTests {
    private typealias Bench = IndexedSessionBench

    private static let (key, shadow) = (Bench.key, Bench.shadow)

    private static func text(_ outcome: MigrationOutcome?) -> String { Bench.text(outcome) }

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
        let entry = try bench.entry()
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
        try bench.logOut()
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

extension IndexedSessionBench {
    /// Runs the job; `between` is called whenever the time is asked for: before the session is read, and once it is written.
    fileprivate func run(
        _ change: (inout MigrationBatch.Manner) -> Void = { _ in }, laterBy later: Int64 = 0,
        between: @escaping () -> Void
    ) throws -> MigrationOutcome? {
        let (time, target) = (time, target)
        let now = {
            let isWritten = (try? target.command("EXISTS", Self.key)) == .integer(1)
            between()
            return MigrationBatch.Times(source: time, target: isWritten ? time + later : time)
        }
        return try run("job", change, now: now)
    }

    /// Runs the job, which is refused to read back what it has written.
    fileprivate func runWithoutReadBack(moves: Bool) throws {
        let target = target
        _ = try? run({ $0.movesAway = moves }) {
            guard (try? target.command("EXISTS", Self.key)) == .integer(1) else { return }
            _ = try? target.command("ACL", "SETUSER", "default", "-@read")
        }
        try target.command("ACL", "SETUSER", "default", "+@all")
        let entry = try entry()
        #expect(entry?.done == nil && entry?.answered != nil)
        #expect(try has(Self.key, target) && has(Self.key, source))
    }
}
