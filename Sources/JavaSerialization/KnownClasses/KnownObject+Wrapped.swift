// Collections that stand around other collections are looked through in a loop, however many there are.

extension KnownObject {
    /// How many collections may stand around one another; more are shown by their fields.
    static let deepestWrapping = 1000

    /// The sequence with elements of its own that `node` is or stands around, and whether it can be indexed quickly
    /// (`java.util.RandomAccess`). Nil where it is none that is known, or one that stands around itself.
    func innermostSequence(
        _ node: JavaNode
    ) throws(JavaStreamError) -> (elements: SlotRange, comparator: JavaNode?, isRandomAccess: Bool)? {
        var inner = node
        var isRandomAccess: Bool?
        for _ in 0..<Self.deepestWrapping {
            guard let object = try known(inner) else { return nil }
            guard case .sequence(.inside(let field, let randomAccess), _) = object.meaning else {
                guard object.isSequence, case .sequence(let sequence) = try object.value().content else { return nil }
                return (
                    sequence.elements.range, sequence.comparator,
                    isRandomAccess ?? KnownClass.randomAccess.contains(object.row.name)
                )
            }
            if randomAccess == nil, isRandomAccess == nil {
                isRandomAccess = object.row.name.hasSuffix("RandomAccessList")
            }
            inner = try object.requiredReference(field)
        }
        return nil
    }

    /// The map with entries of its own that `node` is or stands around, or nil as for sequences.
    func innermostMap(_ node: JavaNode) throws(JavaStreamError) -> Entries? {
        var inner = node
        for _ in 0..<Self.deepestWrapping {
            guard let object = try known(inner) else { return nil }
            guard case .map(.inside(let field), _) = object.meaning else {
                guard object.isMap, case .map(let map) = try object.value().content else { return nil }
                return (map.keys.range, map.values.range, map.comparator)
            }
            inner = try object.requiredReference(field)
        }
        return nil
    }

    // Only these are asked for their value: anything else, such as a set of a map's keys in the place of the map, may lead back
    // here without an end.
    private var isSequence: Bool {
        switch meaning {
        case .sequence, .enumSet, .immutableCollection: true
        default: false
        }
    }

    private var isMap: Bool {
        switch meaning {
        case .map, .immutableCollection: true
        default: false
        }
    }

    private func known(_ node: JavaNode) throws(JavaStreamError) -> KnownObject? { try graph.known(node) }
}

extension JavaGraph {
    /// The object at `node`, if a row explains it.
    func known(_ node: JavaNode) throws(JavaStreamError) -> KnownObject? {
        guard kind(of: node) == .object, let described = javaClass(of: node) else { return nil }
        let facts = facts(of: described)
        return facts.row < 0 ? nil : try KnownObject(node, in: self, described, facts)
    }
}

extension KnownClass {
    /// The known lists that implement `java.util.RandomAccess`.
    static let randomAccess: Set<String> = [
        "java.util.ArrayList", "java.util.Vector", "java.util.Stack", "java.util.Arrays$ArrayList",
        "java.util.concurrent.CopyOnWriteArrayList", "java.util.Collections$EmptyList",
        "java.util.Collections$SingletonList", "java.util.Collections$CopiesList", "java.util.CollSer",
    ]
}
