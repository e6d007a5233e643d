import Foundation
import TestSupport
import Testing

@testable import SessionStorage

/// One migration runs at a time between two stores, in either direction: each counts on what it has seen at both sides.
struct OneMigrationAtATimeTests {
    private typealias Stores = MigrationJournal.Stores

    private static let stores = IndexedSessionBench.stores("stores")
    private static let reversed = Stores(pair: stores.back, back: stores.pair)

    private static func environment(_ home: TemporaryDirectory) -> [String: String] {
        ["XDG_STATE_HOME": home.path]
    }

    private static func open(_ job: String, of stores: Stores?, _ home: TemporaryDirectory) throws -> MigrationJournal {
        try MigrationJournal.open(identity: job, of: stores, environment: environment(home), now: 1)
    }

    /// Why a job may not begin; nil where it may.
    private static func refusal(_ job: String, of stores: Stores?, _ home: TemporaryDirectory) -> ArchiveProblem? {
        do {
            _ = try open(job, of: stores, home)
            return nil
        } catch StorageError.archive(let problem) {
            return problem
        } catch {
            Issue.record("\(error)")
            return nil
        }
    }

    /// The file that is locked while a migration between the stores runs.
    private static func mark(_ home: TemporaryDirectory) throws -> String {
        try ArchiveFile.folder(environment: environment(home), .migrations) + "/migration-stores.running"
    }

    /// Who is refused leaves the mark of the one that runs, and may begin once that has ended.
    @Test(arguments: [stores, reversed]) func anotherIsRefused(_ direction: MigrationJournal.Stores) throws {
        let home = try TemporaryDirectory()
        do {
            let first = try Self.open("one", of: Self.stores, home)
            for _ in 0..<3 {
                let problem = try #require(Self.refusal("two", of: direction, home))
                #expect(problem.kind == .busy, "\(problem)")
                let text = "another migration between these two stores runs: wait until it is done, or stop it"
                #expect(problem.description.contains(text), "\(problem)")
            }
            withExtendedLifetime(first) {}
        }
        for job in ["two", "one", "two"] { #expect(Self.refusal(job, of: direction, home) == nil) }
    }

    /// The words of the same one say so.
    @Test func theSameIsRefusedAsWell() throws {
        let home = try TemporaryDirectory()
        let first = try Self.open("one", of: Self.stores, home)
        let problem = try #require(Self.refusal("one", of: Self.stores, home))
        #expect(problem.kind == .busy && problem.description.contains("the same migration runs already"), "\(problem)")
        withExtendedLifetime(first) {}
    }

    @Test func betweenOtherStoresAnotherIsAllowed() throws {
        let home = try TemporaryDirectory()
        let first = try Self.open("one", of: Self.stores, home)
        #expect(Self.refusal("two", of: IndexedSessionBench.stores("others"), home) == nil)
        #expect(Self.refusal("three", of: nil, home) == nil)
        withExtendedLifetime(first) {}
    }

    /// A rehearsal writes nothing, and nobody waits for it.
    @Test(arguments: [stores, reversed]) func toLookIsAllowed(_ direction: MigrationJournal.Stores) throws {
        let home = try TemporaryDirectory()
        let first = try Self.open("one", of: Self.stores, home)
        try first.finish([(MigrationJournalTests.key, MigrationJournalTests.step("1"))])
        for job in ["one", "two"] {
            let looking = try MigrationJournal.existing(
                identity: job, of: direction, environment: Self.environment(home), now: 1)
            #expect(looking != nil)
            #expect(Self.refusal("three", of: direction, home)?.kind == .busy)
        }
        withExtendedLifetime(first) {}
        let looking = try MigrationJournal.existing(
            identity: "one", of: Self.stores, environment: Self.environment(home), now: 1)
        #expect(Self.refusal("four", of: IndexedSessionBench.stores("others"), home) == nil)
        withExtendedLifetime(looking) {}
    }

    /// The system lets go of the lock when a process is killed, and the file stays.
    @Test(arguments: [stores, reversed]) func whoWasKilledIsWaitedForByNobody(
        _ direction: MigrationJournal.Stores
    ) throws {
        let home = try TemporaryDirectory()
        let mark = try Self.mark(home)
        do {
            let first = try Self.open("one", of: direction, home)
            #expect(FileManager.default.fileExists(atPath: mark))
            withExtendedLifetime(first) {}
        }
        #expect(!FileManager.default.fileExists(atPath: mark))
        try #require(FileManager.default.createFile(atPath: mark, contents: nil))
        #expect(Self.refusal("two", of: Self.stores, home) == nil)
        #expect(!FileManager.default.fileExists(atPath: mark))
    }
}
