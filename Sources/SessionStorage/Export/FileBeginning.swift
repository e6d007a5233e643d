#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The first bytes of files, by which they are told apart.
package enum FileBeginning {
    /// Of every SQLite file.
    package static let sqlite = Array("SQLite format 3\u{0}".utf8)
    /// Of every RDB file.
    package static let rdb = Array("REDIS".utf8)

    /// As many bytes as there are, up to `count`.
    package static func of(_ path: String, count: Int) throws(StorageError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unreadable(path) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else {
            throw .archive(ArchiveProblem(.failed, "'\(path)' is a folder"))
        }
        var bytes = [UInt8](repeating: 0, count: count)
        let found = pread(descriptor, &bytes, count, 0)
        guard found >= 0 else { throw unreadable(path) }
        return Array(bytes.prefix(found))
    }

    private static func unreadable(_ path: String) -> StorageError {
        .archive(ArchiveProblem(.failed, "'\(path)' cannot be read: \(SystemReason.text(errno))"))
    }
}
