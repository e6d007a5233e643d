import Redis
import Sessions
import TestSupport
import Testing

@testable import SessionStorage

/// Who was at the target before a run, and has logged out there, is not logged in again: neither where another job of the same two stores had written
/// the session, nor where an earlier run had found another one and left it.
struct EndedBeforeIntegrationTests {
    private typealias Bench = IndexedSessionBench

    private static func expect(_ outcome: MigrationOutcome?, _ text: String) {
        let told = Bench.text(outcome)
        #expect(told.hasPrefix(text), "\(told)")
        guard text.hasPrefix("absent"), !text.contains("logged out") else { return }
        #expect(told.hasSuffix("it was ended there, or lost; --anew writes it again"), "\(told)")
    }

    private static func expectNothing(at bench: Bench) throws {
        #expect(try !bench.has(Bench.key, bench.target) && !bench.has(Bench.shadow, bench.target))
        #expect(try bench.has(Bench.key, bench.source) && bench.has(Bench.shadow, bench.source))
    }

    // MARK: Other jobs

    private static let written =
        "absent: another job of these two stores has written it, with other options or another filter, and the target has '"

    @Test(arguments: [true, false]) func whatAnotherJobHasWrittenIsNotWrittenAgain(_ readsBack: Bool) throws {
        let bench = try Bench()
        defer { bench.stop() }
        #expect(try bench.run("one", of: "stores") { $0.readsBack = readsBack } == .migrated)
        try bench.logOut()
        for _ in 0..<2 {
            Self.expect(try bench.run("two", of: "stores"), Self.written)
            try Self.expectNothing(at: bench)
        }
        #expect(try bench.run("two", of: "stores") { $0.writesAnew = true } == .migrated)
        #expect(try bench.run("two", of: "stores") == .unneeded)
    }

    @Test func whatWasWrittenBetweenOtherStoresIsWritten() throws {
        let bench = try Bench()
        defer { bench.stop() }
        #expect(try bench.run("one", of: "others") == .migrated)
        try bench.logOut()
        #expect(try bench.run("two", of: "stores") == .migrated)
    }

    /// The application deletes the shadow key first, and leaves the hash for some minutes.
    @Test(arguments: ConflictPolicy.allCases, [true, false])
    func whatALogoutLeavesIsNoSession(_ conflict: ConflictPolicy, _ isOfAnotherJob: Bool) throws {
        let bench = try Bench()
        defer { bench.stop() }
        if isOfAnotherJob {
            #expect(try bench.run("one", of: "stores") == .migrated)
        } else {
            try bench.use("first", 1, at: bench.target)
        }
        try bench.target.command("DEL", Bench.shadow)
        try bench.target.command("HSET", Bench.key, "maxInactiveInterval", "0")
        try bench.target.command("PEXPIRE", Bench.key, "300000")
        Self.expect(
            try bench.run("two", of: "stores") { $0.conflict = conflict }, "absent: it was logged out at the target")
        #expect(try bench.target.command("HGET", Bench.key, "maxInactiveInterval").text == "0")
        try bench.logOut()
        Self.expect(try bench.run("two", of: "stores") { $0.conflict = conflict }, "absent: ")
        try Self.expectNothing(at: bench)
        #expect(try bench.run("two", of: "stores") { ($0.conflict, $0.writesAnew) = (.overwrite, true) } == .migrated)
    }

    /// A request that was running then writes what it has changed, and nothing else.
    @Test(arguments: ConflictPolicy.allCases) func whatARequestLeavesBehindALogoutIsNoSession(
        _ conflict: ConflictPolicy
    ) throws {
        let bench = try Bench()
        defer { bench.stop() }
        #expect(try bench.run("one", of: "stores") == .migrated)
        try bench.logOut()
        try bench.target.command("HSET", Bench.key, "lastAccessedTime", String(bench.time))
        try bench.target.command("PEXPIREAT", Bench.key, String(bench.end))
        for job in ["one", "two"] {
            let outcome = try bench.run(job, of: "stores") { $0.conflict = conflict }
            Self.expect(outcome, "absent: it was logged out at the target")
        }
        #expect(try bench.target.command("HLEN", Bench.key) == .integer(1))
    }

    /// Values that nobody here can read are no missing ones.
    @Test func whatHasItsFieldsInAnotherEncodingIsASession() throws {
        let bench = try Bench()
        defer { bench.stop() }
        try bench.target.command(
            "HSET", Bench.key, "creationTime", "\u{1}x", "lastAccessedTime", "\u{1}y", "maxInactiveInterval", "\u{1}z")
        Self.expect(try bench.run { $0.conflict = .skip }, "skipped: ")
    }

    /// Used at the source since, it is new there.
    @Test func whatIsUsedAtTheSourceSinceIsWritten() throws {
        let bench = try Bench()
        defer { bench.stop() }
        #expect(try bench.run("one", of: "stores") == .migrated)
        try bench.logOut()
        try bench.use("second")
        #expect(try bench.run("two", of: "stores") == .migrated)
    }

