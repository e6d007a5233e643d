#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Where the undo archive lies, and whether its file can be trusted: whole sessions are in it, so nobody else may read or exchange it.
struct ArchiveFile {
    /// The folder with all links followed, so that one that stands for the file itself is noticed.
    let folder: String
    let kind: ArchiveKind
    var path: String { folder + "/" + kind.fileName }

    /// The folder by the XDG Base Directory Specification: `$XDG_STATE_HOME/sessionctl`, else `$HOME/.local/state/sessionctl`.
    static func folder(
        environment: [String: String], _ kind: ArchiveKind = .undo
    ) throws(StorageError) -> String {
        // A relative path in XDG_STATE_HOME is to be ignored, says the specification.
        if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") { return state + "/sessionctl" }
        guard let home = environment["HOME"], home.hasPrefix("/") else {
            throw .archive(
                ArchiveProblem(
                    .failed,
                    "there is no place for \(kind.title): neither XDG_STATE_HOME nor HOME is an absolute path"
                        + "; set one of them" + (kind == .undo ? "; \(kind.wayOnWithout)" : "")))
        }
        return home + "/.local/state/sessionctl"
    }

    /// Looks at the folder; nil where there is none.
    init?(existing folder: String, _ kind: ArchiveKind = .undo) throws(StorageError) {
        self.kind = kind
        var status = stat()
        guard stat(folder, &status) == 0 else {
            if errno == ENOENT { return nil }
            throw .archiveSystem("cannot look at the folder of \(kind.title)", folder, code: errno, kind)
        }
        try Self.check(status, of: folder, kind)
        guard let real = realpath(folder, nil) else {
            throw .archiveSystem("cannot look at the folder of \(kind.title)", folder, code: errno, kind)
        }
        defer { free(real) }
        self.folder = String(cString: real)
    }

    /// Makes the folder, and those above it, where they are not there: mode 0700.
    static func makeFolder(_ folder: String, _ kind: ArchiveKind = .undo) throws(StorageError) {
        var path = ""
        for part in folder.split(separator: "/") {
            path += "/" + part
            guard mkdir(path, 0o700) == 0 || errno == EEXIST || isFolder(path) else {
                throw .archiveSystem("cannot make the folder of \(kind.title)", path, code: errno, kind)
            }
        }
    }

    /// On a read-only disk, mkdir says so of what is there as well.
    private static func isFolder(_ path: String) -> Bool {
        let code = errno
        defer { errno = code }
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    private static func check(_ status: stat, of folder: String, _ kind: ArchiveKind) throws(StorageError) {
        guard status.st_mode & S_IFMT == S_IFDIR else { throw unsafe(folder, "is no folder; move it away", kind) }
        guard status.st_uid == geteuid() else { throw unsafe(folder, ownerReason(status), kind) }
        guard status.st_mode & 0o022 == 0 else {
            throw unsafe(
                folder, "may be written by others, who could exchange \(kind.title); chmod 700 '\(folder)'", kind)
        }
    }

    /// The size of the file; nil where there is none. The files that SQLite keeps beside it are looked at as well.
    ///
    /// By name, and not by opening: to close a file would take away the locks that SQLite has on it in the same process.
    func size() throws(StorageError) -> Int64? {
        for suffix in ["-wal", "-shm", "-journal"] { _ = try Self.checkedSize(of: path + suffix, kind) }
        return try Self.checkedSize(of: path, kind)
    }

    private static func checkedSize(of path: String, _ archive: ArchiveKind) throws(StorageError) -> Int64? {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            if errno == ENOENT { return nil }
            throw .archiveSystem("cannot look at", path, code: errno, archive)
        }
        let kind = status.st_mode & S_IFMT
        guard kind != S_IFLNK else {
            throw unsafe(path, "is a symbolic link; move it away, or set XDG_STATE_HOME instead", archive)
        }
        guard kind == S_IFREG else { throw unsafe(path, "is no regular file; move it away", archive) }
        guard status.st_uid == geteuid() else { throw unsafe(path, ownerReason(status), archive) }
        guard status.st_mode & 0o077 == 0 else {
            throw unsafe(path, "may be read or written by others; chmod 600 '\(path)'", archive)
        }
        return Int64(status.st_size)
    }

    private static func ownerReason(_ status: stat) -> String {
        "belongs to user \(status.st_uid) and not to \(geteuid()), who runs this; set XDG_STATE_HOME to a folder of your own"
    }

    private static func unsafe(_ path: String, _ reason: String, _ kind: ArchiveKind) -> StorageError {
        .archive(ArchiveProblem(.unsafe, "\(path) \(reason); \(kind.wayOnWithout)"))
    }

    /// Makes the file: `fill` gets the path of an empty one, mode 0600, and what it leaves there gets the archive's name when it is
    /// complete. So a file of this name is never half made, whenever the program is killed; one that another process made first stays.
    func make(fill: (String) throws(StorageError) -> Void) throws(StorageError) {
        var template = Array((folder + "/new-undo-XXXXXX").utf8CString)
        // Mode 0600 whatever the umask (POSIX.1-2008).
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw .archiveSystem("cannot make \(kind.title) in", folder, code: errno, kind) }
        close(descriptor)
        defer { unlink(template) }
        let temporary = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
        try fill(temporary)
        guard link(template, path) == 0 || errno == EEXIST else {
            throw .archiveSystem("cannot make \(kind.title)", path, code: errno, kind)
        }
        try syncFolder()
    }

    /// Else the name might be gone after a power failure, and with it what was synced.
    private func syncFolder() throws(StorageError) {
        let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .archiveSystem("cannot sync", folder, code: errno) }
        defer { close(descriptor) }
        // Some file systems cannot sync a folder, and say EINVAL.
        guard fsync(descriptor) == 0 || errno == EINVAL else {
            throw .archiveSystem("cannot sync", folder, code: errno)
        }
    }

    /// How many bytes the user may still write on the disk.
    func freeBytes() throws(StorageError) -> Int64 {
        var status = statvfs()
        guard statvfs(folder, &status) == 0 else {
            throw .archiveSystem("cannot ask for the room at", folder, code: errno)
        }
        let (bytes, overflow) = UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize))
        return overflow ? .max : Int64(clamping: bytes)
    }
}
