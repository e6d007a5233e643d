extension StreamWriter {
    /// `classDesc: newClassDesc | nullReference | (ClassDesc)prevObject`
    ///
    /// A description with an annotation pushes a frame for the rest of it.
    mutating func writeDescription(_ described: SourceClass) {
        var next = described
        while next.index != noIndex {
            next = descriptions.canonical(next)
            let handle = sources[Int(next.source)].classes[Int(next.index)]
            if handle >= firstHandle { return writeReference(handle) }
            let record = classRecord(next)
            beginDescription(next, record)
            if record.annotationCount > 0 {
                return push(WriteFrame(kind: .description, source: next.source, node: next.index))
            }
            output.append(TypeCode.endBlockData)
            next.index = record.superclass
        }
        writeNull()
    }

    func classRecord(_ described: SourceClass) -> ClassRecord {
        guard let place = JavaClass(described.index) else { return ClassRecord(offset: 0) }
        return sources[Int(described.source)].graph.record(place)
    }

    /// Items of an annotation, until one pushes a frame of its own; then the superclass.
    mutating func writeDescriptionItems(_ frame: WriteFrame, _ depth: Int) throws(JavaEncodingError) {
        let record = classRecord(SourceClass(source: frame.source, index: frame.node))
        var item = frame.item
        while item < record.annotationCount {
            frames[depth].item = item &+ 1
            try writeSlot(frame.source, record.firstAnnotation &+ item)
            item &+= 1
            if frames.count != depth &+ 1 { return }
        }
        output.append(TypeCode.endBlockData)
        frames.shrink(to: depth)
        writeDescription(SourceClass(source: frame.source, index: record.superclass))
    }

    /// `newClassDesc`, up to the annotation.
    private mutating func beginDescription(_ described: SourceClass, _ record: ClassRecord) {
        output.append(record.isProxy ? TypeCode.proxyClassDescription : TypeCode.classDescription)
        if record.isProxy {
            sources[Int(described.source)].classes[Int(described.index)] = takeHandle()
            output.append(bigEndian: UInt64(record.fieldCount), size: 4)
        } else {
            // The length of the name, the name, and the serialVersionUID.
            copy(described.source, Int(record.nameOffset) - 2..<Int(record.nameOffset + record.nameLength) + 8)
            sources[Int(described.source)].classes[Int(described.index)] = takeHandle()
            output.append(record.flags)
            output.append(bigEndian: UInt64(record.fieldCount), size: 2)
        }
        for index in record.firstField..<record.firstField &+ record.fieldCount {
            writeField(described.source, sources[Int(described.source)].graph.field(index), isProxy: record.isProxy)
        }
    }

    /// `fieldDesc`, or the name of an interface of a proxy.
    private mutating func writeField(_ source: Int32, _ field: FieldRecord, isProxy: Bool) {
        if !isProxy { output.append(field.typeCode) }
        copy(source, Int(field.nameOffset) - 2..<Int(field.nameOffset + field.nameLength))
        guard let type = JavaNode(field.typeNode) else { return }
        writeTypeString(SourceNode(source: source, index: field.typeNode), sources[Int(source)].graph.record(type))
    }

    /// `className1: (String)object`. Java's are interned: of several graphs each text is written once.
    private mutating func writeTypeString(_ node: SourceNode, _ record: NodeRecord) {
        let handle = sources[Int(node.source)].nodes[Int(node.index)]
        if handle >= firstHandle { return writeReference(handle) }
        guard descriptions.areShared else { return writeString(node, record) }
        let text = Array(sources[Int(node.source)].graph.bytes[Int(record.first)..<Int(record.first + record.second)])
        if let known = descriptions.typeStrings[text] {
            sources[Int(node.source)].nodes[Int(node.index)] = known
            return writeReference(known)
        }
        descriptions.typeStrings[text] = nextHandle
        writeString(node, record)
    }
}
