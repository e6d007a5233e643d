/// One field of an object as people see it: where its name stands and where its value is.
package struct LaidOutField: BitwiseCopyable, Sendable {
    let nameOffset: Int32
    let nameLength: Int32
    /// The class that declares it, where a derived class declares a field of the same name too; else `noIndex`.
    let hiddenClass: Int32
    let typeCode: UInt8
    let position: Int32
    /// Which of the object's class data holds it.
    let dataIndex: Int32

    /// Where the name stands in the stream, in modified UTF-8.
    package var name: Range<Int> { Int(nameOffset)..<Int(nameOffset) + Int(nameLength) }
    /// The class that the name is told apart by; nil where the name alone is enough.
    package var owner: JavaClass? { JavaClass(hiddenClass) }
}

/// Which fields the objects of a graph's classes have, from the class itself up: found out once a class, kept in one row of
/// plain records that the next graph uses again.
package struct FieldLayouts: ~Copyable {
    private var fields = Arena<LaidOutField>(minimumCapacity: 32)
    /// Where the fields of each class begin and end, by the number of the class; nil for those not asked for yet.
    private var ranges: [Range<Int>?] = []

    package init() {}

    /// Forgets the classes of a graph that is not looked at any more.
    package mutating func removeAll() {
        fields.shrink(to: 0)
        ranges.removeAll(keepingCapacity: true)
    }

    package subscript(index: Int) -> LaidOutField { fields[index] }

    /// The fields of `node`, an object of `graph`; with `isDerivedFromKnown` without those that the platform's classes
    /// declare (`ArrayList.size`).
    package mutating func fields(of node: JavaNode, in graph: JavaGraph, isDerivedFromKnown: Bool) -> Range<Int> {
        let record = graph.record(node)
        guard record.kind == .object else { return 0..<0 }
        let described = Int(record.classIndex)
        if described < ranges.count, let known = ranges[described] { return known }
        let start = fields.count
        append(record, graph, isDerivedFromKnown)
        if described >= ranges.count {
            ranges.append(contentsOf: repeatElement(nil, count: described + 1 - ranges.count))
        }
        ranges[described] = start..<fields.count
        return start..<fields.count
    }

    private mutating func append(_ record: NodeRecord, _ graph: JavaGraph, _ isDerivedFromKnown: Bool) {
        var names: Set<ArraySlice<UInt8>> = []
        let start = fields.count
        for dataIndex in (0..<record.second).reversed() {
            let data = graph.data(record.first &+ dataIndex)
            guard data.hasFields, let described = JavaClass(data.classIndex) else { continue }
            if isDerivedFromKnown, graph.knownName(of: described).hasPrefix("java.") { continue }
            // A field can only be hidden by those of a class below.
            if fields.count > start, names.isEmpty {
                for index in start..<fields.count { names.insert(graph.bytes[fields[index].name]) }
            }
            append(graph.record(described), data.classIndex, dataIndex, graph, hiddenBy: names)
            if !names.isEmpty { for index in start..<fields.count { names.insert(graph.bytes[fields[index].name]) } }
        }
    }

    private mutating func append(
        _ description: ClassRecord, _ classIndex: Int32, _ dataIndex: Int32, _ graph: JavaGraph,
        hiddenBy names: Set<ArraySlice<UInt8>>
    ) {
        for number in description.firstField..<description.firstField &+ description.fieldCount {
            let field = graph.field(number)
            let name = Int(field.nameOffset)..<Int(field.nameOffset) + Int(field.nameLength)
            let isHidden = !names.isEmpty && names.contains(graph.bytes[name])
            fields.append(
                LaidOutField(
                    nameOffset: field.nameOffset, nameLength: field.nameLength,
                    hiddenClass: isHidden ? classIndex : noIndex, typeCode: field.typeCode, position: field.position,
                    dataIndex: dataIndex))
        }
    }
}

extension JavaGraph {
    /// The value of a field of `node`.
    @inline(__always)
    package func value(of field: LaidOutField, in node: JavaNode) -> JavaFieldValue {
        let data = data(record(node).first &+ field.dataIndex)
        guard let type = PrimitiveType(rawValue: field.typeCode) else {
            return .reference(slot(data.firstSlot &+ field.position))
        }
        return primitive(type, at: Int(data.primitiveOffset) + Int(field.position)).map { .primitive($0) }
            ?? .reference(nil)
    }

    /// How many classes wrote data of the object `node`.
    package func classDataCount(of node: JavaNode) -> Int {
        let record = record(node)
        return record.kind == .object ? Int(record.second) : 0
    }

    /// What the object fields of class data `index` of the object `node` refer to; empty where none were written.
    package func fieldReferences(of node: JavaNode, classData index: Int) -> SlotRange {
        let data = data(record(node).first &+ Int32(truncatingIfNeeded: index))
        guard data.hasFields, let described = JavaClass(data.classIndex) else { return .empty }
        return SlotRange(first: data.firstSlot, count: Int(record(described).objectFieldCount))
    }
}
