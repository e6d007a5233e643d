#if canImport(Darwin)
    import Darwin

    private let systemRead = Darwin.pread
    private let systemWrite = Darwin.write
#else
    import Glibc

    private let systemRead = Glibc.pread
    private let systemWrite = Glibc.write
#endif

private func openedForWriting(_ path: String) -> Int32 { open(path, O_RDWR | O_APPEND | O_NOFOLLOW | O_CLOEXEC) }

/// A file with a token in each line, mode 0600: whoever has a token is its user. It is gone on with, and never written over.
package final class TokenFile {
    /// The folder with all links followed, and the name of the file behind it.
    package let path: String
    /// Whether no token was in it when it was opened.
    package let isNew: Bool
    private let descriptor: Int32
    /// Bytes that are in it, as far as this process knows.
    private var size: off_t = 0

    /// Makes the file, or opens one that has tokens. A line that was not written to its end is taken away.
    ///
    /// - Throws: `StorageError.archive` where others may read it, it is no regular file, something else is in it, or it is being written.
    package init(_ name: String) throws(StorageError) {
        let place = try ExportPlace(name, .tokens)
        path = place.path
        descriptor = openedForWriting(place.path)
        guard descriptor >= 0 else { throw .archiveSystem("cannot open", place.path, code: errno, .tokens) }
        // From here on all is set, so that what is thrown closes the file as well.
        isNew = place.isEmpty
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw .archive(ArchiveProblem(.busy, "\(path) is being written by another sessionctl"))
        }
        if !isNew { try requireTokens() }
        try cutOff()
    }

    deinit { if descriptor >= 0 { RunningMark.release(descriptor) } }

    /// Adds lines, each with its line feed; they are on the disk when it returns.
    ///
    /// - Throws: `StorageError.tokenFile` where there is no room, or the system refuses; of what was added a part may be there.
    package func append(_ lines: [UInt8]) throws(StorageError) {
        var written = 0
        while written < lines.count {
            let done = lines[written...].withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
            if done < 0, errno == EINTR { continue }
            guard done > 0 else { throw failure("cannot write") }
            written += done
        }
        // Some file systems cannot sync, and say EINVAL.
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw failure("cannot sync") }
        size += off_t(lines.count)
        try requireWhole()
    }

    /// Throws where the file is not what was written any more: it was deleted, emptied, or another has its name.
    package func requireWhole() throws(StorageError) {
        var (own, named) = (stat(), stat())
        guard fstat(descriptor, &own) == 0, lstat(path, &named) == 0, own.st_ino == named.st_ino,
            own.st_dev == named.st_dev, own.st_size == size
        else {
            throw .tokenFile(
                ArchiveProblem(
                    .failed,
                    "\(path) was deleted, replaced or changed while tokens were written to it: put back what is lost of it; sessions that were "
                        + "copied get their tokens again with --anew"))
        }
    }

    private func failure(_ what: String) -> StorageError {
        guard case .archive(let problem) = StorageError.archiveSystem(what, path, code: errno, .tokens) else {
            return .interrupted
        }
        return .tokenFile(problem)
    }

    /// Whatever else is in a file is never added to.
    private func requireTokens() throws(StorageError) {
        let start = Self.lineStart
        let first = bytes(start.count, at: 0)
        guard start.starts(with: first) else {
            throw .archive(
                ArchiveProblem(
                    .unsafe, "\(path) is there already, and holds no tokens of a migration; give another name"))
        }
    }

    /// How each line begins.
    package static let lineStart = Array(#"{"sid":""#.utf8)

    /// Takes away what is behind the last line feed.
    private func cutOff() throws(StorageError) {
        var end = lseek(descriptor, 0, SEEK_END)
        while end > 0 {
            let start = max(0, end - 65_536)
            let block = bytes(Int(end - start), at: start)
            guard !block.isEmpty else { break }
            if let place = block.lastIndex(of: UInt8(ascii: "\n")) {
                end = start + off_t(place) + 1
                break
            }
            end = start
        }
        guard end >= 0, ftruncate(descriptor, end) == 0 else {
            throw .archiveSystem("cannot write", path, code: errno, .tokens)
        }
        size = end
    }

    private func bytes(_ count: Int, at offset: off_t) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let done = bytes.withUnsafeMutableBytes { systemRead(descriptor, $0.baseAddress, $0.count, offset) }
        return Array(bytes.prefix(max(0, done)))
    }
}
