import TestSupport
import Testing

@testable import SessionStorage

/// What a migration knows of the other jobs of the same two stores.
struct OtherJobsTests {
    private typealias Journal = MigrationJournalTests

    private static let place = Array("place".utf8)

    /// A step whose session has `place` at the target; its own key for nil.
    private static func step(_ version: String, at place: [UInt8]? = nil) -> MigrationJournal.Step {
        var step = Journal.step(version)
        step.place = place
        return step
    }

    private static func open(
        _ identity: String, of stores: String? = "stores", _ home: TemporaryDirectory, day: Int64 = 1
    ) throws -> MigrationJournal {
        try MigrationJournal.open(
            identity: identity, of: stores, environment: ["XDG_STATE_HOME": home.path], now: day * 86_400_000)
    }

    private static func existing(
        _ identity: String, of stores: String? = "stores", _ home: TemporaryDirectory
    ) throws -> MigrationJournal? {
        try MigrationJournal.existing(identity: identity, of: stores, environment: ["XDG_STATE_HOME": home.path])
    }

    private static func known(
        _ journal: MigrationJournal?, at place: [UInt8] = Journal.key
    ) throws -> [MigrationJournal.Entry] {
        try #require(journal).entriesOfOtherJobs(Journal.key, at: place)
    }

    @Test func whatAnotherJobHasWrittenIsKnown() throws {
        let home = try TemporaryDirectory()
        let step = Self.step("1")
        try Self.open("one", home).finish([(Journal.key, step)])
        try Self.open("two", home).noteWritten([(Journal.key, step)])
        try Self.open("three", home).noteSeen([(Journal.key, step)])
        try Self.open("four", home).begin([(Journal.key, step)])
        let journal = try Self.open("five", home)
        let entries = try Self.known(journal)
        #expect(journal.hasOtherJobs && entries.count == 4)
        #expect(entries.first?.done == step && entries[1].answered == step && entries[2].seen == step)
        #expect(entries.last?.answered == nil && entries.last?.seen == nil)
        #expect(try journal.entries(of: [Journal.key]).isEmpty && journal.isNew)
        #expect(try journal.entriesOfOtherJobs(Array("another".utf8), at: Array("another".utf8)).isEmpty)
    }

    @Test func ofOtherStoresNothingIsKnown() throws {
        let home = try TemporaryDirectory()
        try Self.open("one", of: "others", home).finish([(Journal.key, Self.step("1"))])
        try Self.open("two", of: nil, home).finish([(Journal.key, Self.step("1"))])
        for stores in ["stores", nil] {
            let journal = try Self.open("three", of: stores, home)
            #expect(try !journal.hasOtherJobs && Self.known(journal).isEmpty)
        }
        #expect(try Self.existing("four", home)?.hasOtherJobs == nil)
    }

    /// The job that asks is no other one.
    @Test func theOwnRowsAreNoOtherJobs() throws {
        let home = try TemporaryDirectory()
        for _ in 0..<2 {
            let journal = try Self.open("one", home)
            #expect(!journal.hasOtherJobs)
            try journal.finish([(Journal.key, Self.step("1"))])
        }
        #expect(try Self.existing("one", home)?.hasOtherJobs == false)
    }

    @Test func aSessionIsKnownByItsPlaceAtTheTarget() throws {
        let home = try TemporaryDirectory()
        try Self.open("one", home).finish([(Journal.key, Self.step("1", at: Self.place))])
        try Self.open("two", home).finish([(Journal.key, Self.step("2"))])
        let journal = try Self.open("three", home)
        #expect(try Self.known(journal, at: Self.place).map(\.done) == [Self.step("1")])
        #expect(try Self.known(journal).map(\.done) == [Self.step("2")])
        #expect(try Self.known(journal, at: Array("elsewhere".utf8)).isEmpty)
    }

    /// Who only rehearses a job that was never begun knows of the others as well, and makes none.
    @Test func aRehearsalKnowsOfOtherJobs() throws {
        let home = try TemporaryDirectory()
        #expect(try Self.existing("two", home) == nil)
        try Self.open("one", home).finish([(Journal.key, Self.step("1"))])
        for _ in 0..<2 {
            let journal = try Self.existing("two", home)
            #expect(try Self.known(journal).map(\.done) == [Self.step("1")])
            #expect(try journal?.entries(of: [Journal.key]).isEmpty == true && journal?.isNew == true)
            try journal?.keepPlaces()
        }
        #expect(try Self.existing("two", of: nil, home) == nil && Self.existing("two", of: "others", home) == nil)
    }

    /// One that runs is asked as well.
    @Test func whatARunningJobNotesIsKnown() throws {
        let home = try TemporaryDirectory()
        let running = try Self.open("one", home)
        try running.begin([(Journal.key, Self.step("1"))])
        let journal = try Self.open("two", home)
        #expect(try Self.known(journal).map(\.answered) == [nil])
        try running.noteWritten([(Journal.key, Self.step("1"))])
        #expect(try Self.known(journal).map(\.answered) == [Self.step("1")])
    }

    @Test func aJobThatIsForgottenIsNotKnown() throws {
        let home = try TemporaryDirectory()
        try Self.open("one", home).finish([(Journal.key, Self.step("1"))])
        #expect(try Self.open("two", home, day: 91).hasOtherJobs)
        #expect(try !Self.open("two", home, day: 92).hasOtherJobs)
    }

    /// Where earlier versions have put a session nobody knows: such rows are asked by no other job, and those that come behind them are.
    @Test(arguments: [2, 3, 4]) func ofAVersionBeforeNewRowsAreKnown(_ version: Int) throws {
        let home = try TemporaryDirectory()
        _ = try Journal.write(version: version, home)
        #expect(try Self.existing("other", home) == nil)
        #expect(try !Self.open("other", home).hasOtherJobs)
        let (key, step) = (Array("new".utf8), Self.step("2"))
        do {
            let journal = try Self.open("job", home)
            #expect(try journal.entries(of: [Journal.key])[Journal.key]?.done == Self.step("1"))
            try journal.finish([(key, step)])
        }
        let other = try Self.open("other", home)
        #expect(try other.hasOtherJobs && Self.known(other).isEmpty)
        #expect(try other.entriesOfOtherJobs(key, at: key).map(\.done) == [step])
    }
}
