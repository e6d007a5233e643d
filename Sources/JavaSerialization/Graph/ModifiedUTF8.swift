/// The string encoding of streams: UTF-16 units in one to three bytes each, NUL as `C0 80`.
///
/// Source: java.io.DataInput, "Modified UTF-8". Readers take what `DataInputStream.readUTF` takes: overlong forms and a
/// raw NUL are read, four-byte forms are not.
enum ModifiedUTF8 {
    /// Whether all bytes are plain ASCII, eight at a time; may say no at the very start of a stream.
    @inline(__always)
    static func isPlain(_ bytes: RawSpan, _ range: Range<Int>) -> Bool {
        var index = range.lowerBound
        let end = range.upperBound
        while end &- index >= 8 {
            if word(bytes, index) & highBits != 0 { return false }
            index &+= 8
        }
        if index == end { return true }
        // The last few bytes, with what stands before them shifted out.
        guard end >= 8 else { return false }
        return (word(bytes, end &- 8) & highBits) &>> UInt64(8 &* (8 &- (end &- index))) == 0
    }

    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    @inline(__always)
    private static func word(_ bytes: RawSpan, _ index: Int) -> UInt64 {
        UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
    }

    /// The offset of the first byte in `range` that starts no valid unit, or nil when all is well.
    static func firstMalformedByte(in bytes: RawSpan, _ range: Range<Int>) -> Int? {
        var index = range.lowerBound
        let end = range.upperBound
        while index < end {
            let length = unitLength(bytes, at: index, end: end)
            if length == 0 { return index }
            index &+= length
        }
        return nil
    }

    /// The number of bytes of the unit at `index`, or 0 when there is no valid one.
    private static func unitLength(_ bytes: RawSpan, at index: Int, end: Int) -> Int {
        let lead = bytes.byte(index)
        if lead < 0x80 { return 1 }
        if lead & 0xE0 == 0xC0 {
            return index + 1 < end && bytes.byte(index + 1) & 0xC0 == 0x80 ? 2 : 0
        }
        guard lead & 0xF0 == 0xE0, index + 2 < end else { return 0 }
        return bytes.byte(index + 1) & 0xC0 == 0x80 && bytes.byte(index + 2) & 0xC0 == 0x80 ? 3 : 0
    }

    /// The UTF-16 units of bytes that were found well formed.
    static func units(_ bytes: RawSpan, _ range: Range<Int>) -> [UInt16] {
        var units: [UInt16] = []
        units.reserveCapacity(range.count)
        var index = range.lowerBound
        while index < range.upperBound {
            let length = unitLength(bytes, at: index, end: range.upperBound)
            let lead = UInt16(bytes.byte(index))
            switch length {
            case 2: units.append((lead & 0x1F) << 6 | tail(bytes, index + 1))
            case 3:
                units.append((lead & 0x0F) << 12 | tail(bytes, index + 1) << 6 | tail(bytes, index + 2))
            default: units.append(lead)
            }
            index += max(length, 1)
        }
        return units
    }

    /// The bytes of UTF-16 units, as `DataOutputStream.writeUTF` writes them.
    static func bytes(of units: [UInt16]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(units.count)
        for unit in units {
            switch unit {
            case 1..<0x80: bytes.append(UInt8(truncatingIfNeeded: unit))
            case 0..<0x800: bytes += [0xC0 | UInt8(truncatingIfNeeded: unit >> 6), last(unit)]
            default:
                bytes += [0xE0 | UInt8(truncatingIfNeeded: unit >> 12), last(unit >> 6), last(unit)]
            }
        }
        return bytes
    }

    private static func last(_ unit: UInt16) -> UInt8 { 0x80 | UInt8(truncatingIfNeeded: unit & 0x3F) }

    private static func tail(_ bytes: RawSpan, _ index: Int) -> UInt16 {
        UInt16(bytes.byte(index) & 0x3F)
    }
}

extension RawSpan {
    /// The byte at `index`, bounds-checked.
    @inline(__always)
    func byte(_ index: Int) -> UInt8 { unsafeLoad(fromByteOffset: index, as: UInt8.self) }

    /// Whether the ASCII text `name` stands at `offset`.
    @inline(__always)
    func hasBytes(_ name: StaticString, at offset: Int) -> Bool {
        let (start, length) = (name.utf8Start, name.utf8CodeUnitCount)
        guard offset >= 0, length <= byteCount &- offset else { return false }
        for index in 0..<length where byte(offset &+ index) != start[index] { return false }
        return true
    }

    /// Whether `text` stands at `offset`, within `limit` bytes from there.
    func hasBytes(_ text: [UInt8], at offset: Int32, limit: Int32) -> Bool {
        guard text.count <= Int(limit), Int(offset) &+ text.count <= byteCount else { return false }
        for index in text.indices where byte(Int(offset) &+ index) != text[index] { return false }
        return true
    }
}
