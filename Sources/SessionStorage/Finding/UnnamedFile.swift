#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A temporary file: mode 0600, and without a name as soon as it is open, so that it is gone with the process however that ends.
final class UnnamedFile {
    private let descriptor: Int32
    /// How many bytes were written.
    private(set) var count = 0

    init(folder: String) throws(StorageError) {
        var template = Array((folder + "/sessionctl-XXXXXX").utf8CString)
        descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw Self.failed("no temporary file in \(folder)") }
        unlink(template)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }

    deinit { close(descriptor) }

    /// Writes all of `buffer` behind what is there, and empties it.
    func append(_ buffer: inout [UInt8]) throws(StorageError) {
        var written = 0
        while written < buffer.count {
            let done = buffer[written...].withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, off_t(count)) }
            if done < 0, errno == EINTR { continue }
            guard done > 0 else { throw Self.failed("the temporary file cannot be written") }
            written += done
            count += done
        }
        buffer.removeAll(keepingCapacity: true)
    }

    /// The bytes at `range`, which were written before.
    func read(_ range: Range<Int>) throws(StorageError) -> [UInt8] {
        var count = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: range.count) { buffer, filled in
            while count < range.count {
                let got = pread(
                    descriptor, buffer.baseAddress?.advanced(by: count), range.count - count,
                    off_t(range.lowerBound + count))
                if got < 0, errno == EINTR { continue }
                guard got > 0 else { break }
                count += got
            }
            filled = count
        }
        guard count == range.count else { throw Self.failed("the temporary file cannot be read") }
        return bytes
    }

    private static func failed(_ what: String) -> StorageError {
        .temporaryFile(what + ": " + String(cString: strerror(errno)))
    }
}
