import Foundation
import Sessions
import TestSupport
import Testing

@testable import SessionStorage

/// Who is at the source, still or again, counts as moved by nobody, whatever an earlier job has noted: who logs out there then is not brought back
/// by the way back.
struct StillAtSourceIntegrationTests {
    private typealias Bench = IndexedSessionBench

    /// Its user logs out at the source, and the way back writes nothing there.
    private static func expectLogoutToStay(_ bench: Bench) throws {
        try bench.source.command("DEL", Bench.key, Bench.shadow)
        for moves in [false, true] {
            let told = Bench.text(try bench.back("back") { $0.movesAway = moves })
            #expect(told.hasPrefix("absent: a migration in the other direction has copied it from there"), "\(told)")
        }
        #expect(try !bench.has(Bench.key, bench.source) && bench.has(Bench.key, bench.target))
    }

    // MARK: Not taken away

    /// The server of the source writes nothing when it is to be taken away there.
    ///
    /// - Parameter key: where it begins to.
    private static func refuseRemoval(_ bench: Bench, at key: String = Bench.key) throws {
        let source = bench.source
        let link = try ActingLink(to: source)
        defer { link.stop() }
        link.act(at: ["EVALSHA", key]) {
            _ = try? source.command("CONFIG", "SET", "min-replicas-to-write", "1")
        }
        let outcome = try bench.run("two", of: "stores", from: link.socketPath) { $0.movesAway = true }
        try source.command("CONFIG", "SET", "min-replicas-to-write", "0")
        let told = Bench.text(outcome)
        #expect(told.hasPrefix("left: at the target; ") && told.contains("UNLINK of '\(key)' failed: "), "\(told)")
        #expect(try link.count == 1 && bench.has(Bench.shadow, source))
        #expect(try bench.has(Bench.key, source) == (key == Bench.key))
    }

    /// Some jobs have copied it before.
    private static let before: [[String]] = [["one"], [], ["one", "three"], ["two"]]

    @Test(arguments: before) func whoseRemovalWasRefused(_ jobs: [String]) throws {
        let bench = try Bench()
        defer { bench.stop() }
        for job in jobs { _ = try bench.run(job, of: "stores") }
        try Self.refuseRemoval(bench)
        try Self.expectLogoutToStay(bench)
    }

    @Test(arguments: before) func whoseRemovalWasRefusedIsMovedLater(_ jobs: [String]) throws {
        let bench = try Bench()
        defer { bench.stop() }
        for job in jobs { _ = try bench.run(job, of: "stores") }
        try Self.refuseRemoval(bench)
        #expect(try bench.run("two", of: "stores") { $0.movesAway = true } == .moved)
        #expect(try bench.back("back") == .migrated)
    }

    /// Killed between the note and the removal; the next run, of whatever job, sees that it is there.
    @Test(arguments: ["one", "two", "three"]) func whoseRemovalNeverCameToPass(_ job: String) throws {
        let bench = try Bench()
        defer { bench.stop() }
        #expect(try bench.run("one", of: "stores") == .migrated)
        let step = try #require(try bench.entry("one")?.done)
        try bench.journal("two", of: "stores").finish([(Array(Bench.key.utf8), step)], moved: true)
        #expect(try bench.run(job, of: "stores") == .unneeded)
        try Self.expectLogoutToStay(bench)
    }

    /// Also a run that cannot migrate it has seen it there.
    @Test(arguments: ["one", "two", "three"]) func whoIsRefusedThen(_ job: String) throws {
        let bench = try Bench()
        defer { bench.stop() }
        #expect(try bench.run("one", of: "stores") == .migrated)
        let step = try #require(try bench.entry("one")?.done)
        try bench.journal("two", of: "stores").finish([(Array(Bench.key.utf8), step)], moved: true)
        let outcome = try bench.run(job, of: "stores") {
            $0.conversion = try? SessionConversion(to: .spring(SpringLayout()))
            $0.refusalOfToken = { _ in "not this one" }
        }
        #expect(outcome == .refused("not this one"))
        try Self.expectLogoutToStay(bench)
    }

    /// On a cluster there is a script for each slot: whose hash is gone is not at the source any more, whatever else is left there.
    @Test func whoIsHalfTakenAwayIsWrittenBack() throws {
        let bench = try Bench(clusterPort: 21_879)
        defer { bench.stop() }
        try Self.refuseRemoval(bench, at: Bench.shadow)
        #expect(try bench.has(Bench.key, bench.target))
        #expect(try bench.back("back") == .migrated)
    }

