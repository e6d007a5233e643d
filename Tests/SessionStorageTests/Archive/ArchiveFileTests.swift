import Foundation
import TestSupport
import Testing

@testable import SessionStorage

/// Who may have the file, and where it lies.
struct ArchiveFileTests {
    private func mode(_ path: String) throws -> Int {
        try #require(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
    }

    @Test func liesWhereTheStateOfPrograms() throws {
        #expect(try ArchiveFile.folder(environment: ["XDG_STATE_HOME": "/s", "HOME": "/h"]) == "/s/sessionctl")
        #expect(
            try ArchiveFile.folder(environment: ["XDG_STATE_HOME": "s", "HOME": "/h"]) == "/h/.local/state/sessionctl")
        #expect(try ArchiveFile.folder(environment: ["HOME": "/h"]) == "/h/.local/state/sessionctl")
        #expect(problem { _ = try ArchiveFile.folder(environment: ["HOME": "h"]) }?.kind == .failed)
    }

    @Test func isMadeForItsOwnerAlone() throws {
        let home = try TemporaryDirectory()
        let archive = try UndoArchive.open(environment: ["HOME": home.path])
        _ = try archive.keep(KeptSession.samples(1), of: try archive.begin(.sample, at: 0))
        let folder = home.path + "/.local/state/sessionctl"
        #expect(try mode(folder) == 0o700)
        #expect(try mode(home.path + "/.local") == 0o700)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        #expect(names == ["undo-1.running", "undo.sqlite", "undo.sqlite-shm", "undo.sqlite-wal"])
        for name in names { #expect(try mode(folder + "/" + name) == 0o600, "\(name)") }
    }

    @Test func isMadeOnlyWhereItIsToBeWritten() throws {
        let folder = try ArchiveFolder()
        #expect(try UndoArchive.openExisting(environment: folder.environment) == nil)
        #expect(!FileManager.default.fileExists(atPath: folder.folder))
        mkdir(folder.folder, 0o700)
        #expect(try UndoArchive.openExisting(environment: folder.environment) == nil)
        #expect(!FileManager.default.fileExists(atPath: folder.path))
    }

    @Test(arguments: ["", "-wal", "-shm", "-journal"]) func othersMayNotReadIt(_ suffix: String) throws {
        let folder = try ArchiveFolder()
        try folder.fill([KeptSession.samples(1)])
        let path = folder.path + suffix
        if !suffix.isEmpty { try Data().write(to: URL(fileURLWithPath: path)) }
        for mode in [0o640, 0o604, 0o620, 0o602] as [mode_t] {
            chmod(path, mode)
            let found = try #require(problem { _ = try folder.open() })
            #expect(found.kind == .unsafe)
            #expect(found.description.contains("chmod 600 '\(path)'"))
        }
        chmod(path, 0o600)
        _ = try folder.open()
    }

    @Test func othersMayNotExchangeIt() throws {
        let folder = try ArchiveFolder()
        try folder.fill([])
        chmod(folder.folder, 0o770)
        let found = try #require(problem { _ = try folder.open() })
        #expect(found.kind == .unsafe)
        #expect(found.description.contains("chmod 700"))
    }

    @Test(arguments: ["", "-wal", "-shm", "-journal"]) func symbolicLinksAreRefused(_ suffix: String) throws {
        let folder = try ArchiveFolder()
        try folder.fill([KeptSession.samples(1)])
        let path = folder.path + suffix
        let target = folder.folder + "/elsewhere"
        if suffix.isEmpty { rename(path, target) } else { try Data().write(to: URL(fileURLWithPath: target)) }
        #expect(symlink(target, path) == 0)
        let found = try #require(problem { _ = try folder.open() })
        #expect(found.kind == .unsafe)
        #expect(found.description.contains("symbolic link"))
        #expect(problem { _ = try UndoArchive.openExisting(environment: folder.environment) }?.kind == .unsafe)
    }

    /// The state of all programs may lie on another disk.
    @Test func aLinkedFolderIsFollowed() throws {
        let folder = try ArchiveFolder()
        try folder.fill([KeptSession.samples(1)])
        let home = try TemporaryDirectory()
        #expect(symlink(folder.folder, home.path + "/sessionctl") == 0)
        #expect(try UndoArchive.open(environment: ["XDG_STATE_HOME": home.path]).changes().count == 1)
    }

    @Test func whatIsNoFileIsRefused() throws {
        let folder = try ArchiveFolder()
        mkdir(folder.folder, 0o700)
        mkdir(folder.path, 0o700)
        #expect(problem { _ = try folder.open() }?.kind == .unsafe)
        rmdir(folder.path)
        mkfifo(folder.path, 0o600)
        #expect(problem { _ = try folder.open() }?.kind == .unsafe)
        let other = try ArchiveFolder()
        try Data().write(to: URL(fileURLWithPath: other.folder))
        #expect(problem { _ = try other.open() } != nil)
    }

    @Test(.enabled(if: geteuid() == 0, "only root can give a file away")) func anotherOwnerIsRefused() throws {
        let folder = try ArchiveFolder()
        try folder.fill([KeptSession.samples(1)])
        for path in [folder.path, folder.folder] {
            #expect(chown(path, 65534, 65534) == 0)
            let found = try #require(problem { _ = try folder.open() })
            #expect(found.kind == .unsafe)
            #expect(found.description.contains("belongs to user 65534"))
            #expect(chown(path, 0, 0) == 0)
        }
        #expect(try folder.open().changes().count == 1)
    }

    /// Many make it at once: one file comes of it, and every change has a number of its own.
    @Test func manyMayMakeItAtOnce() async throws {
        let folder = try ArchiveFolder()
        let environment = folder.environment
        let numbers = try await withThrowingTaskGroup(of: Int64.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    let archive = try UndoArchive.open(environment: environment)
                    return try archive.begin(.sample, at: 0)
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(numbers.sorted() == Array(1...8))
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.folder)
        #expect(!names.contains { $0.hasPrefix("new-undo-") })
    }
}
