#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A locked file beside the archive for as long as a change runs. The system lets go of the lock when the process ends, however that
/// happens: so a change that was killed is not taken for one that runs.
package final class RunningMark {
    private let path: String
    private let descriptor: Int32

    /// - Throws: ``StorageError/archive(_:)`` of the kind `busy` where another process has it.
    convenience init(_ number: Int64, in folder: String, _ kind: ArchiveKind = .undo) throws(StorageError) {
        try self.init(at: Self.path(number, folder, kind), kind, busy: kind == .migrations ? .migrationRuns : nil)
    }

    /// The same of who takes a change back: one at a time does.
    convenience init(undoing number: Int64, in folder: String) throws(StorageError) {
        try self.init(at: Self.undoing(number, folder), .undo, busy: .undoRuns)
    }

    /// The same of who migrates between two stores, in either direction: two at once would take from one what they count on at the other.
    convenience init(between stores: MigrationJournal.Stores, in folder: String) throws(StorageError) {
        let path = "\(folder)/migration-\(min(stores.pair, stores.back)).running"
        try self.init(at: path, .migrations, busy: .otherMigrationRuns)
    }

    private init(at path: String, _ kind: ArchiveKind, busy: StorageError?) throws(StorageError) {
        self.path = path
        // Whoever ends takes the file away: what was opened before that, and locked after it, is nobody's mark.
        while true {
            let found = try Self.locked(path, kind, busy)
            if Self.isAt(path, found) {
                descriptor = found
                return
            }
            Self.release(found)
        }
    }

    deinit {
        unlink(path)
        Self.release(descriptor)
    }

    /// A process that is being started has every descriptor too, until it is: to close this one alone would leave it the lock.
    static func release(_ descriptor: Int32) {
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    /// A descriptor of the file, which is made where it is not there, with the lock. What another process holds stays as it is.
    private static func locked(
        _ path: String, _ kind: ArchiveKind, _ busy: StorageError?
    ) throws(StorageError) -> Int32 {
        let descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .archiveSystem("cannot make", path, code: errno, kind) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            close(descriptor)
            if code == EWOULDBLOCK, let busy { throw busy }
            throw .archiveSystem("cannot lock", path, code: code, kind)
        }
        return descriptor
    }

    /// Whether the file at `path` is the one that is open.
    private static func isAt(_ path: String, _ descriptor: Int32) -> Bool {
        var (named, opened) = (stat(), stat())
        return lstat(path, &named) == 0 && fstat(descriptor, &opened) == 0 && named.st_ino == opened.st_ino
            && named.st_dev == opened.st_dev
    }

    /// Whether a process has the lock. What one left behind that was killed is taken away.
    static func isHeld(_ number: Int64, in folder: String, _ kind: ArchiveKind = .undo) -> Bool {
        isHeld(at: path(number, folder, kind))
    }

    private static func isHeld(at path: String) -> Bool {
        let descriptor = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC)
        // Who cannot look takes it for one that runs, unless there is none.
        guard descriptor >= 0 else { return errno != ENOENT }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            return true
        }
        defer { release(descriptor) }
        // By now another process may have its own there, and that stays.
        guard isAt(path, descriptor) else { return isHeld(at: path) }
        unlink(path)
        return false
    }

    /// Takes away what one left behind that was killed while it took back the change of this number.
    static func clear(undoing number: Int64, in folder: String) { _ = isHeld(at: undoing(number, folder)) }

    private static func undoing(_ number: Int64, _ folder: String) -> String { "\(folder)/undo-\(number).undoing" }

    private static func path(_ number: Int64, _ folder: String, _ kind: ArchiveKind = .undo) -> String {
        "\(folder)/\(kind == .undo ? "undo" : "migration")-\(number).running"
    }
}

extension StorageError {
    fileprivate static let undoRuns = StorageError.archive(
        ArchiveProblem(.busy, "this change is being taken back already: wait until that is done"))

    fileprivate static let migrationRuns = StorageError.archive(
        ArchiveProblem(.busy, "the same migration runs already: wait until it is done, or stop it; nothing was written")
    )

    fileprivate static let otherMigrationRuns = StorageError.archive(
        ArchiveProblem(
            .busy,
            "another migration between these two stores runs: wait until it is done, or stop it; nothing was written"))
}
