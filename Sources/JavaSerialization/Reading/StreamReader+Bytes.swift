extension StreamReader {
    @inline(__always)
    mutating func readByte(_ bytes: RawSpan) throws(JavaStreamError) -> UInt8 {
        guard position < bytes.byteCount else { throw fail(.truncated, bytes) }
        defer { position &+= 1 }
        return bytes.byte(position)
    }

    @inline(__always)
    mutating func readUInt16(_ bytes: RawSpan) throws(JavaStreamError) -> UInt16 {
        try need(2, bytes)
        defer { position &+= 2 }
        return UInt16(bigEndian: bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt16.self))
    }

    @inline(__always)
    mutating func readInt32(_ bytes: RawSpan) throws(JavaStreamError) -> Int32 {
        try need(4, bytes)
        defer { position &+= 4 }
        return Int32(bigEndian: bytes.unsafeLoadUnaligned(fromByteOffset: position, as: Int32.self))
    }

    @inline(__always)
    mutating func readInt64(_ bytes: RawSpan) throws(JavaStreamError) -> Int64 {
        try need(8, bytes)
        defer { position &+= 8 }
        return Int64(bigEndian: bytes.unsafeLoadUnaligned(fromByteOffset: position, as: Int64.self))
    }

    /// Passes over `count` bytes and returns where they start.
    @inline(__always)
    mutating func skip(_ count: Int, _ bytes: RawSpan) throws(JavaStreamError) -> Int32 {
        try need(count, bytes)
        defer { position &+= count }
        return Int32(truncatingIfNeeded: position)
    }

    @inline(__always)
    mutating func need(_ count: Int, _ bytes: RawSpan) throws(JavaStreamError) {
        guard bytes.byteCount &- position >= count else { throw fail(.truncated, bytes) }
    }

    /// `(utf)`: a two-byte length and modified UTF-8, checked; returns offset and length of the text.
    @inline(__always)
    mutating func readUTF(_ bytes: RawSpan) throws(JavaStreamError) -> (offset: Int32, length: Int32) {
        let length = Int(try readUInt16(bytes))
        return try readText(length, bytes)
    }

    mutating func readText(_ length: Int, _ bytes: RawSpan) throws(JavaStreamError) -> (
        offset: Int32, length: Int32
    ) {
        let offset = try skip(length, bytes)
        let start = Int(offset)
        if !ModifiedUTF8.isPlain(bytes, start..<start &+ length),
            let malformed = ModifiedUTF8.firstMalformedByte(in: bytes, start..<start &+ length)
        {
            throw fail(.malformedString, at: malformed, bytes)
        }
        return (offset, Int32(truncatingIfNeeded: length))
    }

    /// A four- or eight-byte length, which must not be below zero nor reach past the end.
    mutating func readLength(_ length: Int64, _ bytes: RawSpan) throws(JavaStreamError) -> Int {
        guard length >= 0 else { throw fail(.negativeLength(length), bytes) }
        guard length <= Int64(bytes.byteCount &- position) else { throw fail(.truncated, bytes) }
        return Int(length)
    }
}
