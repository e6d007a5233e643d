import Foundation
import Sessions
import TestSupport

@testable import SessionStorage

/// A place for an undo archive of a test's own.
final class ArchiveFolder {
    private let home: TemporaryDirectory

    init() throws { home = try TemporaryDirectory() }

    var environment: [String: String] { ["XDG_STATE_HOME": home.path] }
    var folder: String { home.path + "/sessionctl" }
    var path: String { folder + "/undo.sqlite" }

    func open() throws -> UndoArchive { try UndoArchive.open(environment: environment) }

    /// An archive with finished changes, closed; the sessions of each change.
    func fill(_ changes: [[KeptSession]], began: (Int) -> Int64 = { Int64($0) }) throws {
        let archive = try open()
        for (index, sessions) in changes.enumerated() {
            let number = try archive.begin(.sample, at: began(index))
            let places = try archive.keep(sessions, of: number)
            try archive.record(sessions.map { _ in .changed }, from: places.lowerBound, of: number)
            try archive.finish(number, isComplete: true, at: began(index) + 1)
        }
    }

    func bytes() throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) }

    /// Puts these bytes in the archive's place, without what SQLite keeps beside it.
    func replace(_ bytes: some Sequence<UInt8>) throws {
        for suffix in ["-wal", "-shm", "-journal"] { unlink(path + suffix) }
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        chmod(path, 0o600)
    }

    /// Runs SQL on the file as another SQLite program would.
    func execute(_ sql: String...) throws {
        let database = try SQLiteDatabase(path: path)
        for sql in sql { try database.execute(sql) }
    }

    /// Every session of every change, read as `undo` does.
    func everything() throws -> [[KeptSession]] {
        guard let archive = try UndoArchive.openExisting(environment: environment) else { return [] }
        return try archive.changes().reversed().map { change in
            try archive.verify(change.number)
            return try archive.all(of: change.number).map(\.session)
        }
    }
}

extension UndoArchive {
    func all(of change: Int64, ids: Set<[UInt8]>? = nil) throws -> [ArchivedSession] {
        var reading = try sessions(of: change, ids: ids)
        var found: [ArchivedSession] = []
        while case let some = try reading.next(), !some.isEmpty { found += some }
        return found
    }
}

extension ArchivedChange.Origin {
    static let sample = Self(
        command: ["expire", "--where", "user = 'älice \n\"x\"'", ""], endpoint: "localhost:6379", database: 3,
        version: "1.0.0", server: nil)
}

extension KeptSession {
    /// One whose hash has about so many bytes; all bytes that there are occur.
    static func sample(_ number: Int, size: Int = 2700) -> KeptSession {
        let id = Array("00000000-0000-4000-8000-\(number)".utf8)
        let key = Array("spring:session:sessions:".utf8) + id
        let shadow = Array("spring:session:sessions:expires:".utf8) + id
        let index = Array("spring:session:index:principal:alice".utf8)
        let value = (0..<size / 10).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ number) }
        return KeptSession(
            id: id, key: key, format: "spring", variant: "indexed",
            states: [
                KeyState(
                    key: key, role: .session, content: .hash((0..<10).map { StoredField([UInt8($0)], value) }),
                    expiresAt: 1_767_225_600_123),
                KeyState(key: shadow, role: .shadow, content: .string([]), expiresAt: 1_767_225_300_123),
                KeyState(
                    key: index, role: .principalIndex, content: .shared([SharedMember(id, .inside)]), expiresAt: nil),
            ],
            result: [PlanCondition(shadow, .missing, otherwise: .changed)])
    }

    static func samples(_ count: Int, from first: Int = 0, size: Int = 2700) -> [KeptSession] {
        (first..<first + count).map { sample($0, size: size) }
    }
}

/// The problem that `body` ends with; nil where it does not, or with another error.
func problem(_ body: () throws -> Void) -> ArchiveProblem? {
    do {
        try body()
        return nil
    } catch StorageError.archive(let problem) {
        return problem
    } catch {
        return nil
    }
}
