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

    @Test func twoAtOnceAreRefused() throws {
        let home = try TemporaryDirectory()
        let first = try Self.journal(home)
        let error = #expect(throws: StorageError.self) { try Self.journal(home) }
        #expect(error.map { "\($0)".contains("runs already") } == true, "\(String(describing: error))")
        // To look is allowed, and another job.
        #expect(try MigrationJournal.existing(identity: "job", environment: ["XDG_STATE_HOME": home.path]) != nil)
        _ = try MigrationJournal.open(identity: "other", environment: ["XDG_STATE_HOME": home.path], now: 1)
        withExtendedLifetime(first) {}
    }
}
