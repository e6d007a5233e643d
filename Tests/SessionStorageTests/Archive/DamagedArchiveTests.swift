import Foundation
import Sessions
import TestSupport
import Testing

@testable import SessionStorage

/// Files that are not as they were written: refused, or whole. Never is a part of a change taken for all of it.
struct DamagedArchiveTests {
    private let kept = [
        KeptSession.samples(40), KeptSession.samples(25, from: 40), KeptSession.samples(2, size: 70_000),
    ]

    /// That the archive is refused, by an error that names it and says how to go on, or holds exactly what was kept.
    ///
    /// - Returns: whether it was refused.
    private func isRefused(_ folder: ArchiveFolder, _ what: String) throws -> Bool {
        do {
            let found = try folder.everything()
            #expect(found == kept, "\(what)")
            return false
        } catch StorageError.archive(let problem) {
            #expect(problem.description.contains(folder.path), "\(what): \(problem)")
            #expect(problem.description.contains("--no-undo"), "\(what): \(problem)")
            return true
        }
    }

    @Test func isRefusedWhereverItIsCut() throws {
        let folder = try ArchiveFolder()
        try folder.fill(kept)
        let bytes = try folder.bytes()
        let pages = Array(stride(from: 0, to: bytes.count, by: ArchiveSchema.pageSize))
        #expect(pages.count > 10)
        let odd = pages.flatMap { [$0 + 1, $0 + 99, $0 + 8000] } + [bytes.count - 1, bytes.count - 200]
        for length in pages + odd {
            try folder.replace(bytes[..<length])
            let refused = try isRefused(folder, "\(length) of \(bytes.count) bytes")
            // Of the last page the end may be empty.
            if length <= bytes.count - ArchiveSchema.pageSize { #expect(refused, "\(length) of \(bytes.count) bytes") }
        }
        try folder.replace(bytes)
        #expect(try isRefused(folder, "whole") == false)
    }

    /// What SQLite has not yet put into the file itself is lost by whole batches.
    @Test func aCutLogLosesWholeBatches() throws {
        let folder = try ArchiveFolder()
        let archive = try folder.open()
        let change = try archive.begin(.sample, at: 0)
        for batch in 0..<5 { _ = try archive.keep(KeptSession.samples(10, from: batch * 10), of: change) }
        let file = try folder.bytes()
        let log = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder.path + "-wal")))
        let other = try ArchiveFolder()
        mkdir(other.folder, 0o700)
        var seen: Set<Int> = []
        for length in Array(stride(from: 0, to: log.count, by: 3001)) + [log.count] {
            try other.replace(file)
            try Data(log[..<length]).write(to: URL(fileURLWithPath: other.path + "-wal"))
            chmod(other.path + "-wal", 0o600)
            let found = try other.everything().first ?? []
            #expect(found.count % 10 == 0)
            #expect(found == KeptSession.samples(found.count))
            seen.insert(found.count)
        }
        #expect(seen == [0, 10, 20, 30, 40, 50])
    }

    @Test func changedBytesAreNoticed() throws {
        var random = SeededRandom(for: "changed bytes of an archive")
        let folder = try ArchiveFolder()
        try folder.fill(kept)
        let bytes = try folder.bytes()
        var refused = 0
        // The first page, byte by byte where it says what the file is, and everywhere else by chance.
        let places = Array(0..<100) + (0..<150).map { _ in Int.random(in: 100..<bytes.count, using: &random) }
        for place in places {
            var changed = bytes
            changed[place] ^= UInt8.random(in: 1...255, using: &random)
            try folder.replace(changed)
            if try isRefused(folder, "byte \(place)") { refused += 1 }
        }
        #expect(refused > 80)
    }

    @Test func garbageIsRefused() throws {
        let folder = try ArchiveFolder()
        try folder.fill(kept)
        let bytes = try folder.bytes()
        for length in [16, 100, ArchiveSchema.pageSize] {
            try folder.replace(bytes.enumerated().map { $0 < length ? UInt8(truncatingIfNeeded: $0 &* 31) : $1 })
            #expect(try isRefused(folder, "garbage of \(length)"))
        }
        try folder.replace(Array("no database at all, but a text".utf8))
        #expect(try isRefused(folder, "text"))
        // Another page size than that of its pages.
        var wrong = bytes
        (wrong[16], wrong[17]) = (0x10, 0)
        try folder.replace(wrong)
        #expect(try isRefused(folder, "page size"))
        try folder.replace([])
        #expect(try isRefused(folder, "empty"))
        #expect(problem { _ = try folder.open() }?.kind == .damaged)
    }

    @Test func anotherVersionIsRefused() throws {
        let folder = try ArchiveFolder()
        try folder.fill(kept)
        try folder.execute("PRAGMA user_version=3")
        let found = try #require(problem { _ = try folder.open() })
        #expect(found.kind == .newer)
        #expect(found.description.contains("version 3"))
        try folder.execute("PRAGMA user_version=0")
        #expect(problem { _ = try folder.open() }?.kind == .damaged)
        // Its tables are those of version 2.
        try folder.execute("PRAGMA user_version=1")
        #expect(problem { _ = try folder.open() }?.kind == .damaged)
        try folder.execute("PRAGMA user_version=2", "PRAGMA application_id=7")
        #expect(problem { _ = try folder.open() }?.description.contains("no undo archive of sessionctl") == true)
    }

    /// Version 1 knew of no servers: what it kept is taken back as ever, and what follows names its server.
    @Test func theFirstVersionIsBroughtToThisOne() throws {
        let folder = try ArchiveFolder()
        try folder.fill(kept)
        let before = try folder.open().changes()
        try folder.execute("ALTER TABLE changes DROP COLUMN server", "PRAGMA user_version=1")
        let archive = try folder.open()
        #expect(try archive.changes() == before && before.allSatisfy { $0.origin.server == nil } && !before.isEmpty)
        #expect(try before.reversed().map { try archive.all(of: $0.number).map(\.session) } == kept)
        var origin = ArchivedChange.Origin.sample
        origin.server = "run replication"
        let number = try archive.begin(origin, at: 1)
        #expect(try folder.open().change(number)?.origin.server == "run replication")
        #expect(try archive.database.integer("PRAGMA user_version") == 2)
    }

    @Test(arguments: [
        "DROP TABLE sessions", "DROP TABLE outcomes", "DROP TABLE changes", "ALTER TABLE sessions ADD COLUMN more",
        "CREATE VIEW more AS SELECT 1", "CREATE INDEX more ON sessions (id)",
        "CREATE TRIGGER more AFTER INSERT ON outcomes BEGIN DELETE FROM sessions; END",
    ]) func otherTablesAreRefused(_ sql: String) throws {
        let folder = try ArchiveFolder()
        try folder.fill(kept)
        try folder.execute(sql)
        #expect(problem { _ = try folder.open() }?.kind == .damaged)
    }

    /// Values of every type and size in every column, in a file that is sound otherwise.
    @Test func foreignValuesAreRefused() throws {
        let values = [
            "-1", "9223372036854775807", "-9223372036854775808", "1.5", "'text'", "x'00ff'", "zeroblob(100000)", "''",
            "x''",
            "CAST(x'ff' AS TEXT)",
        ]
        let columns = [
            "changes": [
                "began", "ended", "state", "command", "endpoint", "database", "version", "sessions", "bytes",
                "checksum",
            ],
            "sessions": ["number", "id", "record"], "outcomes": ["session", "outcome", "undone"],
        ]
        let whole = try ArchiveFolder()
        try whole.fill(kept)
        let bytes = try whole.bytes()
        var refused = 0
        for (table, names) in columns {
            for name in names {
                for value in values {
                    let folder = try ArchiveFolder()
                    mkdir(folder.folder, 0o700)
                    try folder.replace(bytes)
                    let row = table == "changes" ? "number = 2" : "rowid = 2 << 32"
                    // A row number can be nothing but a number.
                    guard (try? folder.execute("UPDATE \(table) SET \(name) = \(value) WHERE \(row)")) != nil else {
                        continue
                    }
                    if try isRefused(folder, "\(table).\(name) = \(value)") { refused += 1 }
                }
            }
        }
        #expect(refused > 100)
    }

    @Test func missingAndAddedRowsAreNoticed() throws {
        for sql in [
            "DELETE FROM sessions WHERE number = 2 << 32", "DELETE FROM sessions WHERE number = (2 << 32) + 24",
            "DELETE FROM sessions", "UPDATE sessions SET record = (SELECT record FROM sessions WHERE number = 1 << 32)",
        ] {
            let folder = try ArchiveFolder()
            try folder.fill(kept)
            try folder.execute(sql)
            #expect(try isRefused(folder, sql))
        }
    }
}
