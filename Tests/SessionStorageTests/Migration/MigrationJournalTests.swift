import TestSupport
import Testing

@testable import Redis
@testable import SessionStorage

/// What a migration remembers of itself.
struct MigrationJournalTests {
    static let key = Array("session".utf8)

    static func step(_ version: String) -> MigrationJournal.Step {
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

    // MARK: What is written and not read back

    private static func entry(_ journal: MigrationJournal) throws -> MigrationJournal.Entry {
        try #require(try journal.entries(of: [key])[key])
    }

    @Test func whatIsWrittenIsKnownBeforeItIsReadBack() throws {
        let home = try TemporaryDirectory()
        let (one, two, three) = (Self.step("1"), Self.step("2"), Self.step("3"))
        do {
            let journal = try Self.journal(home)
            try journal.begin([(Self.key, one)])
            #expect(try Self.entry(journal).answered == nil)
            try journal.noteWritten([(Self.key, one)])
            try journal.begin([(Self.key, two)])
        }
        do {
            let journal = try Self.journal(home)
            let entry = try Self.entry(journal)
            #expect(entry.done == nil && entry.answered == one && !entry.isDone(one))
            #expect(entry.wrote(one.target) && entry.wrote(two.target) && entry.wrote(one.target, of: one.source))
            try journal.finish([(Self.key, two)])
            try journal.begin([(Self.key, three)])
            try journal.noteWritten([(Self.key, three)])
        }
        let journal = try Self.journal(home)
        let entry = try Self.entry(journal)
        #expect(entry.done == two && entry.written == three && entry.answered == three && !entry.isDone(two))
        #expect(entry.wrote(two.target) && entry.wrote(three.target) && !entry.wrote(one.target))
        try journal.finish([(Self.key, three)])
        let after = try Self.entry(journal)
        #expect(after.done == three && after.written == nil && after.isDone(three) && !after.wrote(two.target))
    }

    /// The rows of a session that is begun, written and read back are one.
    @Test func aStepTakesOneRow() throws {
        let home = try TemporaryDirectory()
        let step = [(key: Self.key, step: Self.step("1"))]
        let journal = try Self.journal(home)
        try journal.begin(step)
        for _ in 0..<2 { try journal.noteWritten(step) }
        for _ in 0..<2 { try journal.finish(step) }
        try journal.noteWritten(step)
        #expect(try Self.database(home).integer("SELECT count(*) FROM steps_1") == 1)
        #expect(try Self.database(home).integer("SELECT done FROM steps_1") == 1)
        #expect(try Self.entry(journal).isDone(Self.step("1")))
    }

    /// What was at the target when somebody looked, and was never begun.
    @Test func whatWasThereAlreadyIsNotedAsWell() throws {
        let home = try TemporaryDirectory()
        let step = [(key: Self.key, step: Self.step("1"))]
        let journal = try Self.journal(home)
        try journal.noteWritten(step)
        #expect(try Self.entry(journal).answered == Self.step("1"))
        try journal.finish(step)
        #expect(try Self.database(home).integer("SELECT count(*) FROM steps_1") == 1)
        #expect(try Self.entry(journal).isDone(Self.step("1")))
    }

    /// What stays at the target is noted once, until something is written there.
    @Test func whatWasFoundThereIsNoted() throws {
        let home = try TemporaryDirectory()
        let (found, other) = (Self.step("1"), Self.step("2"))
        for _ in 0..<2 {
            let journal = try Self.journal(home)
            _ = try journal.entries(of: [Self.key])
            for _ in 0..<2 { try journal.noteSeen([(Self.key, found)]) }
            let entry = try Self.entry(journal)
            #expect(entry.seen == found && entry.answered == nil && !entry.wrote(found.target))
        }
        #expect(try Self.database(home).integer("SELECT count(*) FROM steps_1") == 1)
        let journal = try Self.journal(home)
        #expect(try Self.entry(journal).seen == found)
        try journal.begin([(Self.key, other)])
        #expect(try Self.entry(journal).seen == found)
        try journal.noteWritten([(Self.key, other)])
        #expect(try Self.entry(journal).seen == nil)
        // Who misses it at the target knows as much already.
        try journal.noteSeen([(Self.key, other)])
        #expect(try Self.entry(journal).seen == nil)
        try journal.noteSeen([(Self.key, found)])
        #expect(try Self.entry(journal).seen == found && Self.entry(journal).answered == other)
        try journal.finish([(Self.key, other)])
        #expect(try Self.entry(journal).seen == nil && Self.entry(journal).isDone(other))
    }

    /// What was begun before it was found there keeps its row.
    @Test func whatWasBegunAndIsFoundThereIsKnown() throws {
        let home = try TemporaryDirectory()
        let (begun, found) = (Self.step("1"), Self.step("2"))
        do {
            let journal = try Self.journal(home)
            try journal.begin([(Self.key, begun)])
            try journal.noteSeen([(Self.key, found)])
            try journal.finish([(Self.key, begun)])
        }
        let entry = try Self.entry(try Self.journal(home))
        #expect(entry.done == begun && entry.seen == nil)
        #expect(try Self.database(home).integer("SELECT count(*) FROM steps_1") == 3)
    }

    @Test func aStateThatIsNoneIsDamage() throws {
        let home = try TemporaryDirectory()
        try Self.journal(home).begin([(Self.key, Self.step("1"))])
        try Self.database(home).execute("UPDATE steps_1 SET done = 5")
        let error = #expect(throws: StorageError.self) { try Self.journal(home).entries(of: [Self.key]) }
        #expect(
            error.map { "\($0)".contains("the entry of a session is none") } == true, "\(String(describing: error))")
    }

