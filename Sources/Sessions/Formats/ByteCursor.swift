/// Reads big-endian numbers from bytes of any length, one behind the other; nil where they end.
struct ByteCursor {
    private let bytes: [UInt8]
    private(set) var offset: Int

    init(_ bytes: [UInt8], at offset: Int = 0) {
        self.bytes = bytes
        self.offset = max(0, min(offset, bytes.count))
    }

    /// How many bytes are left.
    var remaining: Int { bytes.count - offset }

    /// The next byte without going on.
    var peek: UInt8? { remaining > 0 ? bytes[offset] : nil }

    mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        guard count >= 0, count <= remaining else { return nil }
        defer { offset += count }
        return bytes[offset..<offset + count]
    }

    /// Whether exactly `expected` comes next; then it is passed over.
    mutating func skip(_ expected: [UInt8]) -> Bool {
        guard bytes.hasPrefix(expected, at: offset) else { return false }
        offset += expected.count
        return true
    }

    mutating func uint8() -> UInt8? { take(1)?.first }

    mutating func uint16() -> Int? { take(2).map { $0.reduce(0) { $0 << 8 | Int($1) } } }

    mutating func int32() -> Int32? {
        take(4).map { Int32(bitPattern: $0.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }) }
    }

    mutating func int64() -> Int64? {
        take(8).map { Int64(bitPattern: $0.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }) }
    }

    /// Bytes behind their length in two bytes.
    mutating func counted() -> [UInt8]? {
        guard let count = uint16(), let bytes = take(count) else { return nil }
        return Array(bytes)
    }
}
