import TestSupport
import Testing

@testable import SessionStorage

/// What a migration remembers of itself.
struct MigrationJournalTests {
    private static let key = Array("session".utf8)

    private static func step(_ version: String) -> MigrationJournal.Step {
        MigrationJournal.Step(
            source: KeyFingerprint(.string(Array(version.utf8)), expiresAt: 1),
            target: KeyFingerprint(.string(Array((version + " there").utf8)), expiresAt: nil))
    }

    private static func journal(_ home: TemporaryDirectory) throws -> MigrationJournal {
        try MigrationJournal.open(identity: "job", environment: ["XDG_STATE_HOME": home.path], now: 1)
    }

    /// Killed between the note and the write, or behind the write: either may be at the target, and both are its own.
    @Test func whatWasBegunDoesNotTakeThePlaceOfWhatIsThere() throws {
        let home = try TemporaryDirectory()
        let (one, two, three) = (Self.step("1"), Self.step("2"), Self.step("3"))
        do {
            let journal = try Self.journal(home)
            try journal.begin([(Self.key, one)])
            #expect(try journal.entries(of: [Self.key])[Self.key]?.done == nil)
            try journal.finish([(Self.key, one)])
            try journal.begin([(Self.key, two)])
            try journal.begin([(Self.key, three)])
        }
        let journal = try Self.journal(home)
        let entry = try #require(try journal.entries(of: [Self.key])[Self.key])
        #expect(entry.done == one)
        for step in [one, two, three] { #expect(entry.wrote(step.target)) }
        #expect(!entry.wrote(Self.step("4").target))
        try journal.finish([(Self.key, three)])
        let after = try #require(try journal.entries(of: [Self.key])[Self.key])
        #expect(after.done == three && !after.wrote(one.target) && !after.wrote(two.target))
        #expect(try journal.entries(of: [Array("other".utf8)]).isEmpty)
    }

    /// A job that is run again within 90 days is kept for 90 more, and so is one that runs for that long.
    @Test func whatWasNotBegunForNinetyDaysIsForgotten() throws {
        let home = try TemporaryDirectory()
        let environment = ["XDG_STATE_HOME": home.path]
        func run(_ identity: String, day: Int64) throws -> MigrationJournal {
            try MigrationJournal.open(identity: identity, environment: environment, now: day * 86_400_000)
        }
        for identity in ["old", "repeated"] { try run(identity, day: 1).finish([(Self.key, Self.step("1"))]) }
        let running = try run("running", day: 1)
        _ = try run("repeated", day: 80)
        _ = try run("other", day: 91)
        func isKnown(_ identity: String) throws -> Bool {
            try MigrationJournal.existing(identity: identity, environment: environment) != nil
        }
        #expect(try isKnown("old"))
        _ = try run("other", day: 92)
        #expect(try !isKnown("old") && isKnown("repeated") && isKnown("running") && isKnown("other"))
        #expect(try run("repeated", day: 92).entries(of: [Self.key])[Self.key]?.done == Self.step("1"))
        #expect(try run("old", day: 92).entries(of: [Self.key]).isEmpty)
        try running.finish([(Self.key, Self.step("1"))])
    }

    @Test func twoAtOnceAreRefused() throws {
        let home = try TemporaryDirectory()
        let first = try Self.journal(home)
        // Who is refused leaves the mark of the one that runs.
        for _ in 0..<3 {
            let error = #expect(throws: StorageError.self) { try Self.journal(home) }
            #expect(error.map { "\($0)".contains("runs already") } == true, "\(String(describing: error))")
        }
        // To look is allowed, and another job.
        #expect(try MigrationJournal.existing(identity: "job", environment: ["XDG_STATE_HOME": home.path]) != nil)
        _ = try MigrationJournal.open(identity: "other", environment: ["XDG_STATE_HOME": home.path], now: 1)
        withExtendedLifetime(first) {}
    }
}
