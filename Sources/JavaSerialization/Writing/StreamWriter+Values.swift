extension StreamWriter {
    /// `object`: the node, or what stands for it, or a reference to where it was written.
    mutating func write(_ node: SourceNode) throws(JavaEncodingError) {
        if isEdited, let substitute = substitutes[node] {
            isRenumbered = true
            guard case .node(let other) = substitute else { return try write(substitute) }
            return try writeNode(other)
        }
        try writeNode(node)
    }

    /// The node itself, whatever stands for it elsewhere.
    mutating func writeNode(_ node: SourceNode) throws(JavaEncodingError) {
        let handle = sources[Int(node.source)].nodes[Int(node.index)]
        if handle >= firstHandle { return writeReference(handle) }
        guard let place = JavaNode(node.index) else { return writeNull() }
        let record = sources[Int(node.source)].graph.record(place)
        switch record.kind {
        case .string: writeString(node, record)
        case .object: try begin(TypeCode.object, node, record)
        case .array: try begin(TypeCode.array, node, record)
        case .enumConstant: try begin(TypeCode.enum, node, record)
        case .classObject: try begin(TypeCode.class, node, record)
        default: try writeRare(node, record)
        }
    }

    @inline(__always)
    mutating func writeNull() { output.append(TypeCode.null) }

    private mutating func writeRare(_ node: SourceNode, _ record: NodeRecord) throws(JavaEncodingError) {
        switch record.kind {
        case .classDescription: writeDescription(SourceClass(source: node.source, index: record.classIndex))
        case .blockData: copy(node.source, Int(record.offset)..<Int(record.end))
        case .reset:
            output.append(TypeCode.reset)
            resetHandles()
            isRenumbered = false
        case .exception: try writeException(node, record)
        case .opaque where record.first == noIndex: try writeRest(node, record)
        default: try begin(TypeCode.object, node, record)
        }
    }

    /// Bytes as they were read.
    mutating func copy(_ source: Int32, _ range: Range<Int>) {
        let bytes = sources[Int(source)].graph.bytes
        output.append(bytes.span.bytes, range)
    }

    /// `TC_STRING newHandle (utf)` and `TC_LONGSTRING newHandle (long-utf)`
    mutating func writeString(_ node: SourceNode, _ record: NodeRecord) {
        sources[Int(node.source)].nodes[Int(node.index)] = takeHandle()
        copy(node.source, Int(record.offset)..<Int(record.first &+ record.second))
    }

    /// What a class writes between its values, in blocks as `ObjectOutputStream` makes them of what it is given at once.
    mutating func writeBlocks(_ bytes: [UInt8]) {
        for start in stride(from: 0, to: bytes.count, by: Self.mostInBlock) {
            let range = start..<min(start + Self.mostInBlock, bytes.count)
            let isShort = range.count <= Int(UInt8.max)
            output.append(isShort ? TypeCode.blockData : TypeCode.blockDataLong)
            output.append(bigEndian: UInt64(range.count), size: isShort ? 1 : 4)
            output.append(bytes.span.bytes, range)
        }
    }

    /// java.io.ObjectOutputStream.BlockDataOutputStream.MAX_BLOCK_SIZE
    private static let mostInBlock = 1024

    /// The rest of a stream that nobody but its class can read: it refers to what stands before it by numbers.
    private mutating func writeRest(_ node: SourceNode, _ record: NodeRecord) throws(JavaEncodingError) {
        guard !isRenumbered else {
            let graph = sources[Int(node.source)].graph
            let name = JavaClass(record.classIndex).map { graph.name(of: $0) } ?? ""
            throw .unreadableRest(className: name, offset: Int(record.offset))
        }
        copy(node.source, Int(record.offset)..<Int(record.end))
    }

    /// `exception: TC_EXCEPTION reset (Throwable)object reset`, behind what had been written of the object that was lost. That refers
    /// to what stands before it by numbers; where these mean something else by now it is left out, as every reader passes over it.
    private mutating func writeException(_ node: SourceNode, _ record: NodeRecord) throws(JavaEncodingError) {
        let section = firstHandle..<nextHandle
        let isKept = isRenumbered ? try keepsHandles(before: node, section) : true
        if isKept {
            copy(node.source, Int(record.second)..<Int(record.offset))
        }
        lost[node.index] = section
        output.append(TypeCode.exception)
        resetHandles()
        push(WriteFrame(kind: .exception))
        try write(SourceNode(source: node.source, index: record.first))
    }

    private func keepsHandles(
        before node: SourceNode, _ section: Range<Int32>
    ) throws(JavaEncodingError) -> Bool {
        guard node.source == 0, let graph = sources.first?.graph else { return false }
        return try HandleNumbers(of: graph).areKept(before: node.index, in: sources, section)
    }

    mutating func endException() {
        frames.shrink(to: frames.count &- 1)
        resetHandles()
        // From here on handles are counted anew, as they were where this was read.
        isRenumbered = false
    }
}
