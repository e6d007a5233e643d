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
    package func append(_ key: [UInt8]) throws(StorageError) { try append(FoundSession(key)) }

    /// Adds the key of a session, with when it would have ended.
    package func append(_ found: FoundSession) throws(StorageError) {
        let end = found.isEndless ? .max : found.end ?? .min
        for number in [Int64(found.key.count), end, found.lastAccess ?? .min, found.createdAt ?? .min] {
            withUnsafeBytes(of: number.littleEndian) { held.append(contentsOf: $0) }
        }
        held += found.key
        count += 1
        if held.count > Self.bytesInMemory { try spill() }
    }

    /// Where a key lies.
    package struct Position: Sendable {
        /// How many keys lie before it.
        package let index: Int
        /// How many bytes do.
        fileprivate let offset: Int

        /// That of the first key.
        package static let first = Position(index: 0, offset: 0)
    }

    /// Where the next key will lie.
    package var end: Position { Position(index: count, offset: (file?.count ?? 0) + held.count) }

    /// Hands over the keys, some hundred at a time; `body` returns false to stop.
    package func forEach(_ size: Int, _ body: ([[UInt8]]) throws -> Bool) throws {
        try forEach(size, from: .first, body)
    }

    /// The same from `start` on, and at last what lies before it.
    package func forEach(_ size: Int, from start: Position, _ body: ([[UInt8]]) throws -> Bool) throws {
        for range in [start.offset..<end.offset, 0..<start.offset] {
            guard try forEachFound(size, in: range, { try body($0.map(\.key)) }) else { return }
        }
    }

    /// The same with what the search has found out.
    package func forEachFound(_ size: Int, _ body: ([FoundSession]) throws -> Bool) throws {
        _ = try forEachFound(size, in: 0..<end.offset, body)
    }

    /// Hands over the keys that lie in a range of bytes; whether all of them were wanted.
    private func forEachFound(
        _ size: Int, in range: Range<Int>, _ body: ([FoundSession]) throws -> Bool
    ) throws -> Bool {
        var some: [FoundSession] = []
        var rest: [UInt8] = []
        var offset = range.lowerBound
        while offset < range.upperBound {
            let piece = try piece(offset..<range.upperBound)
            offset += piece.count
            rest += piece
            var start = 0
            while let found = Self.found(in: rest, at: &start) {
                some.append(found)
                if some.count == size {
                    if try !body(some) { return false }
                    some.removeAll()
                }
            }
            rest.removeSubrange(..<start)
        }
        return try some.isEmpty || body(some)
    }

    private static func found(in bytes: [UInt8], at start: inout Int) -> FoundSession? {
        guard bytes.count - start >= numberBytes, let count = Int(exactly: number(in: bytes, at: start)), count >= 0,
            bytes.count - start - numberBytes >= count
        else { return nil }
        let (end, lastAccess) = (number(in: bytes, at: start + 8), number(in: bytes, at: start + 16))
        let createdAt = number(in: bytes, at: start + 24)
        defer { start += numberBytes + count }
        let key = Array(bytes[start + numberBytes..<start + numberBytes + count])
        var found = FoundSession(key, end: [.min, .max].contains(end) ? nil : end)
        found.isEndless = end == .max
        found.lastAccess = lastAccess == .min ? nil : lastAccess
        found.createdAt = createdAt == .min ? nil : createdAt
        return found
    }

    /// Bytes of the four numbers before a key.
    private static let numberBytes = 32

    private static func number(in bytes: [UInt8], at start: Int) -> Int64 {
        Int64(bitPattern: bytes[start..<start + 8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    }

    private func spill() throws(StorageError) {
        if file == nil { file = try UnnamedFile(folder: folder) }
        try file?.append(&held)
    }

    /// The first of the bytes in `range`, which is not empty.
    private func piece(_ range: Range<Int>) throws(StorageError) -> [UInt8] {
        let spilled = file?.count ?? 0
        guard let file, range.lowerBound < spilled else {
            return Array(held[(range.lowerBound - spilled)..<(range.upperBound - spilled)])
        }
        return try file.read(range.lowerBound..<min(range.lowerBound + (1 << 18), spilled, range.upperBound))
    }
}