    /// What was read is another one when it is to be taken away: so it is where the answer was garbled, and what was made of it is written over.
    @Test func whatWasReadOtherwiseIsWrittenOver() throws {
        let bench = try Bench()
        defer { bench.stop() }
        let link = try ActingLink(to: bench.source)
        defer { link.stop() }
        let (source, created) = (bench.source, String(bench.time - 50_000))
        link.act(at: ["EVALSHA", Bench.key]) { _ = try? source.command("HSET", Bench.key, "creationTime", created) }
        #expect(try bench.run("one", of: "stores", from: link.socketPath) { $0.movesAway = true } == .moved)
        #expect(try link.count == 1 && !bench.has(Bench.key, source))
        #expect(try bench.target.command("HGET", Bench.key, "creationTime") == .string(Array(created.utf8)))
    }

    // MARK: Brought back

    /// It is written again as it was; its user may have logged out at the target meanwhile, and be written anew.
    @Test(arguments: ["one", "two"], [true, false]) func whoCameBackAfterItWasMoved(
        _ job: String, _ isAtTarget: Bool
    ) throws {
        let bench = try Bench()
        defer { bench.stop() }
        #expect(try bench.run("one", of: "stores") { $0.movesAway = true } == .moved)
        if !isAtTarget { try bench.logOut() }
        try bench.use("first")
        try bench.source.command("SET", Bench.shadow, "", "PXAT", String(bench.end))
        let outcome = try bench.run(job, of: "stores") { $0.writesAnew = !isAtTarget }
        #expect(outcome == (isAtTarget ? .unneeded : .migrated), "\(Bench.text(outcome))")
        try Self.expectLogoutToStay(bench)
    }

    // MARK: What a request leaves

    /// A request that was running writes some fields of the hash behind the removal: it is no session, takes no place, and is not who was moved.
    @Test(arguments: [true, false], [nil, "2.7"]) func whatARequestHasLeftIsRefused(_ moves: Bool, _ version: String?)
        throws
    {
        let bench = try Bench()
        defer { bench.stop() }
        func run() throws -> MigrationOutcome? {
            try bench.run("one", of: "stores") {
                $0.movesAway = moves
                $0.conflict = .overwrite
                guard version != nil else { return }
                $0.conversion = try? SessionConversion(to: .spring(SpringLayout()))
            }
        }
        #expect(try bench.run("one", of: "stores") { $0.movesAway = true } == .moved)
        let whole = try bench.target.command("HLEN", Bench.key)
        try bench.source.command("HSET", Bench.key, "lastAccessedTime", String(bench.time))
        try bench.source.command("PEXPIRE", Bench.key, "1800000")
        for _ in 0..<2 {
            let outcome = try run()
            #expect(
                Bench.text(outcome).hasPrefix("refused: it does not say when it was created"), "\(Bench.text(outcome))")
        }
        #expect(try bench.target.command("HLEN", Bench.key) == whole && bench.has(Bench.key, bench.source))
        try bench.source.command("DEL", Bench.key)
        #expect(try bench.back("back") == .migrated)
    }

    // MARK: While a migration runs

    /// Another would move it, in either direction, when one has read it at the source and not written it yet.
    @Test(arguments: ["PEXPIRETIME", "EVALSHA"]) func nobodyElseMigratesMeanwhile(_ command: String) throws {
        let bench = try Bench()
        defer { bench.stop() }
        let link = try ActingLink(to: bench.target)
        defer { link.stop() }
        let refusals = Refusals()
        link.act(at: [command, Bench.key]) {
            refusals.add { try bench.run("two", of: "stores") { $0.movesAway = true } }
            refusals.add { try bench.back("back") { $0.movesAway = true } }
        }
        #expect(try bench.run("one", of: "stores", at: link.socketPath) == .migrated)
        let told = refusals.get
        #expect(told.count == 2 && told.allSatisfy { $0.contains("another migration between these two stores runs") })
        #expect(try bench.has(Bench.key, bench.source) && bench.has(Bench.key, bench.target))
        #expect(try bench.run("two", of: "stores") { $0.movesAway = true } == .moved)
        #expect(try bench.back("back") == .migrated)
    }
}

/// What others were told on another thread.
private final class Refusals: @unchecked Sendable {
    private let lock = NSLock()
    private var texts: [String] = []

    var get: [String] { lock.withLock { texts } }

    func add(_ body: () throws -> MigrationOutcome?) {
        let text: String
        do { text = "not refused: \(IndexedSessionBench.text(try body()))" } catch { text = "\(error)" }
        lock.withLock { texts.append(text) }
    }
}
