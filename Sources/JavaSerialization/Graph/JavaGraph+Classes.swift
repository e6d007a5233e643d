/// A field that a class description declares.
public struct JavaField: Hashable, Sendable {
    /// The field's name.
    public let name: String
    /// Its type code (JVM specification §4.3.2): a primitive's, `L` or `[`.
    public let typeCode: UInt8
    /// The type of an object or array field as a descriptor (`Ljava/lang/String;`); empty for primitives.
    public let typeDescriptor: String
    let position: Int32

    /// The primitive type, or nil for object and array fields.
    public var primitive: PrimitiveType? { PrimitiveType(rawValue: typeCode) }
}

extension JavaGraph {
    /// The binary name of a class (`java.util.Map$Entry`, `[B`); empty for a proxy class.
    public func name(of described: JavaClass) -> String {
        let record = record(described)
        return text(Int(record.nameOffset)..<Int(record.nameOffset) + Int(record.nameLength))
    }

    /// The `serialVersionUID` in the stream; 0 for proxies and enums.
    public func serialVersionUID(of described: JavaClass) -> Int64 {
        record(described).serialVersionUID
    }

    /// The description's `SC_*` flags.
    public func flags(of described: JavaClass) -> UInt8 { record(described).flags }

    /// Whether the class has a `writeObject` method of its own (`SC_WRITE_METHOD`).
    public func hasWriteMethod(_ described: JavaClass) -> Bool {
        record(described).flags & ClassFlag.writeMethod != 0
    }

    /// Whether the class writes itself by `writeExternal`.
    public func isExternalizable(_ described: JavaClass) -> Bool {
        record(described).flags & ClassFlag.externalizable != 0
    }

    /// The serializable superclass, or nil.
    public func superclass(of described: JavaClass) -> JavaClass? {
        JavaClass(record(described).superclass)
    }

    /// The interfaces of a dynamic proxy class, or nil for an ordinary class.
    public func proxyInterfaces(of described: JavaClass) -> [String]? {
        let record = record(described)
        guard record.isProxy else { return nil }
        return (record.firstField..<record.firstField + record.fieldCount).map { index in
            let field = field(index)
            return text(Int(field.nameOffset)..<Int(field.nameOffset) + Int(field.nameLength))
        }
    }

    /// The declared fields in the order of the stream: primitives first.
    public func fields(of described: JavaClass) -> [JavaField] {
        let record = record(described)
        guard !record.isProxy else { return [] }
        return (record.firstField..<record.firstField + record.fieldCount).map { index in
            let field = field(index)
            return JavaField(
                name: text(Int(field.nameOffset)..<Int(field.nameOffset) + Int(field.nameLength)),
                typeCode: field.typeCode,
                typeDescriptor: JavaNode(field.typeNode).flatMap { text(of: $0) } ?? "",
                position: field.position)
        }
    }

    /// What `annotateClass` wrote into the description; empty from every ordinary writer.
    public func annotation(of described: JavaClass) -> JavaItems {
        let record = record(described)
        return JavaItems(graph: self, SlotRange(first: record.firstAnnotation, count: Int(record.annotationCount)))
    }
}
