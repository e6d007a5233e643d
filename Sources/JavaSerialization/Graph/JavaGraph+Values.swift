/// A primitive value of a field or an array.
public enum JavaPrimitive: Hashable, Sendable {
    case byte(Int8)
    case char(UInt16)
    case double(Double)
    case float(Float)
    case int(Int32)
    case long(Int64)
    case short(Int16)
    case boolean(Bool)
}

/// The value of one field.
public enum JavaFieldValue: Hashable, Sendable {
    case primitive(JavaPrimitive)
    /// Another node, or nil for a null reference.
    case reference(JavaNode?)
}

/// What one class of an object's hierarchy wrote.
public struct JavaClassData {
    /// The class.
    public let javaClass: JavaClass
    /// Whether the declared fields were written.
    public let hasFields: Bool
    /// What the class's `writeObject` or `writeExternal` method wrote.
    public let annotation: JavaItems
    let record: ClassDataRecord
}

extension JavaGraph {
    /// The data of an object by class, from the topmost serializable class down; empty for other kinds.
    public func classData(of node: JavaNode) -> [JavaClassData] {
        let record = record(node)
        guard record.kind == .object else { return [] }
        return (record.first..<record.first + record.second).compactMap { index in
            let data = data(index)
            guard let described = JavaClass(data.classIndex) else { return nil }
            return JavaClassData(
                javaClass: described, hasFields: data.hasFields,
                annotation: JavaItems(
                    graph: self, SlotRange(first: data.firstAnnotation, count: Int(data.annotationCount))),
                record: data)
        }
    }

    /// The value of a declared field; nil where the class wrote no fields.
    public func value(of field: JavaField, in data: JavaClassData) -> JavaFieldValue? {
        guard data.hasFields else { return nil }
        guard let type = field.primitive else {
            return .reference(slot(data.record.firstSlot + field.position))
        }
        return primitive(type, at: Int(data.record.primitiveOffset) + Int(field.position)).map {
            .primitive($0)
        }
    }

    /// The value of the field `name`, looked for from the class itself up to the topmost; nil where none has it.
    public func fieldValue(_ name: StaticString, of node: JavaNode) -> JavaFieldValue? {
        let node = record(node)
        guard node.kind == .object else { return nil }
        for index in (node.first..<node.first + node.second).reversed() {
            let data = data(index)
            guard data.hasFields, let described = JavaClass(data.classIndex) else { continue }
            let description = record(described)
            for number in description.firstField..<description.firstField + description.fieldCount {
                let field = field(number)
                guard matches(field, name) else { continue }
                guard let type = PrimitiveType(rawValue: field.typeCode) else {
                    return .reference(slot(data.firstSlot + field.position))
                }
                return primitive(type, at: Int(data.primitiveOffset) + Int(field.position)).map {
                    .primitive($0)
                }
            }
        }
        return nil
    }

    /// The object that the field `name` refers to; nil where there is no such field or it is null.
    public func reference(_ name: StaticString, of node: JavaNode) -> JavaNode? {
        guard case .reference(let target) = fieldValue(name, of: node) else { return nil }
        return target
    }

    func matches(_ field: FieldRecord, _ name: StaticString) -> Bool {
        guard Int(field.nameLength) == name.utf8CodeUnitCount else { return false }
        let bytes = bytes
        return bytes.span.bytes.hasBytes(name, at: Int(field.nameOffset))
    }

    /// The big-endian integer in `count` bytes, eight at most.
    func integer(at offset: Int, count: Int) -> Int64 {
        var value: UInt64 = 0
        for index in offset..<offset + count { value = value << 8 | UInt64(bytes[index]) }
        return Int64(bitPattern: value)
    }

    /// The number of elements of an array; 0 for other kinds.
    public func elementCount(of node: JavaNode) -> Int {
        let record = record(node)
        return record.kind == .array ? Int(record.second) : 0
    }

    /// The element type of an array of primitives; nil for arrays of objects and other kinds.
    public func elementType(of node: JavaNode) -> PrimitiveType? {
        let record = record(node)
        guard record.kind == .array, let described = JavaClass(record.classIndex) else { return nil }
        return PrimitiveType(rawValue: bytes[Int(self.record(described).nameOffset) + 1])
    }

    /// The elements of an array of objects; empty for other kinds.
    public func elements(of node: JavaNode) -> JavaItems {
        JavaItems(graph: self, elementSlots(of: node))
    }

    func elementSlots(of node: JavaNode) -> SlotRange {
        let record = record(node)
        guard record.kind == .array, elementType(of: node) == nil else { return .empty }
        return SlotRange(first: record.first, count: Int(record.second))
    }

    /// The bytes that the elements of an array of primitives take; empty for other kinds.
    public func elementBytes(of node: JavaNode) -> Range<Int> {
        guard let type = elementType(of: node) else { return 0..<0 }
        let record = record(node)
        return Int(record.first)..<Int(record.first) + Int(record.second) * type.size
    }

    /// Element `index` of an array of primitives; nil past its end and for other kinds.
    public func primitiveElement(_ index: Int, of node: JavaNode) -> JavaPrimitive? {
        guard let type = elementType(of: node), index >= 0, index < elementCount(of: node) else {
            return nil
        }
        return primitive(type, at: Int(record(node).first) + index * type.size)
    }

    /// The big-endian value of type `type` at `offset`; nil where the stream is too short.
    public func primitive(_ type: PrimitiveType, at offset: Int) -> JavaPrimitive? {
        let bytes = bytes
        let span = bytes.span.bytes
        guard offset >= 0, offset <= span.byteCount - type.size else { return nil }
        switch type {
        case .byte: return .byte(span.unsafeLoad(fromByteOffset: offset, as: Int8.self))
        case .boolean: return .boolean(span.byte(offset) != 0)
        case .char:
            return .char(
                UInt16(bigEndian: span.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt16.self)))
        case .short:
            return .short(
                Int16(bigEndian: span.unsafeLoadUnaligned(fromByteOffset: offset, as: Int16.self)))
        case .int:
            return .int(
                Int32(bigEndian: span.unsafeLoadUnaligned(fromByteOffset: offset, as: Int32.self)))
        case .long:
            return .long(
                Int64(bigEndian: span.unsafeLoadUnaligned(fromByteOffset: offset, as: Int64.self)))
        case .float:
            let bits = UInt32(
                bigEndian: span.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self))
            return .float(Float(bitPattern: bits))
        case .double:
            let bits = UInt64(
                bigEndian: span.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
            return .double(Double(bitPattern: bits))
        }
    }
}

extension JavaGraph {
    /// The slot of an object field that was written.
    package func slot(of field: JavaField, in data: JavaClassData) -> Int32 { data.record.firstSlot + field.position }

    /// What the object fields of one class of an object refer to, in the order of the fields; empty where it wrote none.
    public func references(in data: JavaClassData) -> JavaItems {
        let count = data.hasFields ? Int(record(data.javaClass).objectFieldCount) : 0
        return JavaItems(graph: self, SlotRange(first: data.record.firstSlot, count: count))
    }

    /// The text of an array of `char`; nil for other nodes.
    public func characters(of node: JavaNode) -> JavaText? {
        guard elementType(of: node) == .char else { return nil }
        let range = elementBytes(of: node)
        return JavaText(
            units: stride(from: range.lowerBound, to: range.upperBound, by: 2).map {
                UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1])
            })
    }
}
