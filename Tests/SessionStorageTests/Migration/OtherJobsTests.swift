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
            identity: identity, of: stores.map { IndexedSessionBench.stores($0) },
            environment: ["XDG_STATE_HOME": home.path], now: day * 86_400_000)
    }

    private static func existing(
        _ identity: String, of stores: String? = "stores", _ home: TemporaryDirectory, day: Int64 = 1
    ) throws -> MigrationJournal? {
        try MigrationJournal.existing(
            identity: identity, of: stores.map { IndexedSessionBench.stores($0) },
            environment: ["XDG_STATE_HOME": home.path], now: day * 86_400_000)
    }

    private static func known(
        _ journal: MigrationJournal?, at place: [UInt8] = Journal.key
    ) throws -> [MigrationJournal.Entry] {
        try related(journal, at: place).others
    }

    private static func related(
        _ journal: MigrationJournal?, of key: [UInt8] = Journal.key, at place: [UInt8] = Journal.key
    ) throws -> MigrationJournal.RelatedEntries {
        try #require(journal).relatedEntries(of: key, at: place)
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
        #expect(entries.count == 4)
        #expect(entries.first?.done == step && entries[1].answered == step && entries[2].seen == step)
        #expect(entries.last?.answered == nil && entries.last?.seen == nil)
        #expect(try journal.entries(of: [Journal.key]).isEmpty && journal.isNew)
        let another = Array("another".utf8)
        #expect(try Self.related(journal, of: another, at: another).others.isEmpty)
    }

    @Test func ofOtherStoresNothingIsKnown() throws {
        let home = try TemporaryDirectory()
        try Self.open("one", of: "others", home).finish([(Journal.key, Self.step("1"))])
        try Self.open("two", of: nil, home).finish([(Journal.key, Self.step("1"))])
        for stores in ["stores", nil] {
            let journal = try Self.open("three", of: stores, home)
            #expect(try Self.known(journal).isEmpty)
        }
        #expect(try Self.known(Self.existing("four", of: "still others", home)).isEmpty)
    }

    /// The job that asks is no other one.
    @Test func theOwnRowsAreNoOtherJobs() throws {
        let home = try TemporaryDirectory()
        for _ in 0..<2 {
            let journal = try Self.open("one", home)
            #expect(try Self.known(journal).isEmpty)
            try journal.finish([(Journal.key, Self.step("1"))])
        }
        #expect(try Self.known(Self.existing("one", home)).isEmpty)
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
        #expect(try Self.existing("two", of: nil, home) == nil)
        #expect(try Self.known(Self.existing("two", of: "others", home)).isEmpty)
    }

    @Test func aJobThatIsForgottenIsNotKnown() throws {
        let home = try TemporaryDirectory()
        try Self.open("one", home).finish([(Journal.key, Self.step("1"))])
        for (day, count) in [(Int64(91), 1), (92, 0)] {
            #expect(try Self.known(Self.existing("two", home, day: day)).count == count)
            #expect(try Self.known(Self.open("two", home, day: day)).count == count)
        }
    }

    /// Where earlier versions have put a session nobody knows: such rows are asked by no other job, and those that come behind them are.
    @Test(arguments: [2, 3, 4]) func ofAVersionBeforeNewRowsAreKnown(_ version: Int) throws {
        let home = try TemporaryDirectory()
        _ = try Journal.write(version: version, home)
        #expect(try Self.known(Self.existing("other", home)).isEmpty)
        #expect(try Self.known(Self.open("other", home)).isEmpty)
        let (key, step) = (Array("new".utf8), Self.step("2"))
        do {
            let journal = try Self.open("job", home)
            #expect(try journal.entries(of: [Journal.key])[Journal.key]?.done == Self.step("1"))
            try journal.finish([(key, step)])
        }
        let other = try Self.open("other", home)
        #expect(try Self.known(other).isEmpty)
        #expect(try Self.related(other, of: key, at: key).others.map(\.done) == [step])
    }

    // MARK: The other direction

    private static func back(_ home: TemporaryDirectory) throws -> MigrationJournal {
        let stores = IndexedSessionBench.stores("stores")
        return try MigrationJournal.open(
            identity: "back", of: MigrationJournal.Stores(pair: stores.back, back: stores.pair),
            environment: ["XDG_STATE_HOME": home.path], now: 86_400_000)
    }

    /// What was copied there from where it is to go now, and not taken away there.
    @Test func whatWasCopiedTheOtherWayIsKnown() throws {
        let home = try TemporaryDirectory()
        let step = Self.step("1", at: Self.place)
        try Self.open("one", home).finish([(Journal.key, step)])
        let entries = try Self.related(Self.back(home), of: Self.place, at: Journal.key)
        #expect(entries.others.isEmpty && entries.back.map(\.done) == [Self.step("1")])
        #expect(entries.back.map { $0.hasCopied(step.target) } == [true])
        #expect(entries.back.map { $0.hasCopied(step.source) } == [false])
        try Self.open("one", home).finish([(Journal.key, step)], moved: true)
        let moved = try Self.related(Self.back(home), of: Self.place, at: Journal.key)
        #expect(moved.back.map { $0.hasCopied(step.target) } == [false])
    }

    /// What is moved back was not ended by somebody else where it is taken from.
    @Test func whatIsMovedBackIsForgotten() throws {
        let home = try TemporaryDirectory()
        let step = Self.step("1", at: Self.place)
        try Self.open("one", home).finish([(Journal.key, step), (Self.place, Self.step("2"))], moved: true)
        do {
            let back = try Self.back(home)
            #expect(try Self.related(back, of: Self.place, at: Journal.key).back.count == 1)
            try back.finish([(Self.place, Self.step("3", at: Journal.key))], moved: true)
            #expect(try Self.related(back, of: Self.place, at: Journal.key).back.isEmpty)
        }
        let again = try Self.open("one", home)
        #expect(try again.entries(of: [Journal.key])[Journal.key] == nil)
        #expect(try again.entries(of: [Self.place])[Self.place]?.done == Self.step("2"))
    }

    // MARK: Who is at the source again

    /// Notes of a session that one job has copied and another has moved, both to `place`.
    private static func moveByTwo(_ home: TemporaryDirectory) throws {
        let step = step("1", at: place)
        try open("one", home).finish([(Journal.key, step)])
        try open("two", home).finish([(Journal.key, step)], moved: true)
    }

    /// Which of the jobs in the other direction have copied the session, as the way back sees it, and not taken it away.
    private static func copied(_ home: TemporaryDirectory, as step: MigrationJournal.Step) throws -> [Bool] {
        try related(back(home), of: place, at: Journal.key).back.map { $0.hasCopied(step.target) }
    }

    @Test func whatOneJobHasMovedIsMovedForAll() throws {
        let home = try TemporaryDirectory()
        try Self.moveByTwo(home)
        #expect(try Self.copied(home, as: Self.step("1")) == [false, false])
    }

    /// Whatever was noted, by whichever job: the removal was refused or never came to pass, or somebody has brought the session back.
    @Test(arguments: ["one", "two", "three"]) func whatWasReadAtTheSourceIsMovedByNobody(_ job: String) throws {
        let home = try TemporaryDirectory()
        try Self.moveByTwo(home)
        do {
            let journal = try Self.open(job, home)
            try journal.noteAtSource([Journal.key])
            #expect(try journal.entries(of: [Journal.key])[Journal.key]?.isMoved ?? false == false)
        }
        // That they have written it is known all the same.
        #expect(try Self.copied(home, as: Self.step("1")) == [true, true])
        let known = try Self.known(Self.open("four", home), at: Self.place)
        #expect(known.map(\.done) == [Self.step("1"), Self.step("1")])
    }

    /// What was noted of others stays.
    @Test func anotherSessionStaysMoved() throws {
        let home = try TemporaryDirectory()
        try Self.moveByTwo(home)
        try Self.open("three", home).noteAtSource([Array("another".utf8)])
        #expect(try Self.copied(home, as: Self.step("1")) == [false, false])
    }
}
