import Foundation
import Sessions
import TestSupport
import Testing

@testable import SessionStorage

struct ArchivePruningTests {
    private let unlimited = ArchiveLimits(milliseconds: .max, bytes: .max)

    @Test func keepsThirtyDaysAndAGigabyte() {
        #expect(ArchiveLimits() == ArchiveLimits(milliseconds: 2_592_000_000, bytes: 1_073_741_824))
    }

    @Test func takesAwayWhatIsTooOld() throws {
        let folder = try ArchiveFolder()
        try folder.fill((0..<4).map { KeptSession.samples(50, from: $0) }) { Int64($0) * 1000 }
        let archive = try folder.open()
        #expect(try archive.prune(ArchiveLimits(milliseconds: 5000, bytes: .max), now: 6500) == [1, 2])
        #expect(try archive.changes().map(\.number) == [4, 3])
        #expect(problem { _ = try archive.sessions(of: 1) }?.kind == .unknownChange)
        #expect(try archive.all(of: 3).map(\.session) == KeptSession.samples(50, from: 2))
        #expect(try archive.prune(unlimited, now: .max) == [])
        #expect(try archive.begin(.sample, at: 0) == 5)
    }

    @Test func takesAwayTheOldestUntilTheRestIsSmallEnough() throws {
        let folder = try ArchiveFolder()
        try folder.fill((0..<5).map { _ in KeptSession.samples(100) })
        let before = try folder.bytes().count
        let archive = try folder.open()
        #expect(try archive.prune(ArchiveLimits(milliseconds: .max, bytes: 1_200_000), now: 10) == [1, 2, 3])
        #expect(try archive.changes().map(\.number) == [5, 4])
        let after = try folder.bytes().count
        #expect(after < 1_200_000)
        #expect(before > 1_500_000)
        // Nothing of them is left in the file, not even in pages that are free.
        #expect(try archive.database.integer("PRAGMA freelist_count") == 0)
        #expect(try archive.database.integer("SELECT count(*) FROM outcomes") == 200)
        #expect(try folder.everything().map(\.count) == [100, 100])
    }

    /// However old and large it is, and whoever makes it.
    @Test func leavesWhatRuns() throws {
        let folder = try ArchiveFolder()
        let making = try folder.open()
        let change = try making.begin(.sample, at: 0)
        _ = try making.keep(KeptSession.samples(100), of: change)
        try folder.fill([KeptSession.samples(100)])
        let strict = ArchiveLimits(milliseconds: 0, bytes: 0)
        #expect(try folder.open().prune(strict, now: 1_000_000) == [2])
        #expect(try making.prune(strict, now: 1_000_000) == [])
        _ = try making.keep(KeptSession.samples(1), of: change)
        try making.finish(change, isComplete: true, at: 1)
        #expect(try folder.open().prune(strict, now: 1_000_000) == [1])
    }

    @Test func takesAwayWhatWasKilled() throws {
        let folder = try ArchiveFolder()
        do {
            let killed = try folder.open()
            _ = try killed.keep(KeptSession.samples(10), of: try killed.begin(.sample, at: 0))
        }
        #expect(try folder.open().prune(ArchiveLimits(milliseconds: 0, bytes: .max), now: 5) == [1])
    }

    /// The mark of one that was killed while it took the change back goes with it.
    @Test func takesAwayTheMarkOfAKilledUndo() throws {
        let folder = try ArchiveFolder()
        try folder.fill([KeptSession.samples(3)])
        let archive = try folder.open()
        let mark = archive.file.folder + "/undo-1.undoing"
        #expect(FileManager.default.createFile(atPath: mark, contents: nil))
        #expect(try archive.prune(ArchiveLimits(milliseconds: 0, bytes: .max), now: .max) == [1])
        #expect(!FileManager.default.fileExists(atPath: mark))
    }

    /// A program that was killed while it took a change away: nobody sees the half of it, and the rest goes the next time.
    @Test func goesOnWhereItWasKilled() throws {
        let folder = try ArchiveFolder()
        try folder.fill([KeptSession.samples(30), KeptSession.samples(20)])
        do {
            let archive = try folder.open()
            var row = try #require(try archive.row(1))
            row.state = .pruned
            try archive.update(row)
            try archive.database.execute("DELETE FROM sessions WHERE number < (1 << 32) + 10")
        }
        let archive = try folder.open()
        #expect(try archive.changes().map(\.number) == [2])
        #expect(try archive.change(1) == nil)
        #expect(problem { _ = try archive.sessions(of: 1) }?.kind == .unknownChange)
        #expect(problem { try archive.markUndone([0], of: 1, at: 1) }?.kind == .unknownChange)
        #expect(try archive.prune(unlimited, now: 0) == [1])
        #expect(try archive.database.integer("SELECT count(*) FROM sessions") == 20)
    }
}
