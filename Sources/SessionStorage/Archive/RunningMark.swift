#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A locked file beside the archive for as long as a change runs. The system lets go of the lock when the process ends, however that
/// happens: so a change that was killed is not taken for one that runs.
final class RunningMark {
    private let path: String
    private let descriptor: Int32

    /// - Throws: ``StorageError/archive(_:)`` of the kind `busy` where another process has it.
    init(_ number: Int64, in folder: String, _ kind: ArchiveKind = .undo) throws(StorageError) {
        path = Self.path(number, folder, kind)
        descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .archiveSystem("cannot make", path, code: errno, kind) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            if code == EWOULDBLOCK, kind == .migrations { throw .runsAlready }
            throw .archiveSystem("cannot lock", path, code: code, kind)
        }
    }

    deinit {
        guard descriptor >= 0 else { return }
        unlink(path)
        close(descriptor)
    }

    /// Whether a process has the lock. What one left behind that was killed is taken away.
    static func isHeld(_ number: Int64, in folder: String) -> Bool {
        let path = path(number, folder)
        let descriptor = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC)
        // Who cannot look takes it for one that runs, unless there is none.
        guard descriptor >= 0 else { return errno != ENOENT }
        defer { close(descriptor) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { return true }
        unlink(path)
        return false
    }

    private static func path(_ number: Int64, _ folder: String, _ kind: ArchiveKind = .undo) -> String {
        "\(folder)/\(kind == .undo ? "undo" : "migration")-\(number).running"
    }
}

extension StorageError {
    fileprivate static let runsAlready = StorageError.archive(
        ArchiveProblem(.busy, "the same migration runs already: wait until it is done, or stop it"))
}
