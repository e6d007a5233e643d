extension StreamReader {
    /// `newClassDesc: TC_CLASSDESC className serialVersionUID newHandle classDescInfo | TC_PROXYCLASSDESC newHandle proxyClassDescInfo`
    ///
    /// Returns the class. Where its annotation is empty and its superclass known it is complete; else the pushed frame reads them.
    mutating func beginClassDescription(_ bytes: RawSpan) throws(JavaStreamError) -> Int32 {
        let start = position
        let code = try readByte(bytes)
        var record = ClassRecord(offset: Int32(truncatingIfNeeded: start))
        guard code == TypeCode.classDescription || code == TypeCode.proxyClassDescription else {
            throw fail(.unexpectedTypeCode(code, expected: "a class description"), at: start, bytes)
        }
        count(code)
        record.firstField = Int32(truncatingIfNeeded: tables.fields.count)
        let index = Int32(truncatingIfNeeded: tables.classes.count)
        if code == TypeCode.proxyClassDescription {
            tables.classes.append(record)
            newHandle(~index)
            try readProxyInterfaces(bytes, &record)
        } else {
            (record.nameOffset, record.nameLength) = try readUTF(bytes)
            record.serialVersionUID = try readInt64(bytes)
            tables.classes.append(record)
            newHandle(~index)
            try readClassInfo(bytes, &record)
        }
        tables.classes[index] = record
        if finishAtOnce(bytes, index) { return index }
        try push(
            Frame(kind: .classAnnotation, node: index, base: Int32(truncatingIfNeeded: pending.count)),
            bytes)
        return index
    }

    /// Nearly every description ends with an empty annotation and null or a reference: these need no frame.
    ///
    /// What is not well formed is left to the frame, which says where it stands.
    @inline(__always)
    private mutating func finishAtOnce(_ bytes: RawSpan, _ index: Int32) -> Bool {
        guard bytes.byteCount &- position >= 6, bytes.byte(position) == TypeCode.endBlockData else { return false }
        switch bytes.byte(position &+ 1) {
        case TypeCode.null:
            count(TypeCode.null)
            position &+= 2
            finishDescription(index, superclass: noIndex, length: 1)
        case TypeCode.reference:
            let handle = UInt32(
                bigEndian: bytes.unsafeLoadUnaligned(fromByteOffset: position &+ 2, as: UInt32.self))
            let place = Int(handle) - Int(StreamConstant.baseWireHandle)
            guard place >= 0, place < handles.count else { return false }
            let superclass = ~handles[place]
            guard superclass >= 0, tables.classes[superclass].isComplete else { return false }
            count(TypeCode.reference)
            position &+= 6
            finishDescription(
                index, superclass: superclass, length: tables.classes[superclass].chainLength &+ 1)
        default: return false
        }
        count(TypeCode.endBlockData)
        return true
    }

    @inline(__always)
    private mutating func finishDescription(_ index: Int32, superclass: Int32, length: Int32) {
        tables.classes[index].superclass = superclass
        tables.classes[index].chainLength = length
        if superclass != noIndex, tables.classes[superclass].isUnexplained {
            tables.classes[index].isUnexplained = true
        }
        tables.classes[index].isComplete = true
        tables.classes[index].end = Int32(truncatingIfNeeded: position)
    }

    /// `proxyClassDescInfo: (int)<count> proxyInterfaceName[count] classAnnotation superClassDesc`
    private mutating func readProxyInterfaces(
        _ bytes: RawSpan, _ record: inout ClassRecord
    ) throws(JavaStreamError) {
        let number = Int64(try readInt32(bytes))
        guard number >= 0 else { throw fail(.negativeLength(number), bytes) }
        // A class file holds its interfaces behind a two-byte count (JVM specification §4.1).
        guard number <= 65535 else {
            throw fail(.invalidClassDescription("a proxy with \(number) interfaces"), bytes)
        }
        record.isProxy = true
        record.flags = ClassFlag.serializable
        record.fieldCount = Int32(truncatingIfNeeded: number)
        for _ in 0..<number {
            let name = try readUTF(bytes)
            try appendField(
                FieldRecord(
                    typeCode: 0, nameOffset: name.offset, nameLength: name.length, typeNode: noIndex,
                    position: 0), bytes)
        }
    }

    /// `classDescInfo: classDescFlags fields classAnnotation superClassDesc`, up to the annotation.
    private mutating func readClassInfo(_ bytes: RawSpan, _ record: inout ClassRecord)
        throws(JavaStreamError)
    {
        record.flags = try readByte(bytes)
        let number = try readUInt16(bytes)
        // java.io.ObjectStreamClass.readNonProxy reads the count as a signed short's bits; a class file has at most 65535.
        record.fieldCount = Int32(number)
        for _ in 0..<number { try readField(bytes, &record) }
        try check(record, bytes)
        record.omitsDefaultFields = isKnownToOmitDefaultFields(bytes, record)
        if omitting.count > 0, isOmitting(record.offset) {
            record.omitsDefaultFields = true
            record.isUnexplained = true
        }
    }

    /// `primitiveDesc: prim_typecode fieldName` and `objectDesc: obj_typecode fieldName className1`
    private mutating func readField(_ bytes: RawSpan, _ record: inout ClassRecord)
        throws(JavaStreamError)
    {
        let start = position
        let typeCode = try readByte(bytes)
        let name = try readUTF(bytes)
        var field = FieldRecord(
            typeCode: typeCode, nameOffset: name.offset, nameLength: name.length, typeNode: noIndex,
            position: 0)
        if let size = PrimitiveType(rawValue: typeCode)?.size {
            guard record.objectFieldCount == 0 else {
                throw fail(
                    .invalidClassDescription("a primitive field after an object field"), at: start, bytes)
            }
            field.position = record.primitiveSize
            record.primitiveSize &+= Int32(size)
        } else if typeCode == UInt8(ascii: "L") || typeCode == UInt8(ascii: "[") {
            field.typeNode = try readTypeString(bytes)
            field.position = record.objectFieldCount
            record.objectFieldCount &+= 1
        } else {
            throw fail(.invalidClassDescription("unknown field type code \(typeCode)"), at: start, bytes)
        }
        try appendField(field, bytes)
    }

    /// `className1: (String)object`
    private mutating func readTypeString(_ bytes: RawSpan) throws(JavaStreamError) -> Int32 {
        let start = position
        guard position < bytes.byteCount else { throw fail(.truncated, bytes) }
        switch bytes.byte(position) {
        case TypeCode.string: return try readString(bytes)
        case TypeCode.longString: return try readLongString(bytes)
        case TypeCode.reference:
            let target = try readHandle(bytes)
            guard target >= 0, tables.nodes[target].kind == .string else {
                throw fail(.wrongReference(expected: "a field's type string"), at: start, bytes)
            }
            return target
        case let code: throw fail(.unexpectedTypeCode(code, expected: "a field's type string"), bytes)
        }
    }

    private mutating func appendField(_ field: FieldRecord, _ bytes: RawSpan) throws(JavaStreamError) {
        tables.fields.append(field)
        try spendSlots(1, bytes)
    }

    /// The contradictions that java.io.ObjectStreamClass.readNonProxy refuses.
    private mutating func check(_ record: ClassRecord, _ bytes: RawSpan) throws(JavaStreamError) {
        let flags = record.flags
        if flags & ClassFlag.serializable != 0, flags & ClassFlag.externalizable != 0 {
            throw fail(.invalidClassDescription("both serializable and externalizable"), bytes)
        }
        if flags & ClassFlag.enum != 0, record.fieldCount != 0 {
            throw fail(.invalidClassDescription("an enum with fields"), bytes)
        }
    }

    /// `classAnnotation: endBlockData | contents endBlockData`
    mutating func readClassAnnotation(_ bytes: RawSpan, _ frame: Frame, _ depth: Int)
        throws(JavaStreamError)
    {
        guard try readItems(bytes, depth) else { return }
        let items = try closeItems(from: frame.base, bytes)
        tables.classes[frame.node].firstAnnotation = items.first
        tables.classes[frame.node].annotationCount = items.count
        frames[depth].kind = .superclass
        frames[depth].index = noIndex
    }

    /// `superClassDesc: classDesc`; entered again when a superclass that was described here is finished.
    mutating func readSuperclass(_ bytes: RawSpan, _ frame: Frame, _ depth: Int)
        throws(JavaStreamError)
    {
        var superclass = frame.index
        if superclass == noIndex {
            superclass = try classDescription(bytes, returningTo: depth)
            if frames.count - 1 != depth {
                frames[depth].index = superclass
                return
            }
        }
        var length: Int32 = 1
        if superclass != noIndex {
            guard tables.classes[superclass].isComplete else {
                throw fail(.unfinishedClassDescription, bytes)
            }
            length = tables.classes[superclass].chainLength &+ 1
        }
        finishDescription(frame.node, superclass: superclass, length: length)
        if tables.classes[frame.node].node != noIndex {
            tables.nodes[tables.classes[frame.node].node].end = Int32(truncatingIfNeeded: position)
        }
        frames.shrink(to: depth)
    }

    /// `classDesc: newClassDesc | nullReference | (ClassDesc)prevObject`; `noIndex` for null.
    ///
    /// A new description has pushed its frame onto the one at `depth` when this returns.
    @inline(__always)
    mutating func classDescription(_ bytes: RawSpan, returningTo depth: Int) throws(JavaStreamError)
        -> Int32
    {
        guard position < bytes.byteCount else { throw fail(.truncated, bytes) }
        switch bytes.byte(position) {
        case TypeCode.null:
            count(TypeCode.null)
            position &+= 1
            return noIndex
        case TypeCode.reference:
            let start = position
            let target = try readHandle(bytes)
            guard target < 0 else {
                throw fail(.wrongReference(expected: "a class description"), at: start, bytes)
            }
            guard tables.classes[~target].isComplete else {
                throw fail(.unfinishedClassDescription, at: start, bytes)
            }
            return ~target
        default: return try beginClassDescription(bytes)
        }
    }

    /// A class description in the place of an object is a `java.io.ObjectStreamClass`.
    mutating func readDescriptionAsValue(_ bytes: RawSpan) throws(JavaStreamError) -> Int32 {
        try descriptionNode(try beginClassDescription(bytes), bytes)
    }

    /// The node that stands for class `index` where it is used as an object; made when first asked for.
    mutating func descriptionNode(_ index: Int32, _ bytes: RawSpan) throws(JavaStreamError) -> Int32 {
        let record = tables.classes[index]
        if record.node != noIndex { return record.node }
        let node = try appendNode(.classDescription, at: Int(record.offset), classIndex: index, bytes)
        if record.isComplete { tables.nodes[node].end = record.end }
        tables.classes[index].node = node
        return node
    }
}