    /// The own job has an older state of it than the one that was written last.
    @Test func whatAnotherJobHasWrittenLaterIsNotWrittenAgain() throws {
        let bench = try Bench()
        defer { bench.stop() }
        #expect(try bench.run("one", of: "stores") == .migrated)
        try bench.use("second")
        #expect(try bench.run("two", of: "stores") { $0.conflict = .overwrite } == .migrated)
        try bench.logOut()
        Self.expect(try bench.run("one", of: "stores"), Self.written)
        try Self.expectNothing(at: bench)
    }

    /// What comes back at the source after it was moved may have been ended at the target.
    @Test(arguments: [true, false]) func whatComesBackAfterItWasMoved(_ moves: Bool) throws {
        let bench = try Bench()
        defer { bench.stop() }
        #expect(try bench.run("one", of: "stores") { $0.movesAway = true } == .moved)
        try bench.logOut()
        try bench.use("second")
        try bench.source.command("SET", Bench.shadow, "", "PXAT", String(bench.end))
        let outcome = try bench.run("two", of: "stores") { $0.movesAway = moves }
        Self.expect(outcome, moves ? Self.written : "migrated: ")
        #expect(try bench.has(Bench.key, bench.source) && bench.has(Bench.key, bench.target) == !moves)
    }

    /// Whatever end was noted: with the next use at the target it was another.
    @Test(arguments: [Int64(1_000_000), -1]) func aLifeThatWasOver(_ rest: Int64) throws {
        let bench = try Bench()
        defer { bench.stop() }
        #expect(try bench.run("one") == .migrated)
        let step = try #require(try bench.entry("one")?.done)
        let other = MigrationJournal.Step(
            source: step.source, target: KeyFingerprint(digest: step.target.digest, expiresAt: bench.time + rest))
        try bench.journal("two", of: "stores").finish([(Array(Bench.key.utf8), other)])
        try bench.logOut()
        Self.expect(try bench.run("three", of: "stores"), Self.written)
    }

    // MARK: The other direction

    /// Who has logged out where it was copied from is not brought back by the way back; what was moved, or used since, is.
    @Test func whatWasCopiedTheOtherWay() throws {
        let bench = try Bench()
        defer { bench.stop() }
        #expect(try bench.run("there", of: "stores") == .migrated)
        try bench.source.command("DEL", Bench.key, Bench.shadow)
        let past = "absent: a migration in the other direction has copied it from there, and the target has '"
        for _ in 0..<2 { Self.expect(try bench.back("back"), past) }
        #expect(try !bench.has(Bench.key, bench.source) && bench.has(Bench.key, bench.target))
        try bench.use("second", at: bench.target)
        #expect(try bench.back("back") == .migrated)
    }

    @Test func whatWasMovedTheOtherWayIsWritten() throws {
        let bench = try Bench()
        defer { bench.stop() }
        for _ in 0..<2 {
            #expect(try bench.run("there", of: "stores") { $0.movesAway = true } == .moved)
            #expect(try bench.back("back") { $0.movesAway = true } == .moved)
        }
        #expect(try bench.run("there", of: "stores") == .migrated)
    }

    /// Nobody but the program has taken it away, whichever command has copied it before.
    @Test(arguments: [("one", "two"), ("two", "one"), ("one", "one")])
    func whatWasCopiedAndThenMovedIsWritten(_ copy: String, _ move: String) throws {
        let bench = try Bench()
        defer { bench.stop() }
        #expect(try bench.run(copy, of: "stores") == .migrated)
        for _ in 0..<2 {
            #expect(try bench.run(move, of: "stores") { $0.movesAway = true } == .moved)
            #expect(try bench.back("back") == .migrated)
        }
    }

    /// Whoever is killed behind the removal has noted it.
    @Test func whatIsTakenAwayIsNotedBefore() throws {
        let bench = try Bench()
        defer { bench.stop() }
        let link = try ActingLink(to: bench.source)
        defer { link.stop() }
        let (target, home, time) = (bench.target, bench.home.path, bench.time)
        link.act(at: ["EVALSHA", Bench.key]) {
            let journal = try? MigrationJournal.existing(
                identity: "one", environment: ["XDG_STATE_HOME": home], now: time)
            let key = Array(Bench.key.utf8)
            guard let entry = try? journal?.entries(of: [key])[key], entry.isMoved else { return }
            _ = try? target.command("SET", "noted", "")
        }
        #expect(try bench.run("one", of: "stores", from: link.socketPath) { $0.movesAway = true } == .moved)
        #expect(try bench.has("noted", bench.target))
    }

