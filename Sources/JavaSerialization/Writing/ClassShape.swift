/// A class as a stream describes it, without its superclass.
public struct ClassShape: Hashable, Sendable {
    /// A field that the class declares.
    public struct Field: Hashable, Sendable {
        /// The type code (JVM specification §4.3.2): a primitive's, `L` or `[`.
        public let typeCode: UInt8
        /// The field's name.
        public let name: String
        /// The type of an object or array field as a descriptor (`Ljava/lang/String;`); empty for primitives.
        public let typeDescriptor: String

        /// A field of the type that `descriptor` names: `I`, `[B`, `Ljava/lang/String;`.
        public init(_ name: String, _ descriptor: String) {
            self.name = name
            typeCode = descriptor.utf8.first ?? 0
            typeDescriptor = PrimitiveType(rawValue: typeCode) == nil ? descriptor : ""
        }
    }

    /// The binary name (`java.util.Map$Entry`, `[B`).
    public let name: String
    /// The `serialVersionUID`.
    public let serialVersionUID: Int64
    /// The `SC_*` flags.
    public let flags: UInt8
    /// The declared fields: primitives first, then objects, each by name.
    public let fields: [Field]

    /// Creates a shape of its parts.
    public init(_ name: String, uid: Int64, flags: UInt8, fields: [Field] = []) {
        self.name = name
        serialVersionUID = uid
        self.flags = flags
        self.fields = fields
    }

    /// Whether data of its own follow the fields.
    package var isAnnotated: Bool { flags & ClassFlag.writeMethod != 0 || flags & ClassFlag.blockData != 0 }
}

extension JavaGraph {
    /// The shape of a class and those of its superclasses, from the class itself up; nil for a dynamic proxy.
    public func shapes(of described: JavaClass) -> [ClassShape]? {
        var shapes: [ClassShape] = []
        var next: JavaClass? = described
        while let described = next {
            guard proxyInterfaces(of: described) == nil else { return nil }
            shapes.append(shape(of: described))
            next = superclass(of: described)
        }
        return shapes
    }

    /// The shape of an ordinary class, without those of its superclasses.
    func shape(of described: JavaClass) -> ClassShape {
        let fields = fields(of: described).map { field in
            ClassShape.Field(
                field.name, field.primitive == nil ? field.typeDescriptor : String(UnicodeScalar(field.typeCode)))
        }
        return ClassShape(
            name(of: described), uid: serialVersionUID(of: described), flags: flags(of: described), fields: fields)
    }
}

extension JavaGraph {
    /// The classes that the stream describes, in its order; one that is described twice comes twice.
    package var describedClasses: [JavaClass] {
        (0..<Int32(truncatingIfNeeded: classCount)).compactMap { JavaClass($0) }
    }

    /// The classes of this name that the stream describes, in its order; mostly one.
    package func classes(named name: String) -> [JavaClass] {
        let bytes = ModifiedUTF8.bytes(of: Array(name.utf16))
        return describedClasses.filter { isNamed($0, bytes) }
    }

    /// Whether an object in the stream has nothing behind the fields of a class that may write more.
    package func hasBareObject(of described: JavaClass) -> Bool {
        nodes.contains { node in
            kind(of: node) == .object
                && classData(of: node).contains { $0.javaClass == described && $0.hasFields && $0.annotation.isEmpty }
        }
    }

    /// Whether the stream describes a class of this name that is no interface: interfaces have no fields, no superclass and no objects.
    func hasObjects(ofClassNamed name: String) -> Bool {
        classes(named: name).contains { described in
            !fields(of: described).isEmpty || superclass(of: described) != nil
                || (0..<Int32(truncatingIfNeeded: classCount)).contains {
                    JavaClass($0).flatMap { superclass(of: $0) } == described
                }
                || nodes.contains { kind(of: $0) == .object && javaClass(of: $0) == described }
        }
    }

    /// Whether the table of known classes explains objects of a class, so that more than their fields is to be made.
    package func isKnown(_ described: JavaClass) -> Bool { facts(of: described).row >= 0 }

    /// The nodes by the byte at which they begin. Where an object could not be read to its end, what stands for it came last.
    package var nodesByOffset: [Int: JavaNode] {
        Dictionary(nodes.map { (byteRange(of: $0).lowerBound, $0) }) { _, last in last }
    }

    /// All nodes, in the order of reading.
    package var nodes: some RandomAccessCollection<JavaNode> {
        (0..<Int32(truncatingIfNeeded: nodeCount)).lazy.map { JavaNode(checked: $0) }
    }
}

extension JavaGraph {
    /// The names of the constants of an enum that occur in the graph, each once, in the order of the stream.
    ///
    /// - Parameter name: the class of the enum.
    public func constantNames(of name: String) -> [String] {
        var known: Set<String> = []
        return (0..<Int32(truncatingIfNeeded: nodeCount)).compactMap { index in
            guard let other = JavaNode(index), kind(of: other) == .enumConstant, className(of: other) == name else {
                return nil
            }
            return constantName(of: other).flatMap { text(of: $0) }
        }.filter { known.insert($0).inserted }
    }
}
