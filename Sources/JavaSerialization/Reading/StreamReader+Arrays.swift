extension StreamReader {
    /// `newArray: TC_ARRAY classDesc newHandle (int)<size> values[size]`, from the size on.
    mutating func startArray(_ bytes: RawSpan, _ node: Int32, _ classIndex: Int32)
        throws(JavaStreamError)
    {
        let record = tables.classes[classIndex]
        guard record.nameLength >= 2, bytes.byte(Int(record.nameOffset)) == UInt8(ascii: "[") else {
            throw fail(.invalidClassDescription("an array whose class is no array class"), bytes)
        }
        let start = position
        let count = Int(try readInt32(bytes))
        guard count >= 0 else { throw fail(.negativeLength(Int64(count)), at: start, bytes) }
        tables.nodes[node].second = Int32(truncatingIfNeeded: count)
        let code = bytes.byte(Int(record.nameOffset) + 1)
        if let type = PrimitiveType(rawValue: code) {
            let (size, overflow) = count.multipliedReportingOverflow(by: type.size)
            guard !overflow else { throw fail(.truncated, at: start, bytes) }
            tables.nodes[node].first = try skip(size, bytes)
            return endNode(node)
        }
        guard code == UInt8(ascii: "L") || code == UInt8(ascii: "[") else {
            throw fail(.invalidClassDescription("an array of unknown element type"), bytes)
        }
        // Each element takes at least one byte: a length that cannot be met reserves nothing.
        guard count <= bytes.byteCount &- position else { throw fail(.truncated, at: start, bytes) }
        let first = try reserveSlots(count, bytes)
        tables.nodes[node].first = first
        replaceFrame(
            Frame(
                kind: .elements, node: node, index: first, end: first &+ Int32(truncatingIfNeeded: count)))
    }

    /// Takes `count` from the budget that keeps a stream's arena proportional to its bytes.
    @inline(__always)
    mutating func spendSlots(_ count: Int, _ bytes: RawSpan) throws(JavaStreamError) {
        slotBudget &-= count
        guard slotBudget >= 0 else {
            throw fail(.limit(name: "slotsPerByte", value: limits.slotsPerByte), bytes)
        }
    }

    @inline(__always)
    mutating func reserveSlots(_ count: Int, _ bytes: RawSpan) throws(JavaStreamError) -> Int32 {
        try spendSlots(count, bytes)
        return tables.slots.append(repeating: noIndex, count: count)
    }
}
