extension StreamReader {
    /// Reads the items of an annotation; true when its end was reached, false when an item opened a frame of its own.
    @inline(__always)
    mutating func readItems(_ bytes: RawSpan, _ depth: Int) throws(JavaStreamError) -> Bool {
        while true {
            guard position < bytes.byteCount else { throw fail(.truncated, bytes) }
            switch bytes.byte(position) {
            case TypeCode.endBlockData:
                count(TypeCode.endBlockData)
                position &+= 1
                return true
            case TypeCode.blockData, TypeCode.blockDataLong:
                pending.append(try readBlockData(bytes))
            default:
                // The place comes first: frames that this item opens count their own pending items from behind it.
                let place = pending.count
                pending.append(noIndex)
                let node = try value(bytes)
                if node == Self.unwound { return false }
                pending[place] = node
                if frames.count != depth &+ 1 { return false }
            }
        }
    }

    /// Moves the items of a finished annotation into the slots.
    @inline(__always)
    mutating func closeItems(from base: Int32, _ bytes: RawSpan) throws(JavaStreamError) -> (
        first: Int32, count: Int32
    ) {
        let count = pending.count &- Int(base)
        let first = try reserveSlots(count, bytes)
        for offset in 0..<count {
            tables.slots[Int(first) &+ offset] = pending[Int(base) &+ offset]
        }
        pending.shrink(to: Int(base))
        return (first, Int32(truncatingIfNeeded: count))
    }
}
