#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Keys in the order in which they came: some in memory, more in a temporary file that is gone with the process.
package final class KeySpool {
    /// Bytes that are held in memory.
    private static let bytesInMemory = 1 << 20
    private let folder: String
    private var held: [UInt8] = []
    private var descriptor: Int32 = -1
    private var written = 0
    /// How many keys it holds.
    package private(set) var count = 0

    /// - Parameter folder: where the temporary file is made, if one is needed.
    package init(folder: String) { self.folder = folder }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Adds a key.
    package func append(_ key: [UInt8]) throws(StorageError) {
        withUnsafeBytes(of: UInt64(key.count).littleEndian) { held.append(contentsOf: $0) }
        held += key
        count += 1
        if held.count > Self.bytesInMemory { try spill() }
    }

    /// Hands over the keys, some hundred at a time; `body` returns false to stop.
    package func forEach(_ size: Int, _ body: ([[UInt8]]) throws -> Bool) throws {
        var keys: [[UInt8]] = []
        var rest: [UInt8] = []
        var offset = 0
        var isAtEnd = false
        while !isAtEnd {
            let piece = try piece(at: offset)
            offset += piece.count
            isAtEnd = piece.isEmpty
            rest += isAtEnd ? held : piece
            var start = 0
            while let key = Self.key(in: rest, at: &start) {
                keys.append(key)
                if keys.count == size {
                    if try !body(keys) { return }
                    keys.removeAll()
                }
            }
            rest.removeSubrange(..<start)
        }
        if !keys.isEmpty { _ = try body(keys) }
    }

    private static func key(in bytes: [UInt8], at start: inout Int) -> [UInt8]? {
        guard bytes.count - start >= 8 else { return nil }
        let length = bytes[start..<start + 8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard let count = Int(exactly: length), bytes.count - start - 8 >= count else { return nil }
        defer { start += 8 + count }
        return Array(bytes[start + 8..<start + 8 + count])
    }

    private func spill() throws(StorageError) {
        if descriptor < 0 {
            var template = Array((folder + "/sessionctl-XXXXXX").utf8CString)
            descriptor = mkstemp(&template)
            guard descriptor >= 0 else { throw failed("no temporary file in \(folder)") }
            unlink(template)
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        }
        var done = 0
        while done < held.count {
            let count = held[done...].withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, off_t(written)) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failed("the temporary file cannot be written") }
            done += count
            written += count
        }
        held.removeAll(keepingCapacity: true)
    }

    private func piece(at offset: Int) throws(StorageError) -> [UInt8] {
        guard offset < written else { return [] }
        var buffer = [UInt8](repeating: 0, count: min(1 << 18, written - offset))
        while true {
            let count = buffer.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, off_t(offset)) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failed("the temporary file cannot be read") }
            return Array(buffer[..<count])
        }
    }

    private func failed(_ what: String) -> StorageError {
        .temporaryFile("\(what): \(String(cString: strerror(errno)))")
    }
}
