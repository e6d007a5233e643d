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
        return JavaItems(graph: self, first: record.firstAnnotation, count: Int(record.annotationCount))
    }
}

/// Items in the graph's slots: an annotation's contents, an array's or a collection's elements; nil is a null reference.
public struct JavaItems: RandomAccessCollection {
    let graph: JavaGraph
    var first: Int32
    private let number: Int32
    /// The distance from one item to the next: 2 for keys or values in turn, 0 for one item that stands for all.
    private let stride: Int32
    /// For rings: which of the `ringSize` slots the first item is in; what is no ring has size 0.
    private let ringStart: Int32
    private let ringSize: Int32

    init(graph: JavaGraph, first: Int32, count: Int, stride: Int32 = 1, ringStart: Int = 0, ringSize: Int = 0) {
        self.graph = graph
        self.first = first
        number = Int32(truncatingIfNeeded: count)
        self.stride = stride
        self.ringStart = Int32(truncatingIfNeeded: ringStart)
        self.ringSize = Int32(truncatingIfNeeded: ringSize)
    }

    /// The number of items.
    public var count: Int { Int(number) }
    /// Always 0.
    public var startIndex: Int { 0 }
    /// The same as `count`.
    public var endIndex: Int { count }

    /// Whether one item stands for all, as in `Collections.nCopies`: there may be two billion.
    public var isRepetition: Bool { stride == 0 && number > 1 }

    /// The item at `position`; nil is a null reference.
    public subscript(position: Int) -> JavaNode? {
        precondition(position >= 0 && position < count, "item index")
        let place = ringSize > 0 ? (Int(ringStart) + position) % Int(ringSize) : position
        return graph.slot(first &+ Int32(truncatingIfNeeded: place) &* stride)
    }

    /// The first `count` items, or all where there are fewer.
    public func leading(_ count: Int) -> JavaItems {
        JavaItems(
            graph: graph, first: first, count: Swift.min(count, self.count), stride: stride,
            ringStart: Int(ringStart), ringSize: Int(ringSize))
    }

    /// The item at `position` alone.
    public func item(_ position: Int) -> JavaItems {
        precondition(position >= 0 && position < count, "item index")
        let place = ringSize > 0 ? (Int(ringStart) + position) % Int(ringSize) : position
        return part(from: place * Int(stride), count: 1)
    }

    /// Some of the items, each `stride` slots behind the one before; the caller has checked that they exist.
    func part(from start: Int, count: Int, stride: Int32 = 1) -> JavaItems {
        JavaItems(graph: graph, first: first &+ Int32(truncatingIfNeeded: start), count: count, stride: stride)
    }
}
