/// Keys in the order in which they came: some in memory, more in a temporary file that is gone with the process.
package final class KeySpool {
    /// Bytes that are held in memory.
    private static let bytesInMemory = 1 << 20
    private let folder: String
    private var held: [UInt8] = []
    private var file: UnnamedFile?
    /// How many keys it holds.
    package private(set) var count = 0

    /// - Parameter folder: where the temporary file is made, if one is needed.
    package init(folder: String) { self.folder = folder }

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
        if file == nil { file = try UnnamedFile(folder: folder) }
        try file?.append(&held)
    }

    private func piece(at offset: Int) throws(StorageError) -> [UInt8] {
        guard let file, offset < file.count else { return [] }
        return try file.read(offset..<min(offset + (1 << 18), file.count))
    }
}
