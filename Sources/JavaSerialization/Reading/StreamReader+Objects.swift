extension StreamReader {
    /// Begins an element of the form `TC_… classDesc newHandle …`: object, array, enum constant or class object.
    @inline(__always)
    mutating func beginDescribed(_ bytes: RawSpan, _ kind: JavaNodeKind) throws(JavaStreamError)
        -> Int32
    {
        let start = position
        count(bytes.byte(position))
        position &+= 1
        let node = try appendNode(kind, at: start, bytes)
        try push(Frame(kind: .describedNode, node: node), bytes)
        let depth = frames.count &- 1
        let index = try classDescription(bytes, returningTo: depth)
        guard index != noIndex else {
            throw fail(
                .unexpectedTypeCode(TypeCode.null, expected: "a class description"), at: position - 1, bytes
            )
        }
        tables.nodes[node].classIndex = index
        if frames.count &- 1 == depth { try startDescribedNode(bytes, node) }
        return frames.count < depth ? Self.unwound : node
    }

    /// Goes on with a node whose class description is complete; its frame is the innermost.
    @inline(__always)
    mutating func startDescribedNode(_ bytes: RawSpan, _ node: Int32) throws(JavaStreamError) {
        let record = tables.nodes[node]
        guard tables.classes[record.classIndex].isComplete else {
            throw fail(.unfinishedClassDescription, bytes)
        }
        newHandle(node)
        switch record.kind {
        case .object: try startObject(bytes, node, record.classIndex)
        case .array: try startArray(bytes, node, record.classIndex)
        case .enumConstant: try readEnumConstant(bytes, node)
        default: endNode(node)
        }
    }

    /// Closes `node` at the current position and drops its frame.
    @inline(__always)
    mutating func endNode(_ node: Int32) {
        tables.nodes[node].end = Int32(truncatingIfNeeded: position)
        frames.shrink(to: frames.count &- 1)
    }

    /// `newEnum: TC_ENUM classDesc newHandle enumConstantName`, the last part.
    private mutating func readEnumConstant(_ bytes: RawSpan, _ node: Int32) throws(JavaStreamError) {
        guard position < bytes.byteCount else { throw fail(.truncated, bytes) }
        let start = position
        let name: Int32
        switch bytes.byte(position) {
        case TypeCode.string: name = try readString(bytes)
        case TypeCode.longString: name = try readLongString(bytes)
        case TypeCode.reference: name = try readReference(bytes)
        case let code: throw fail(.unexpectedTypeCode(code, expected: "an enum constant's name"), bytes)
        }
        guard tables.nodes[name].kind == .string else {
            throw fail(.wrongReference(expected: "an enum constant's name"), at: start, bytes)
        }
        tables.nodes[node].first = name
        endNode(node)
    }

    /// `newObject: TC_OBJECT classDesc newHandle classdata[]`: reserves one record per class, topmost first.
    @inline(__always)
    private mutating func startObject(
        _ bytes: RawSpan, _ node: Int32, _ classIndex: Int32
    ) throws(JavaStreamError) {
        let length = Int(tables.classes[classIndex].chainLength)
        // A record takes the room of seven slots.
        try spendSlots(length &* (MemoryLayout<ClassDataRecord>.stride / MemoryLayout<Int32>.stride), bytes)
        let first = tables.classData.append(
            repeating: ClassDataRecord(classIndex: classIndex), count: length)
        var ancestor = classIndex
        var place = Int(first) + length - 1
        while ancestor != noIndex, place >= Int(first) {
            tables.classData[place].classIndex = ancestor
            ancestor = tables.classes[ancestor].superclass
            place &-= 1
        }
        tables.nodes[node].first = first
        tables.nodes[node].second = Int32(truncatingIfNeeded: length)
        try readClassData(bytes, node, from: first)
    }

    /// `classdata: nowrclass | wrclass objectAnnotation | externalContents | objectAnnotation`, from class data `next` on,
    /// until one needs values of its own or the object ends.
    @inline(__always)
    mutating func readClassData(_ bytes: RawSpan, _ node: Int32, from next: Int32)
        throws(JavaStreamError)
    {
        let end = tables.nodes[node].first &+ tables.nodes[node].second
        var index = next
        while index < end {
            let record = tables.classes[tables.classData[index].classIndex]
            if record.flags & ClassFlag.serializable != 0 {
                if try readSerializable(bytes, record, node, index) { return }
            } else if record.flags & ClassFlag.externalizable != 0 {
                return try readExternalizable(bytes, record, node, index)
            }
            index &+= 1
        }
        endNode(node)
        if tables.classes[tables.nodes[node].classIndex].isUnexplained { makeOpaque(node) }
    }

    /// Reads the primitive fields of one class; true when a frame has to read more before the next class.
    @inline(__always)
    private mutating func readSerializable(
        _ bytes: RawSpan, _ record: ClassRecord, _ node: Int32, _ index: Int32
    ) throws(JavaStreamError) -> Bool {
        let objects = Int(record.objectFieldCount)
        let hasAnnotation = record.flags & ClassFlag.writeMethod != 0
        if hasAnnotation, record.fieldCount > 0 { try noteDoubt(bytes, record, index) }
        if !record.omitsDefaultFields {
            tables.classData[index].hasFields = true
            tables.classData[index].primitiveOffset = try skip(Int(record.primitiveSize), bytes)
            if objects > 0 {
                let first = try reserveSlots(objects, bytes)
                tables.classData[index].firstSlot = first
                replaceFrame(
                    Frame(kind: .fields, node: node, index: first, end: first &+ Int32(objects), base: index))
                return true
            }
        }
        if hasAnnotation { openAnnotation(node, index) }
        return hasAnnotation
    }

    /// `externalContents` of protocol 1 has no frame; `objectAnnotation` of protocol 2 has.
    private mutating func readExternalizable(
        _ bytes: RawSpan, _ record: ClassRecord, _ node: Int32, _ index: Int32
    ) throws(JavaStreamError) {
        if record.flags & ClassFlag.blockData != 0 { return openAnnotation(node, index) }
        endAsOpaque(
            bytes, cause: .unframedExternalData, classIndex: tables.classData[index].classIndex,
            at: position)
    }

    @inline(__always)
    mutating func openAnnotation(_ node: Int32, _ index: Int32) {
        replaceFrame(
            Frame(
                kind: .objectAnnotation, node: node, index: index,
                base: Int32(truncatingIfNeeded: pending.count)))
    }

    /// `objectAnnotation: endBlockData | contents endBlockData`
    @inline(__always)
    mutating func readObjectAnnotation(_ bytes: RawSpan, _ frame: Frame, _ depth: Int)
        throws(JavaStreamError)
    {
        guard try readItems(bytes, depth) else { return }
        let items = try closeItems(from: frame.base, bytes)
        tables.classData[frame.index].firstAnnotation = items.first
        tables.classData[frame.index].annotationCount = items.count
        try readClassData(bytes, frame.node, from: frame.index &+ 1)
    }

    /// Fills the slots of an object's fields or an array's elements until one of them opens a frame of its own.
    @inline(__always)
    mutating func fillSlots(_ bytes: RawSpan, _ frame: Frame, _ depth: Int) throws(JavaStreamError) {
        var slot = frame.index
        while slot < frame.end {
            frames[depth].index = slot &+ 1
            let node = try value(bytes)
            if node == Self.unwound { return }
            tables.slots[slot] = node
            slot &+= 1
            if frames.count != depth &+ 1 { return }
        }
        if frame.kind == .elements { return endNode(frame.node) }
        let index = frame.base
        if tables.classes[tables.classData[index].classIndex].flags & ClassFlag.writeMethod != 0 {
            openAnnotation(frame.node, index)
        } else {
            try readClassData(bytes, frame.node, from: index &+ 1)
        }
    }
}