    /// The file of the journal, behind its back.
    private static func database(_ home: TemporaryDirectory) throws -> SQLiteDatabase {
        let folder = try ArchiveFile.folder(environment: ["XDG_STATE_HOME": home.path], .migrations)
        let file = try #require(try ArchiveFile(existing: folder, .migrations))
        return try SQLiteDatabase(path: file.path, .migrations)
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
            try MigrationJournal.existing(identity: identity, environment: environment, now: 0) != nil
        }
        // Who only looks forgets nothing, and takes for forgotten what a run would forget.
        for (day, isKnown) in [(Int64(91), true), (92, false)] {
            let old = try MigrationJournal.existing(
                identity: "old", environment: environment, now: day * 86_400_000)
            #expect((old != nil) == isKnown)
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
        #expect(
            try MigrationJournal.existing(identity: "job", environment: ["XDG_STATE_HOME": home.path], now: 1) != nil)
        _ = try MigrationJournal.open(identity: "other", environment: ["XDG_STATE_HOME": home.path], now: 1)
        withExtendedLifetime(first) {}
    }

    // MARK: The place in the scan

    private static func server(_ run: String) -> ServerIdentity? {
        ServerIdentity(ServerInfo(parsing: "run_id:\(run)\nmaster_replid:1\n"))
    }

    @Test func aPlaceIsGoodWithTheProcessThatGaveIt() throws {
        let home = try TemporaryDirectory()
        let (one, other) = (Self.server("one"), Self.server("other"))
        let place = ScanCursor(1 << 63 | 5)
        #expect(try Self.journal(home).place(on: one) == nil)
        try Self.journal(home).keep(place, on: one)
        let journal = try Self.journal(home)
        #expect(try journal.place(on: one) == place)
        #expect(try journal.place(on: other) == nil && journal.place(on: nil) == nil)
        try journal.keep(ScanCursor(3), on: other)
        #expect(try journal.place(on: one) == nil && journal.place(on: other) == ScanCursor(3))
        // Of a server that does not say which one it is no place is good.
        try journal.keep(ScanCursor(4), on: nil)
        #expect(try journal.place(on: other) == nil)
        let second = try MigrationJournal.open(
            identity: "other", environment: ["XDG_STATE_HOME": home.path], now: 1)
        #expect(try second.place(on: other) == nil)
    }

    @Test func aJobThatIsCompleteHasNoPlace() throws {
        let home = try TemporaryDirectory()
        let server = Self.server("one")
        try Self.journal(home).keep(ScanCursor(5), on: server)
        try Self.journal(home).keep(nil, on: server)
        #expect(try Self.journal(home).place(on: server) == nil)
    }

    // MARK: Versions

    /// A journal as version 2, 3 or 4 wrote it, with a job and a session.
    static func write(version: Int, _ home: TemporaryDirectory) throws -> SQLiteDatabase {
        let environment = ["XDG_STATE_HOME": home.path]
        let folder = try ArchiveFile.folder(environment: environment, .migrations)
        try ArchiveFile.makeFolder(folder, .migrations)
        let file = try #require(try ArchiveFile(existing: folder, .migrations))
        try file.make { path throws(StorageError) in
            let database = try SQLiteDatabase(path: path, .migrations)
            try database.execute("PRAGMA auto_vacuum=INCREMENTAL")
            let place = version == 2 ? "" : ", run TEXT, cursor INTEGER"
            for sql in [
                "CREATE TABLE jobs (number INTEGER PRIMARY KEY AUTOINCREMENT, identity TEXT NOT NULL UNIQUE, began INTEGER NOT NULL\(place))",
                "PRAGMA application_id=1935897709", "PRAGMA user_version=\(version)", "PRAGMA journal_mode=WAL",
                "INSERT INTO jobs (number, identity, began) VALUES (7, 'job', 1)",
                "CREATE TABLE steps_7 (number INTEGER PRIMARY KEY, key BLOB NOT NULL, source BLOB NOT NULL, "
                    + "source_end INTEGER, target BLOB NOT NULL, target_end INTEGER, done INTEGER NOT NULL)",
            ] { try database.execute(sql) }
            let put = try SQLiteStatement("INSERT INTO steps_7 VALUES (1, ?, ?, 1, ?, NULL, 1)", of: database)
            let step = step("1")
            try put.run(.bytes(key), .bytes(step.source.digest), .bytes(step.target.digest))
        }
        return try SQLiteDatabase(path: file.path, .migrations)
    }

    @Test(arguments: [2, 3, 4]) func aVersionBeforeIsBroughtToThisOne(_ version: Int) throws {
        let home = try TemporaryDirectory()
        let database = try Self.write(version: version, home)
        // Who only looks leaves it as it is.
        let looking = try #require(
            try MigrationJournal.existing(identity: "job", environment: ["XDG_STATE_HOME": home.path], now: 1))
        #expect(try looking.entries(of: [Self.key])[Self.key]?.done == Self.step("1"))
        #expect(try looking.place(on: Self.server("one")) == nil)
        #expect(try database.integer("PRAGMA user_version") == Int64(version))
        for _ in 0..<2 {
            let journal = try Self.journal(home)
            #expect(try journal.entries(of: [Self.key])[Self.key]?.done == Self.step("1"))
            try journal.keep(ScanCursor(6), on: Self.server("one"))
            #expect(try journal.place(on: Self.server("one")) == ScanCursor(6))
            try journal.finish([(Array("other".utf8), Self.step("2"))])
            #expect(try journal.entries(of: [Array("other".utf8)])[Array("other".utf8)]?.done == Self.step("2"))
        }
        #expect(try database.integer("PRAGMA user_version") == 5)
        try database.execute("PRAGMA user_version=6")
        let error = #expect(throws: StorageError.self) { try Self.journal(home) }
        #expect(error.map { "\($0)".contains("another version") } == true, "\(String(describing: error))")
    }
}
