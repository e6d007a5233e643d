import Sessions

/// Sorted entries in a temporary file.
final class SortedRuns {
    private let file: UnnamedFile
    private var ends: [Int] = []

    init(folder: String) throws(StorageError) { file = try UnnamedFile(folder: folder) }

    var count: Int { ends.count }

    /// Writes one run.
    func append(_ entries: [SessionSorter.Entry]) throws(StorageError) {
        var buffer: [UInt8] = []
        for entry in entries {
            RunCoding.append(entry, to: &buffer)
            if buffer.count >= 1 << 16 { try file.append(&buffer) }
        }
        try file.append(&buffer)
        ends.append(file.count)
    }

    /// One for each run.
    func readers() -> [RunReader] {
        zip([0] + ends, ends).map { RunReader(file: file, range: $0..<$1) }
    }
}

/// Reads one run from its start.
struct RunReader {
    private let file: UnnamedFile
    private var left: Range<Int>
    private var buffer: [UInt8] = []
    private var position = 0

    init(file: UnnamedFile, range: Range<Int>) {
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
