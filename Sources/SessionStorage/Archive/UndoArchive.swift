/// What sessions were before they were changed, kept in an SQLite file until `undo` asks for it or it is too old.
///
/// A batch of sessions is written, and synced to the disk, before the first command is sent that changes one of them:
///
/// ```swift
/// let archive = try UndoArchive.open(environment: environment)
/// let change = try archive.begin(origin, at: now)
/// let places = try archive.keep(sessions, of: change)      // then the commands are sent
/// try archive.record(outcomes, from: places.lowerBound, of: change)
/// try archive.finish(change, isComplete: true, at: now)
/// ```
///
/// For one thread at a time. Several processes may have it open: one writes at a time, others read what was complete before.
package final class UndoArchive {
    let database: SQLiteDatabase
    let file: ArchiveFile
    /// The changes that were begun here and are not finished.
    var running: [Int64: RunningChange] = [:]
    var writer = KeptSessionWriter()
    private var statements: [String: SQLiteStatement] = [:]

    /// A change that is being made.
    struct RunningChange {
        var row: ChangeRow
        let mark: RunningMark
    }

    /// The file, for messages.
    package var path: String { file.path }

    /// Opens the archive of the user whose environment this is, and makes it where there is none.
    ///
    /// - Throws: ``StorageError/archive(_:)`` where the file is damaged, newer, of somebody else, or may be read by others: nothing of
    ///   it has been used then.
    package static func open(environment: [String: String]) throws(StorageError) -> UndoArchive {
        let folder = try ArchiveFile.folder(environment: environment)
        try ArchiveFile.makeFolder(folder)
        guard let file = try ArchiveFile(existing: folder) else {
            throw .archive(
                ArchiveProblem(.failed, "the folder \(folder) of the undo archive was taken away; try again"))
        }
        if try file.size() == nil {
            try file.make { path throws(StorageError) in try ArchiveSchema.create(in: try SQLiteDatabase(path: path)) }
        }
        guard let archive = try UndoArchive(file) else {
            throw .archive(ArchiveProblem(.failed, "the undo archive \(file.path) was taken away; try again"))
        }
        return archive
    }

    /// Opens the archive if there is one; makes nothing.
    package static func openExisting(environment: [String: String]) throws(StorageError) -> UndoArchive? {
        guard let file = try ArchiveFile(existing: try ArchiveFile.folder(environment: environment)) else { return nil }
        return try UndoArchive(file)
    }

    /// Nil where there is no file.
    init?(
        _ file: ArchiveFile, patienceMilliseconds: Int32 = SQLiteDatabase.patienceMilliseconds
    ) throws(StorageError) {
        guard let size = try file.size() else { return nil }
        // An archive gets its name when it is complete: SQLite would take an empty file for a new one.
        guard size > 0 else { throw .damagedArchive(file.path, "it is empty") }
        self.file = file
        database = try SQLiteDatabase(path: file.path, patienceMilliseconds: patienceMilliseconds)
        try ArchiveSchema.configure(database)
        try ArchiveSchema.check(database, size: size)
    }

    /// Each statement is prepared once.
    func statement(_ sql: String) throws(StorageError) -> SQLiteStatement {
        if let statement = statements[sql] { return statement }
        let statement = try SQLiteStatement(sql, of: database)
        statements[sql] = statement
        return statement
    }
}
