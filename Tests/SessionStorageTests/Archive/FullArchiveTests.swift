import Foundation
import TestSupport
import Testing

@testable import SessionStorage

/// A disk without room: nothing of the batch is there, and everything of those before.
struct FullArchiveTests {
    /// Keeps batches until there is no room, and gives the problem and how many sessions were kept.
    private func fill(_ archive: UndoArchive, _ change: Int64) throws -> (ArchiveProblem, Int) {
        var kept = 0
        while kept < 100_000 {
            do {
                kept = try archive.keep(KeptSession.samples(50, from: kept), of: change).upperBound
            } catch StorageError.archive(let problem) {
                return (problem, kept)
            }
        }
        throw FixtureError("it is never full")
    }

    private func checkFull(_ folder: ArchiveFolder, _ archive: UndoArchive, makeRoom: () throws -> Void) throws {
        let change = try archive.begin(.sample, at: 0)
        let (problem, kept) = try fill(archive, change)
        #expect(problem.kind == .full)
        #expect(problem.description.contains(folder.path))
        #expect(problem.description.contains("--no-undo"))
        #expect(kept >= 50)
        #expect(try archive.all(of: change).map(\.session) == KeptSession.samples(kept))
        try makeRoom()
        // It goes on behind the last whole batch.
        let places = try archive.keep(KeptSession.samples(7, from: kept), of: change)
        #expect(places == kept..<kept + 7)
        try archive.finish(change, isComplete: true, at: 1)
        #expect(try folder.everything() == [KeptSession.samples(kept + 7)])
    }

    @Test func aFileThatMayNotGrowKeepsWholeBatches() throws {
        let folder = try ArchiveFolder()
        let archive = try folder.open()
        try archive.database.execute("PRAGMA max_page_count=60")
        try checkFull(folder, archive) { try archive.database.execute("PRAGMA max_page_count=10000") }
    }

    /// A real file system without room, with its own ways to say so.
    @Test(.enabled(if: geteuid() == 0, "only root can mount")) func aFullDiskKeepsWholeBatches() throws {
        let folder = try ArchiveFolder()
        mkdir(folder.folder, 0o700)
        guard try run("mount", "-t", "tmpfs", "-o", "size=3m,mode=700", "tmpfs", folder.folder) == 0 else { return }
        defer { _ = try? run("umount", "-l", folder.folder) }
        let archive = try folder.open()
        try checkFull(folder, archive) {
            let status = try run("mount", "-o", "remount,size=30m", folder.folder)
            #expect(status == 0)
        }
    }

    private func run(_ words: String...) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = words
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
