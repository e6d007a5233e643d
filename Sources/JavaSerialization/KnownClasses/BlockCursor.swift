/// Reads the primitives that a class wrote itself. The writer cuts them into blocks wherever its buffer is full, so a value
/// may go over the edge of two blocks.
struct BlockCursor {
    private let object: KnownObject
    private let items: SlotRange
    /// The first item that is not yet begun.
    private(set) var nextItem: Int
    /// The bytes of the block that are still to be read.
    private var offset = 0
    private var end = 0

    init(object: KnownObject, item: Int) {
        self.object = object
        items = object.annotation
        nextItem = item
    }

    /// Whether the bytes of the blocks begun so far are used up.
    var isAtBlockEnd: Bool { offset == end }

    mutating func byte() throws(JavaStreamError) -> UInt8 {
        while offset == end { try beginBlock() }
        offset += 1
        return object.graph.bytes[offset - 1]
    }

    private mutating func beginBlock() throws(JavaStreamError) {
        guard nextItem < items.count, let node = object.graph.item(nextItem, of: items),
            object.graph.kind(of: node) == .blockData
        else { throw object.fail("does not have the data that it always writes") }
        let payload = object.graph.payload(of: node)
        (offset, end) = (payload.lowerBound, payload.upperBound)
        nextItem += 1
    }

    mutating func skip(_ count: Int) throws(JavaStreamError) {
        if isAtBlockEnd, count > 0 { try beginBlock() }
        if count <= end - offset { return offset += count }
        for _ in 0..<count { _ = try byte() }
    }

    mutating func int8() throws(JavaStreamError) -> Int8 { Int8(bitPattern: try byte()) }

    mutating func uint16() throws(JavaStreamError) -> UInt16 {
        let high = UInt16(try byte())
        return high << 8 | UInt16(try byte())
    }

    mutating func int32() throws(JavaStreamError) -> Int32 { Int32(truncatingIfNeeded: try integer(bytes: 4)) }

    mutating func int64() throws(JavaStreamError) -> Int64 { try integer(bytes: 8) }

    private mutating func integer(bytes count: Int) throws(JavaStreamError) -> Int64 {
        if isAtBlockEnd { try beginBlock() }
        if count <= end - offset {
            offset += count
            return object.graph.integer(at: offset - count, count: count)
        }
        var value: UInt64 = 0
        for _ in 0..<count { value = value << 8 | UInt64(try byte()) }
        return Int64(bitPattern: value)
    }

    /// A string as `DataOutput.writeUTF` writes it.
    mutating func utf() throws(JavaStreamError) -> String {
        var bytes: [UInt8] = []
        for _ in 0..<(try uint16()) { bytes.append(try byte()) }
        let span = bytes.span.bytes
        guard ModifiedUTF8.firstMalformedByte(in: span, 0..<bytes.count) == nil else {
            throw object.fail("has a string that is not modified UTF-8")
        }
        return String(decoding: ModifiedUTF8.units(span, 0..<bytes.count), as: UTF16.self)
    }
}
