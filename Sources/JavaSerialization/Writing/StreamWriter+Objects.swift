extension StreamWriter {
    /// Begins an element of the form `TC_… classDesc newHandle …`.
    mutating func begin(_ code: UInt8, _ node: SourceNode, _ record: NodeRecord) throws(JavaEncodingError) {
        output.append(code)
        let depth = frames.count
        push(WriteFrame(kind: .describedNode, source: node.source, node: node.index))
        writeDescription(SourceClass(source: node.source, index: record.classIndex))
        if frames.count == depth &+ 1 { try startDescribedNode(frames[depth]) }
    }

    /// Goes on with a node whose class is described; its frame is the innermost.
    mutating func startDescribedNode(_ frame: WriteFrame) throws(JavaEncodingError) {
        sources[Int(frame.source)].nodes[Int(frame.node)] = takeHandle()
        guard let node = JavaNode(frame.node) else { return end() }
        let record = sources[Int(frame.source)].graph.record(node)
        switch record.kind {
        case .object, .opaque: try writeClassData(frame, from: record.first)
        case .array: try startArray(frame, node, record)
        case .enumConstant:
            end()
            try writeNode(SourceNode(source: sources[Int(frame.source)].referent, index: record.first))
        default: end()
        }
    }

    @inline(__always)
    private mutating func end() { frames.shrink(to: frames.count &- 1) }

    /// `classdata`, from class data `next` on, until a frame is needed for values or the object ends.
    private mutating func writeClassData(_ frame: WriteFrame, from next: Int32) throws(JavaEncodingError) {
        guard let node = JavaNode(frame.node) else { return end() }
        let graph = sources[Int(frame.source)].graph
        let object = graph.record(node)
        var index = next
        while index < object.first &+ object.second {
            let data = graph.data(index)
            let described = classRecord(SourceClass(source: frame.source, index: data.classIndex))
            if data.hasFields, described.primitiveSize > 0 { writePrimitives(frame.source, data, described) }
            if data.hasFields, described.objectFieldCount > 0 {
                return replace(WriteFrame(kind: .fields, source: frame.source, node: frame.node, index: index))
            }
            if described.hasAnnotatedData {
                return replace(WriteFrame(kind: .annotation, source: frame.source, node: frame.node, index: index))
            }
            index &+= 1
        }
        end()
    }

    @inline(__always)
    private mutating func replace(_ frame: WriteFrame) { frames[frames.count &- 1] = frame }

    private mutating func writePrimitives(_ source: Int32, _ data: ClassDataRecord, _ described: ClassRecord) {
        let range = Int(data.primitiveOffset)..<Int(data.primitiveOffset &+ described.primitiveSize)
        let start = output.count
        copy(source, range)
        guard isEdited, !sources[Int(source)].edits.primitives.isEmpty else { return }
        for (offset, bytes) in sources[Int(source)].edits.primitives where range.contains(offset) {
            for (place, byte) in bytes.enumerated() { output[start + offset - range.lowerBound + place] = byte }
        }
    }

    /// Object fields, until one of them pushes a frame of its own.
    mutating func writeFields(_ frame: WriteFrame, _ depth: Int) throws(JavaEncodingError) {
        let data = sources[Int(frame.source)].graph.data(frame.index)
        let described = classRecord(SourceClass(source: frame.source, index: data.classIndex))
        var item = frame.item
        while item < described.objectFieldCount {
            frames[depth].item = item &+ 1
            try writeSlot(frame.source, data.firstSlot &+ item)
            item &+= 1
            if frames.count != depth &+ 1 { return }
        }
        if described.hasAnnotatedData {
            frames[depth] = WriteFrame(kind: .annotation, source: frame.source, node: frame.node, index: frame.index)
        } else {
            try writeClassData(frame, from: frame.index &+ 1)
        }
    }

    /// What is in a slot, or was put there.
    mutating func writeSlot(_ source: Int32, _ index: Int32) throws(JavaEncodingError) {
        let target = sources[Int(source)].graph.slot(index)
        if isEdited {
            if let edited = sources[Int(source)].edits.slot(index) {
                isRenumbered = true
                return try write(edited)
            }
            guard let target else { return writeNull() }
            return try write(SourceNode(source: sources[Int(source)].referent, index: target.index))
        }
        guard let target else { return writeNull() }
        try writeNode(SourceNode(source: source, index: target.index))
    }

    /// `objectAnnotation: endBlockData | contents endBlockData`
    mutating func writeAnnotation(_ frame: WriteFrame, _ depth: Int) throws(JavaEncodingError) {
        let data = sources[Int(frame.source)].graph.data(frame.index)
        let edited = isEdited ? sources[Int(frame.source)].edits.annotation(data) : nil
        if edited != nil { isRenumbered = true }
        let count = edited.map { Int32(truncatingIfNeeded: $0.count) } ?? data.annotationCount
        var item = frame.item
        while item < count {
            frames[depth].item = item &+ 1
            if let edited {
                try write(edited[Int(item)])
            } else {
                try writeSlot(frame.source, data.firstAnnotation &+ item)
            }
            item &+= 1
            if frames.count != depth &+ 1 { return }
        }
        output.append(TypeCode.endBlockData)
        try writeClassData(frame, from: frame.index &+ 1)
    }

    /// `newArray: TC_ARRAY classDesc newHandle (int)<size> values[size]`, from the size on.
    private mutating func startArray(
        _ frame: WriteFrame, _ node: JavaNode, _ record: NodeRecord
    ) throws(JavaEncodingError) {
        let graph = sources[Int(frame.source)].graph
        if let type = graph.elementType(of: node) {
            if isEdited, let edited = sources[Int(frame.source)].edits.arrayBytes[frame.node] {
                output.append(bigEndian: UInt64(edited.count / type.size), size: 4)
                output.append(edited.span.bytes, 0..<edited.count)
            } else {
                let range = graph.elementBytes(of: node)
                copy(frame.source, range.lowerBound - 4..<range.upperBound)
            }
            return end()
        }
        let count = isEdited ? sources[Int(frame.source)].edits.elements[frame.node]?.count : nil
        if count != nil { isRenumbered = true }
        output.append(bigEndian: UInt64(count ?? Int(record.second)), size: 4)
        replace(WriteFrame(kind: .elements, source: frame.source, node: frame.node))
    }

    /// Elements, until one of them pushes a frame of its own.
    mutating func writeElements(_ frame: WriteFrame, _ depth: Int) throws(JavaEncodingError) {
        guard let node = JavaNode(frame.node) else { return end() }
        let record = sources[Int(frame.source)].graph.record(node)
        let edited = isEdited ? sources[Int(frame.source)].edits.elements[frame.node] : nil
        let count = edited.map { Int32(truncatingIfNeeded: $0.count) } ?? record.second
        var item = frame.item
        while item < count {
            frames[depth].item = item &+ 1
            if let edited { try write(edited[Int(item)]) } else { try writeSlot(frame.source, record.first &+ item) }
            item &+= 1
            if frames.count != depth &+ 1 { return }
        }
        end()
    }
}

extension ClassRecord {
    /// Whether what its class wrote itself follows the fields: by `writeObject`, or by `writeExternal` in protocol 2.
    fileprivate var hasAnnotatedData: Bool {
        if flags & ClassFlag.serializable != 0 { return flags & ClassFlag.writeMethod != 0 }
        return flags & ClassFlag.externalizable != 0 && flags & ClassFlag.blockData != 0
    }
}
