/// An object of a known class, while it is being made out. What the class always writes and this object lacks is an error.
struct KnownObject {
    let graph: JavaGraph
    let node: JavaNode
    private let described: JavaClass
    private let facts: ClassFacts
    /// What the class that holds the data wrote.
    let data: ClassDataRecord

    /// - Precondition: the facts have a row.
    init(_ node: JavaNode, in graph: JavaGraph, _ described: JavaClass, _ facts: ClassFacts) throws(JavaStreamError) {
        guard let data = graph.dataRecord(of: node, facts) else {
            let row = KnownClass.rows[Int(facts.row)]
            throw graph.inconsistent(node, graph.knownName(of: described), "has no data of \(row.data ?? row.name)")
        }
        self.init(node, in: graph, described, facts, data)
    }

    private init(
        _ node: JavaNode, in graph: JavaGraph, _ described: JavaClass, _ facts: ClassFacts, _ data: ClassDataRecord
    ) {
        self.graph = graph
        self.node = node
        self.described = described
        self.facts = facts
        self.data = data
    }

    /// The same object by what another of its classes wrote.
    func with(_ data: ClassDataRecord) -> KnownObject { KnownObject(node, in: graph, described, facts, data) }

    /// The class as it stands in the stream.
    var className: String { graph.knownName(of: described) }

    /// The row that explains the object.
    var row: KnownClass { KnownClass.rows[Int(facts.row)] }

    /// What the data stand for.
    var meaning: KnownClass.Meaning { KnownClass.meanings[Int(facts.row)] }

    /// Whether an application made the class by deriving it from a known one.
    var isApplicationClass: Bool { !facts.isPlatformClass && !facts.isOwnRow }

    /// What `writeObject` wrote.
    var annotation: SlotRange { SlotRange(first: data.firstAnnotation, count: Int(data.annotationCount)) }

    /// Item `index` of what `writeObject` wrote.
    func written(_ index: Int) -> JavaNode? { graph.item(index, of: annotation) }

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
    func elements(_ name: StaticString) throws(JavaStreamError) -> SlotRange {
        let array = try requiredReference(name)
        guard graph.kind(of: array) == .array, graph.elementType(of: array) == nil else {
            throw fail("has no array of objects in its field \(name)")
        }
        return graph.elementSlots(of: array)
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

    /// The data that the row of an object's class explains: mostly what the class itself wrote, which comes last.
    func dataRecord(of node: JavaNode, _ facts: ClassFacts) -> ClassDataRecord? {
        let record = record(node)
        if facts.ownsData, record.kind == .object, record.second > 0 {
            let last = data(record.first &+ record.second &- 1)
            if last.classIndex == record.classIndex { return last }
        }
        return dataRecord(of: node, named: KnownClass.rows[Int(facts.row)].dataName)
    }

    /// The data that the class `name` wrote of an object. Only the 64 classes nearest to it are looked at.
    func dataRecord(of node: JavaNode, named name: [UInt8]) -> ClassDataRecord? {
        let record = record(node)
        guard record.kind == .object else { return nil }
        for index in (record.first..<record.first + record.second).suffix(64).reversed() {
            let data = data(index)
            guard let described = JavaClass(data.classIndex) else { continue }
            if isNamed(described, name) { return data }
        }
        return nil
    }

    /// Whether a class of the stream has exactly this name.
    func isNamed(_ described: JavaClass, _ name: [UInt8]) -> Bool {
        let record = record(described)
        guard Int(record.nameLength) == name.count else { return false }
        let bytes = bytes
        return bytes.span.bytes.hasBytes(name, at: record.nameOffset, limit: record.nameLength)
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