    /// Its user logs out at the source just before it is taken away.
    @Test func whoLogsOutBeforeItIsTakenAwayIsNotBroughtBack() throws {
        let bench = try Bench()
        defer { bench.stop() }
        let link = try ActingLink(to: bench.source)
        defer { link.stop() }
        let source = bench.source
        link.act(at: ["EVALSHA", Bench.key]) { _ = try? source.command("DEL", Bench.key, Bench.shadow) }
        Self.expect(
            try bench.run("one", of: "stores", from: link.socketPath) { $0.movesAway = true },
            "left: at the target, and gone from the source since")
        Self.expect(try bench.back("back"), "absent: a migration in the other direction has copied it from there")
    }

    // MARK: Seen at the target

    private static let seen = "absent: it was at the target when an earlier run looked, and the target has '"

    /// Another session at the target, which was used later.
    private static func bench() throws -> Bench {
        let bench = try Bench()
        try bench.use("first", 5000)
        try bench.use("there", at: bench.target)
        return bench
    }

    @Test(arguments: [(ConflictPolicy.fail, "conflict: "), (.skip, "skipped: "), (.newer, "skipped: ")])
    func whatWasFoundThereIsNotWritten(_ policy: ConflictPolicy, _ first: String) throws {
        let bench = try Self.bench()
        defer { bench.stop() }
        Self.expect(try bench.run { $0.conflict = policy }, first)
        try bench.logOut()
        for _ in 0..<2 {
            Self.expect(try bench.run { $0.conflict = policy }, Self.seen)
            try Self.expectNothing(at: bench)
        }
        #expect(try bench.run { $0.writesAnew = true } == .migrated)
        #expect(try bench.entry()?.seen == nil)
    }

    /// Nobody had noted that it is the same.
    @Test func whatWasThereAlreadyIsNotWritten() throws {
        let bench = try Bench()
        defer { bench.stop() }
        #expect(try bench.run("one") == .migrated)
        #expect(try bench.run("two") == .unneeded)
        try bench.logOut()
        Self.expect(try bench.run("two"), "absent: it was migrated before")
        try Self.expectNothing(at: bench)
    }

    @Test func whatAnotherJobHasFoundThereIsNotWritten() throws {
        let bench = try Self.bench()
        defer { bench.stop() }
        Self.expect(try bench.run("one", of: "stores"), "conflict: ")
        try bench.logOut()
        Self.expect(
            try bench.run("two", of: "stores"),
            "absent: it was at the target when another job of these two stores looked")
        try Self.expectNothing(at: bench)
    }

    @Test func whatIsUsedAtTheSourceSinceItWasFoundThereIsWritten() throws {
        let bench = try Self.bench()
        defer { bench.stop() }
        Self.expect(try bench.run(), "conflict: ")
        try bench.logOut()
        try bench.use("second")
        #expect(try bench.run() == .migrated)
    }

    /// It may have been used there since, and got another end by that.
    @Test func whatMayHaveBeenOverThereByItselfIsNotWritten() throws {
        let bench = try Self.bench()
        defer { bench.stop() }
        try bench.target.command("PEXPIREAT", Bench.key, String(bench.time + 600_000))
        Self.expect(try bench.run(), "conflict: ")
        try bench.logOut()
        let later = MigrationBatch.Times(source: bench.time, target: bench.time + 700_000)
        Self.expect(try bench.run(now: { later }), Self.seen)
    }

    /// The text of the conflict says that it is to be deleted, and the command given again.
    @Test func whatIsNoSessionMayBeDeleted() throws {
        let bench = try Bench()
        defer { bench.stop() }
        try bench.target.command("HSET", Bench.key, "field", "value")
        Self.expect(try bench.run(), "conflict: a hash that is no session")
        try bench.logOut()
        #expect(try bench.run() == .migrated)
    }

    /// A session at the target with a key that the one of the source does not have.
    @Test(arguments: [(ConflictPolicy.fail, "conflict: "), (.skip, "skipped: ")])
    func whatHasAnotherLayoutIsNotWrittenEither(_ policy: ConflictPolicy, _ first: String) throws {
        let bench = try Self.bench()
        defer { bench.stop() }
        try bench.source.command("DEL", Bench.shadow)
        try bench.target.command("SET", Bench.shadow, "", "PXAT", String(bench.end))
        let outcome = try bench.run { $0.conflict = policy }
        Self.expect(outcome, first + "the session at '\(Bench.key)' of the target has another layout")
        try bench.logOut()
        Self.expect(try bench.run { $0.conflict = policy }, Self.seen)
        #expect(try !bench.has(Bench.key, bench.target))
    }

    /// Somebody else's string stands beside the same session.
    @Test func whatIsThereBesideAnObstacleIsNotWritten() throws {
        let bench = try Bench()
        defer { bench.stop() }
        #expect(try bench.run("one") == .migrated)
        try bench.target.command("SET", Bench.shadow, "value")
        Self.expect(try bench.run("two"), "conflict: the key '\(Bench.shadow)' of the target holds a string")
        try bench.logOut()
        Self.expect(try bench.run("two"), Self.seen)
        try Self.expectNothing(at: bench)
    }
}
