/// Class descriptions that stand in several graphs: each is written once, and its field types as well.
///
/// Of one graph nothing is shared but what was: a stream may describe a class twice, and comes out as it was.
struct SharedDescriptions {
    /// Where each text that names a field's type was written, since handles started over last.
    var typeStrings: [[UInt8]: Int32] = [:]
    /// For each class of each graph the first that is like it.
    private var first: [[SourceClass]] = []

    /// Whether there is more than one graph.
    var areShared: Bool { !first.isEmpty }

    /// - Parameter graphs: some may be the first one again, of which objects are copied.
    init(of graphs: [JavaGraph]) {
        guard let original = graphs.first, graphs.count > 1 else { return }
        // The first graph is mostly a whole session, and the others a new value or two: who is like none of theirs is not looked at.
        let others = DescribedNames(of: graphs.filter { $0 !== original })
        var known: [[UInt8]: SourceClass] = [:]
        for (source, graph) in graphs.enumerated() {
            let isCopy = source > 0 && graph === original
            let wanted = source == 0 ? others : nil
            first.append(
                isCopy ? first[0] : Self.classes(of: graph, Int32(truncatingIfNeeded: source), wanted, &known))
        }
    }

    @inline(__always)
    func canonical(_ described: SourceClass) -> SourceClass {
        first.isEmpty ? described : first[Int(described.source)][Int(described.index)]
    }

    /// Forgets what was written: handles start over.
    mutating func forget() { typeStrings.removeAll() }

    /// - Parameter wanted: the names that are looked at; nil for all.
    private static func classes(
        of graph: JavaGraph, _ source: Int32, _ wanted: DescribedNames?, _ known: inout [[UInt8]: SourceClass]
    ) -> [SourceClass] {
        var found = [SourceClass?](repeating: nil, count: graph.classCount)
        for index in 0..<graph.classCount {
            guard wanted?.contains(Int32(truncatingIfNeeded: index), of: graph) != false else { continue }
            // Superclasses first, of a chain as long as it may be.
            var chain: [Int32] = []
            var next = Int32(truncatingIfNeeded: index)
            while let described = JavaClass(next), found[Int(next)] == nil {
                chain.append(next)
                next = graph.record(described).superclass
            }
            for place in chain.reversed() {
                let own = SourceClass(source: source, index: place)
                guard let key = graph.descriptionKey(place, superclass: { found[Int($0)] ?? own }) else {
                    found[Int(place)] = own
                    continue
                }
                found[Int(place)] = known[key] ?? own
                if known[key] == nil { known[key] = own }
            }
        }
        return found.enumerated().map { $1 ?? SourceClass(source: source, index: Int32(truncatingIfNeeded: $0)) }
    }
}

/// The names of the classes that some graphs describe.
private struct DescribedNames {
    private var names: Set<[UInt8]> = []
    /// Most names are told apart by their length.
    private var lengths: Set<Int32> = []
    private var haveProxies = false

    init(of graphs: [JavaGraph]) {
        for graph in graphs {
            for index in 0..<Int32(truncatingIfNeeded: graph.classCount) {
                guard let described = JavaClass(index) else { continue }
                let record = graph.record(described)
                if record.isProxy { haveProxies = true }
                names.insert(Array(graph.bytes[graph.nameRange(of: described)]))
                lengths.insert(record.nameLength)
            }
        }
    }

    func contains(_ index: Int32, of graph: JavaGraph) -> Bool {
        guard let described = JavaClass(index), case let record = graph.record(described) else { return false }
        if record.isProxy { return haveProxies }
        return lengths.contains(record.nameLength) && names.contains(Array(graph.bytes[graph.nameRange(of: described)]))
    }
}

extension JavaGraph {
    /// All that a description says, in bytes; nil for one with an annotation, which is like no other.
    fileprivate func descriptionKey(_ index: Int32, superclass: (Int32) -> SourceClass) -> [UInt8]? {
        guard let described = JavaClass(index), case let record = record(described), record.annotationCount == 0 else {
            return nil
        }
        var key: [UInt8] = [record.isProxy ? 1 : 0, record.flags]
        if !record.isProxy {
            key += bytes[Int(record.nameOffset) - 2..<Int(record.nameOffset + record.nameLength) + 8]
        }
        for number in record.firstField..<record.firstField + record.fieldCount {
            let field = field(number)
            key.append(field.typeCode)
            key += bytes[Int(field.nameOffset) - 2..<Int(field.nameOffset + field.nameLength)]
            guard let type = JavaNode(field.typeNode) else { continue }
            key += bytes[payload(of: type)] + [0]
        }
        guard record.superclass != noIndex else { return key }
        let above = superclass(record.superclass)
        for number in [above.source, above.index] {
            withUnsafeBytes(of: number.bigEndian) { key.append(contentsOf: $0) }
        }
        return key
    }
}
