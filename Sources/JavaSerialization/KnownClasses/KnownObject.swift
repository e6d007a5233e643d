/// An object of a known class, while it is being made out. What the class always writes and this object lacks is an error.
struct KnownObject {
    let graph: JavaGraph
    let node: JavaNode
    let row: KnownClass
    /// The class as it stands in the stream.
    let className: String
    /// What the class that holds the data wrote.
    let data: ClassDataRecord

    init(_ node: JavaNode, in graph: JavaGraph, _ known: GraphKnowledge.Entry, _ row: KnownClass)
        throws(JavaStreamError)
    {
        self.graph = graph
        self.node = node
        self.row = row
        className = known.name
        guard let data = graph.dataRecord(of: node, named: row.data ?? row.name) else {
            throw graph.inconsistent(node, known.name, "has no data of \(row.data ?? row.name)")
        }
        self.data = data
    }

    /// Whether an application made the class by deriving it from a known one.
    var isApplicationClass: Bool { className != row.name && !KnownClass.isPlatformClass(className) }

    /// What `writeObject` wrote.
    var annotation: JavaItems {
        JavaItems(graph: graph, first: data.firstAnnotation, count: Int(data.annotationCount))
    }

    func fail(_ reason: String) -> JavaStreamError { graph.inconsistent(node, className, reason) }

    // MARK: Fields

    /// The number of the slot of an object field, or nil where the class declares none of that name.
    func slot(_ name: StaticString) -> Int32? {
        guard let field = graph.fieldRecord(name, in: data), PrimitiveType(rawValue: field.typeCode) == nil
        else { return nil }
        return data.firstSlot + field.position
    }

    func requiredSlot(_ name: StaticString) throws(JavaStreamError) -> Int32 {
        guard let slot = slot(name) else { throw fail("has no field \(name)") }
        return slot
    }

    func reference(_ name: StaticString) throws(JavaStreamError) -> JavaNode? {
        graph.slot(try requiredSlot(name))
    }

    func requiredReference(_ name: StaticString) throws(JavaStreamError) -> JavaNode {
        guard let node = try reference(name) else { throw fail("has null in its field \(name)") }
        return node
    }

    /// A field that older or newer layouts lack.
    func optionalReference(_ name: StaticString) -> JavaNode? { slot(name).flatMap { graph.slot($0) } }

    /// The units of the string in a field; nil for null.
    func string(_ name: StaticString) throws(JavaStreamError) -> [UInt16]? {
        guard let node = try reference(name) else { return nil }
        guard let units = graph.units(of: node) else { throw fail("has no string in its field \(name)") }
        return units
    }

    func requiredString(_ name: StaticString) throws(JavaStreamError) -> [UInt16] {
        guard let units = try string(name) else { throw fail("has null in its field \(name)") }
        return units
    }

    func primitive(_ name: StaticString) throws(JavaStreamError) -> JavaPrimitive {
        guard let field = graph.fieldRecord(name, in: data), let type = PrimitiveType(rawValue: field.typeCode),
            let value = graph.primitive(type, at: Int(data.primitiveOffset) + Int(field.position))
        else { throw fail("has no field \(name)") }
        return value
    }

    func int(_ name: StaticString) throws(JavaStreamError) -> Int32 {
        guard case .int(let value) = try primitive(name) else { throw fail("has no int in its field \(name)") }
        return value
    }

    func long(_ name: StaticString) throws(JavaStreamError) -> Int64 {
        guard case .long(let value) = try primitive(name) else { throw fail("has no long in its field \(name)") }
        return value
    }

    func boolean(_ name: StaticString) throws(JavaStreamError) -> Bool {
        guard case .boolean(let value) = try primitive(name) else { throw fail("has no boolean in its field \(name)") }
        return value
    }

    /// The array of objects in a field, by its elements.
    func elements(_ name: StaticString) throws(JavaStreamError) -> JavaItems {
        let array = try requiredReference(name)
        guard graph.kind(of: array) == .array, graph.elementType(of: array) == nil else {
            throw fail("has no array of objects in its field \(name)")
        }
        return graph.elements(of: array)
    }

    /// The node of an array of primitives.
    func primitiveArray(_ node: JavaNode?, _ type: PrimitiveType) throws(JavaStreamError) -> JavaNode {
        guard let node, graph.elementType(of: node) == type else { throw fail("has no array of \(type.name)") }
        return node
    }

    // MARK: Data of its own

    /// Reads the primitives that `writeObject` wrote, from item `start` on.
    func written(from start: Int = 0) -> BlockCursor { BlockCursor(object: self, item: start) }
}

extension JavaGraph {
    func inconsistent(_ node: JavaNode, _ className: String, _ reason: String) -> JavaStreamError {
        JavaStreamError(
            problem: .inconsistentValue("\(className) \(reason)"), offset: byteRange(of: node).lowerBound, path: "")
    }

    /// The data that the class `name` wrote of an object. Only the 64 classes nearest to it are looked at.
    func dataRecord(of node: JavaNode, named name: String) -> ClassDataRecord? {
        let record = record(node)
        guard record.kind == .object else { return nil }
        for index in (record.first..<record.first + record.second).suffix(64).reversed() {
            let data = data(index)
            guard let described = JavaClass(data.classIndex) else { continue }
            if knowledge(of: described).name == name { return data }
        }
        return nil
    }

    func fieldRecord(_ name: StaticString, in data: ClassDataRecord) -> FieldRecord? {
        guard data.hasFields, let described = JavaClass(data.classIndex) else { return nil }
        let description = record(described)
        for number in description.firstField..<description.firstField + description.fieldCount {
            let field = field(number)
            if matches(field, name) { return field }
        }
        return nil
    }
}
