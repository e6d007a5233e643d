#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The file that an export or tokens go to: whole sessions are in it, so it is one that only its owner can read, and no link to another.
struct ExportPlace {
    /// The folder with all links followed, and the name of the file behind it.
    let path: String
    /// Whether the file is new, or empty.
    let isEmpty: Bool

    /// Makes the file, mode 0600, where there is none; else looks whether it may be gone on with.
    init(_ name: String, _ kind: ArchiveKind = .export) throws(StorageError) {
        let slash = name.lastIndex(of: "/")
        let folder = slash.map { $0 == name.startIndex ? "/" : String(name[..<$0]) } ?? "."
        guard let whole = realpath(folder, nil) else {
            throw .archiveSystem("cannot use the folder", folder, code: errno, kind)
        }
        defer { free(whole) }
        let parent = String(cString: whole)
        let last = slash.map { String(name[name.index(after: $0)...]) } ?? name
        path = (parent == "/" ? "" : parent) + "/" + last
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        if descriptor >= 0 {
            close(descriptor)
            isEmpty = true
            return
        }
        guard errno == EEXIST else { throw .archiveSystem("cannot make", path, code: errno, kind) }
        isEmpty = try Self.size(of: path, kind) == 0
    }

    private static func size(of path: String, _ kind: ArchiveKind) throws(StorageError) -> Int64 {
        var status = stat()
        guard lstat(path, &status) == 0 else { throw .archiveSystem("cannot look at", path, code: errno, kind) }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFLNK: throw unsafe(path, "is a symbolic link", kind)
        case S_IFDIR: throw unsafe(path, "is a folder", kind)
        default: throw unsafe(path, "is no regular file", kind)
        }
        guard status.st_uid == geteuid() else { throw unsafe(path, "belongs to somebody else", kind) }
        guard status.st_mode & 0o077 == 0 else {
            throw unsafe(path, "is there already, and may be read or written by others", kind)
        }
        return Int64(status.st_size)
    }

    private static func unsafe(_ path: String, _ reason: String, _ kind: ArchiveKind) -> StorageError {
        let nothing = kind == .tokens ? "nothing was written" : "nothing was exported"
        return .archive(ArchiveProblem(.unsafe, "\(path) \(reason): \(nothing); \(kind.wayOnWithout)"))
    }
}

extension StorageError {
    /// A file of that name holds something else: it is never written over.
    static func holdsSomethingElse(_ path: String, _ what: String) -> StorageError {
        .archive(
            ArchiveProblem(
                .unsafe, "\(path) is there already, and \(what): nothing was exported; give the export another name"))
    }
}
