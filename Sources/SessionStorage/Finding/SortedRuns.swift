import Sessions

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Sorted entries in a temporary file: mode 0600, and without a name as soon as it is open, so that it is gone with the
/// process however that ends.
final class SortedRuns {
    private let descriptor: Int32
    private var ends: [Int] = []

    init(folder: String) throws(StorageError) {
        var template = Array((folder + "/sessionctl-XXXXXX").utf8CString)
        descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw Self.failed("no temporary file in \(folder)") }
        unlink(template)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }

    deinit { close(descriptor) }

    var count: Int { ends.count }

    /// Writes one run.
    func append(_ entries: [SessionSorter.Entry]) throws(StorageError) {
        var end = ends.last ?? 0
        var buffer: [UInt8] = []
        for entry in entries {
            RunCoding.append(entry, to: &buffer)
            if buffer.count >= 1 << 16 { try write(&buffer, at: &end) }
        }
        try write(&buffer, at: &end)
        ends.append(end)
    }

    private func write(_ buffer: inout [UInt8], at end: inout Int) throws(StorageError) {
        var written = 0
        while written < buffer.count {
            let count = buffer[written...].withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, off_t(end)) }
            guard count > 0 else {
                if errno == EINTR { continue }
                throw Self.failed("the temporary file cannot be written")
            }
            written += count
            end += count
        }
        buffer.removeAll(keepingCapacity: true)
    }

    fileprivate func read(_ range: Range<Int>) throws(StorageError) -> [UInt8] {
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

    /// One for each run.
    func readers() -> [RunReader] {
        zip([0] + ends, ends).map { RunReader(file: self, range: $0..<$1) }
    }
}

/// Reads one run from its start.
struct RunReader {
    private let file: SortedRuns
    private var left: Range<Int>
    private var buffer: [UInt8] = []
    private var position = 0

    init(file: SortedRuns, range: Range<Int>) {
        self.file = file
        left = range
    }

    /// The next entry, without its session.
    mutating func next() throws(StorageError) -> SessionSorter.Entry? {
        while true {
            if let (entry, length) = RunCoding.entry(in: buffer[position...]) {
                position += length
                return entry
            }
            guard !left.isEmpty else { return nil }
            // Twice as much as before where an entry is longer than the buffer.
            let count = min(left.count, max(1 << 16, buffer.count - position))
            buffer = Array(buffer[position...]) + (try file.read(left.lowerBound..<left.lowerBound + count))
            position = 0
            left = left.lowerBound + count..<left.upperBound
        }
    }
}
