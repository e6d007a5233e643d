extension StreamReader {
    /// `object`: reads one value at the current position.
    ///
    /// Returns its node, `noIndex` for null, or `unwound`. Objects and arrays are returned when they are begun: the frames
    /// pushed here read the rest.
    @inline(__always)
    mutating func value(_ bytes: RawSpan) throws(JavaStreamError) -> Int32 {
        guard position < bytes.byteCount else { throw fail(.truncated, bytes) }
        let code = bytes.byte(position)
        switch code {
        case TypeCode.string: return try readString(bytes)
        case TypeCode.reference: return try readReference(bytes)
        case TypeCode.null:
            count(code)
            position &+= 1
            return noIndex
        case TypeCode.object: return try beginDescribed(bytes, .object)
        default: return try rareValue(bytes, code)
        }
    }

    private mutating func rareValue(_ bytes: RawSpan, _ code: UInt8) throws(JavaStreamError) -> Int32 {
        switch code {
        case TypeCode.array: return try beginDescribed(bytes, .array)
        case TypeCode.enum: return try beginDescribed(bytes, .enumConstant)
        case TypeCode.class: return try beginDescribed(bytes, .classObject)
        case TypeCode.longString: return try readLongString(bytes)
        case TypeCode.classDescription, TypeCode.proxyClassDescription:
            return try readDescriptionAsValue(bytes)
        case TypeCode.exception: return try beginException(bytes)
        default: throw fail(.unexpectedTypeCode(code, expected: "an object"), bytes)
        }
    }

    @inline(__always)
    mutating func count(_ code: UInt8) {
        tables.tagCounts[Int(code &- TypeCode.first)] &+= 1
    }

    @inline(__always)
    mutating func newHandle(_ target: Int32) {
        handles.append(target)
        tables.handleCount &+= 1
    }

    @inline(__always)
    mutating func appendNode(
        _ kind: JavaNodeKind, at offset: Int, classIndex: Int32 = noIndex, first: Int32 = 0,
        second: Int32 = 0,
        _ bytes: RawSpan
    ) throws(JavaStreamError) -> Int32 {
        guard tables.nodes.count < limits.nodes else {
            throw fail(.limit(name: "nodes", value: limits.nodes), bytes)
        }
        return tables.nodes.append(
            NodeRecord(
                kind: kind, classIndex: classIndex, offset: Int32(truncatingIfNeeded: offset),
                end: Int32(truncatingIfNeeded: position), first: first, second: second))
    }

    /// `TC_STRING newHandle (utf)`
    @inline(__always)
    mutating func readString(_ bytes: RawSpan) throws(JavaStreamError) -> Int32 {
        let start = position
        count(TypeCode.string)
        position &+= 1
        let text = try readUTF(bytes)
        let node = try appendNode(.string, at: start, first: text.offset, second: text.length, bytes)
        newHandle(node)
        return node
    }

    /// `TC_LONGSTRING newHandle (long-utf)`
    mutating func readLongString(_ bytes: RawSpan) throws(JavaStreamError) -> Int32 {
        let start = position
        count(TypeCode.longString)
        position &+= 1
        let length = try readLength(try readInt64(bytes), bytes)
        let text = try readText(length, bytes)
        let node = try appendNode(.string, at: start, first: text.offset, second: text.length, bytes)
        newHandle(node)
        return node
    }

    /// `prevObject: TC_REFERENCE (int)handle`; negative targets in the handle table are class descriptions.
    @inline(__always)
    mutating func readReference(_ bytes: RawSpan) throws(JavaStreamError) -> Int32 {
        let target = try readHandle(bytes)
        guard target >= 0 else {
            let node = try descriptionNode(~target, bytes)
            tables.nodes[node].isReferenced = true
            return node
        }
        if tables.nodes[target].kind != .string { tables.nodes[target].isReferenced = true }
        return target
    }

    @inline(__always)
    mutating func readHandle(_ bytes: RawSpan) throws(JavaStreamError) -> Int32 {
        let start = position
        count(TypeCode.reference)
        position &+= 1
        let handle = UInt32(bitPattern: try readInt32(bytes))
        let index = Int(handle) - Int(StreamConstant.baseWireHandle)
        guard index >= 0, index < handles.count else {
            throw fail(.unknownHandle(handle), at: start, bytes)
        }
        return handles[index]
    }

    /// `blockdatashort: TC_BLOCKDATA (unsigned byte)<size> …` and `blockdatalong: TC_BLOCKDATALONG (int)<size> …`
    mutating func readBlockData(_ bytes: RawSpan) throws(JavaStreamError) -> Int32 {
        let start = position
        let code = try readByte(bytes)
        count(code)
        let length =
            code == TypeCode.blockData
            ? Int(try readByte(bytes)) : try readLength(Int64(try readInt32(bytes)), bytes)
        let offset = try skip(length, bytes)
        return try appendNode(
            .blockData, at: start, first: offset, second: Int32(truncatingIfNeeded: length), bytes)
    }

    /// `TC_RESET`: handles start over. Writers can reset only at the top level.
    mutating func readReset(_ bytes: RawSpan) throws(JavaStreamError) -> Int32 {
        count(TypeCode.reset)
        let start = position
        position &+= 1
        handles.shrink(to: 0)
        return try appendNode(.reset, at: start, bytes)
    }
}
