import Redis

/// Names of fields that stand in hash after hash: each is one array for all of them, as long as no other takes its place.
struct SharedNames {
    private static let slots = 64
    private static let longest = 128

    private var names = [[UInt8]](repeating: [], count: slots)

    /// The bytes as an array, made anew only where the name was not there.
    mutating func array(of element: ReplyElement, in replies: borrowing ReplyBatch) -> [UInt8] {
        let bytes = replies.bytes(of: element)
        guard bytes.byteCount >= 8, bytes.byteCount <= Self.longest else { return replies.array(of: element) }
        let slot = Self.slot(of: bytes)
        let known = names[slot]
        if Self.isSame(known.span.bytes, bytes) { return known }
        let name = replies.array(of: element)
        names[slot] = name
        return name
    }

    /// By the length and the last eight bytes: names begin alike.
    private static func slot(of bytes: RawSpan) -> Int {
        let word = bytes.unsafeLoadUnaligned(fromByteOffset: bytes.byteCount &- 8, as: UInt64.self)
        let mixed = (word ^ UInt64(truncatingIfNeeded: bytes.byteCount)) &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: mixed >> 40) & (slots - 1)
    }

    private static func isSame(_ left: RawSpan, _ right: RawSpan) -> Bool {
        guard left.byteCount == right.byteCount else { return false }
        // Eight at a time, the last of them for the second time.
        var offset = left.byteCount &- 8
        while offset > 0 {
            guard isSame(left, right, offset) else { return false }
            offset &-= 8
        }
        return isSame(left, right, 0)
    }

    @inline(__always)
    private static func isSame(_ left: RawSpan, _ right: RawSpan, _ offset: Int) -> Bool {
        left.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
            == right.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
    }
}
