#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// An SQLite file with exported sessions (docs/exporting-sessions.md).
package final class SessionArchive: SessionExport {
    private let database: SQLiteDatabase
    /// What it was made of; nil while it is made.
    package let origin: ExportOrigin?
    /// Whether all sessions that were meant are in it.
    package private(set) var isComplete: Bool
    /// How many sessions it holds.
    package private(set) var count: Int
    private let find: SQLiteStatement
    private let put: SQLiteStatement
    private let putSet: SQLiteStatement

    /// How many sessions at most are handed out at once, and after how many bytes no more are.
    private static let atOnce: Int64 = 300
    private static let bytesAtOnce = 4 << 20

    private init(_ database: SQLiteDatabase, _ origin: ExportOrigin?, ended: Int64?) throws(StorageError) {
        self.database = database
        self.origin = origin
        isComplete = ended != nil
        count = Int(clamping: try database.integer("SELECT count(*) FROM sessions"))
        find = try SQLiteStatement("SELECT record FROM sessions WHERE key = ?", of: database)
        put = try SQLiteStatement(
            """
            INSERT OR REPLACE INTO sessions (key, id, format, variant, principal, expires, json, record) \
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """, of: database)
        putSet = try SQLiteStatement("INSERT OR REPLACE INTO sets (key, expires) VALUES (?, ?)", of: database)
    }

    /// Makes an archive at `path`, or goes on with the one that the same export has begun there.
    package static func open(_ path: String, for origin: ExportOrigin) throws(StorageError) -> SessionArchive {
        let place = try ExportPlace(path)
        if !place.isEmpty, try !isDatabase(place.path) {
            throw .holdsSomethingElse(place.path, "it is no archive of sessions")
        }
        let database = try SQLiteDatabase(path: place.path, .export)
        try ExportSchema.configure(database)
        // Whoever exports to it has it alone until the end.
        try database.execute("PRAGMA locking_mode=EXCLUSIVE")
        // Also where the program was killed while it made one.
        if try database.integer("PRAGMA page_count") == 0 { try ExportSchema.create(in: database, origin) }
        let (found, ended) = try ExportSchema.check(database)
        guard found.identity == origin.identity else {
            throw .holdsSomethingElse(
                place.path, "it holds another export, of other sessions or by another filter (of \(found.source))")
        }
        return try SessionArchive(database, found, ended: ended)
    }

    /// Opens an archive to be read.
    package static func reading(_ path: String) throws(StorageError) -> SessionArchive {
        let database = try SQLiteDatabase(path: path, .export)
        try ExportSchema.configure(database)
        let (origin, ended) = try ExportSchema.check(database)
        let archive = try SessionArchive(database, origin, ended: ended)
        try archive.checkNumber()
        return archive
    }

    /// One in a temporary file that is gone with the process: for sessions that come in another form.
    package static func temporary(in folder: String) throws(StorageError) -> SessionArchive {
        let database = try SQLiteDatabase.temporary(in: folder, .export) { database throws(StorageError) in
            try ExportSchema.create(in: database, nil)
        }
        return try SessionArchive(database, nil, ended: nil)
    }

    /// Whether a file begins as SQLite's do.
    private static func isDatabase(_ path: String) throws(StorageError) -> Bool {
        try FileBeginning.of(path, count: 16) == FileBeginning.sqlite
    }

    private func checkNumber() throws(StorageError) {
        guard isComplete else { return }
        let expected = try database.integer("SELECT sessions FROM export")
        guard expected == Int64(count) else {
            throw .damagedArchive(database.path, "it had \(expected) sessions and has \(count)", .export)
        }
    }

    // MARK: Writing

    package func write(_ sessions: [ExportedSession]) throws(StorageError) -> Int {
        try write(sessions) { _ in }
    }

    /// Writes those that are new or have changed, and hands them over; all of them or, where it throws, none.
    func write(_ sessions: [ExportedSession], _ body: (ExportedSession) -> Void) throws(StorageError) -> Int {
        var changed: [(session: ExportedSession, isNew: Bool)] = []
        for session in sessions {
            let known = try record(of: session.kept.key)
            if let known, (try? KeptSessionReader.session(of: known))?.isSame(as: session.kept) == true { continue }
            changed.append((session, known == nil))
        }
        guard !changed.isEmpty else { return 0 }
        let added = changed.count { $0.isNew }
        try database.transaction(isDurable: false) { () throws(StorageError) in
            for (session, _) in changed { try put(session) }
            // Where it was complete it is so still: each session in it is at least as new.
            if isComplete { try database.execute("UPDATE export SET sessions = \(count + added)") }
        }
        count += added
        for (session, _) in changed { body(session) }
        return changed.count
    }

    private func put(_ session: ExportedSession) throws(StorageError) {
        let kept = session.kept
        var writer = KeptSessionWriter()
        let record = writer.record(of: kept)
        guard record.count < SQLiteDatabase.longestValue, session.json.count < SQLiteDatabase.longestValue else {
            throw .archive(
                ArchiveProblem(.tooLarge, "a session of \(record.count) bytes is too large for \(database.path)"))
        }
        try put.run(
            .bytes(kept.key), .bytes(kept.id), .text(kept.format), kept.variant.map { .text($0) } ?? .null,
            session.principal.map { .text($0) } ?? .null, Self.time(kept.states.first?.expiresAt),
            .text(String(decoding: session.json, as: UTF8.self)), .bytes(record))
        for state in kept.states {
            // The last that was read of a set that sessions share is how long it lives.
            if case .shared = state.content { try putSet.run(.bytes(state.key), Self.time(state.expiresAt)) }
        }
    }

    private static func time(_ time: Int64?) -> SQLiteValue { time.map { .integer($0) } ?? .null }

    private func record(of key: [UInt8]) throws(StorageError) -> [UInt8]? {
        var record: [UInt8]?
        try find.rows(.bytes(key)) { () throws(StorageError) in
            record = find.bytes(0)
            return false
        }
        return record
    }

    package func finish(at milliseconds: Int64) throws(StorageError) {
        let wasWritten = try database.integer("SELECT total_changes()") > 0
        // Given again where nothing has changed, it writes nothing.
        guard !isComplete || wasWritten else { return }
        try database.transaction { () throws(StorageError) in
            try database.execute("UPDATE export SET ended = \(milliseconds), sessions = \(count)")
        }
        isComplete = true
    }

    // MARK: Reading

    /// Hands over all sessions, some at a time; `body` returns false to stop.
    package func forEach(_ body: ([KeptSession]) throws -> Bool) throws {
        var last: Int64 = 0
        var sessions = try next(after: &last)
        while !sessions.isEmpty, try body(sessions) { sessions = try next(after: &last) }
    }

    private func next(after last: inout Int64) throws(StorageError) -> [KeptSession] {
        let select = try SQLiteStatement(
            "SELECT number, key, record FROM sessions WHERE number > ? ORDER BY number LIMIT \(Self.atOnce)",
            of: database)
        var sessions: [KeptSession] = []
        var bytes = 0
        var number = last
        try select.rows(.integer(last)) { () throws(StorageError) in
            guard let found = select.integer(0), let key = select.bytes(1), let record = select.bytes(2) else {
                throw .damagedArchive(database.path, "a session behind number \(number) is none", .export)
            }
            number = found
            bytes += record.count
            sessions.append(try session(record, key, number))
            return bytes < Self.bytesAtOnce
        }
        last = number
        return sessions
    }

    private func session(_ record: [UInt8], _ key: [UInt8], _ number: Int64) throws(StorageError) -> KeptSession {
        let reason: String
        do throws(RecordFault) {
            let session = try KeptSessionReader.session(of: record)
            if session.key == key, session.states.first?.key == key { return session }
            reason = "it has two keys"
        } catch {
            reason = "byte \(error.offset): \(error.reason)"
        }
        throw .damagedArchive(database.path, "session \(number) is not as it was written (\(reason))", .export)
    }

    /// Hands over the sets that sessions share, with the time at which each expires; nil for never.
    package func forEachSet(_ body: ([UInt8], Int64?) throws -> Void) throws {
        var sets: [([UInt8], Int64?)] = []
        var last: [UInt8] = []
        let select = try SQLiteStatement(
            "SELECT key, expires FROM sets WHERE key > ? ORDER BY key LIMIT \(Self.atOnce)", of: database)
        repeat {
            sets.removeAll()
            try select.rows(.bytes(last)) { () throws(StorageError) in
                guard let key = select.bytes(0) else {
                    throw .damagedArchive(database.path, "a set has no key", .export)
                }
                sets.append((key, select.integer(1)))
                return true
            }
            for (key, end) in sets { try body(key, end) }
            last = sets.last?.0 ?? []
        } while !sets.isEmpty
    }
}
