// What collections find by its content: to change it where it is would leave them with what they cannot find, or twice.

extension JavaGraph {
    /// Whether a collection finds its elements by what they are: a set, also one that is inside of another collection.
    package func isSet(_ collection: JavaNode) -> Bool {
        (try? known(collection)).flatMap { $0 }?.isSet ?? false
    }

    /// Every object and array that is inside of an element of a set, or of a key of a map.
    package func partsOfKeys() -> Set<JavaNode> {
        var parts: Set<JavaNode> = []
        var work = nodes.flatMap { keys(of: $0) }
        while let node = work.popLast() {
            guard parts.insert(node).inserted else { continue }
            for slot in slots(of: node).joined() { if let next = self.slot(slot) { work.append(next) } }
        }
        return parts
    }

    /// Whether the data of a class is that of one of some objects.
    package func isData(_ data: JavaClassData, ofOneOf nodes: Set<JavaNode>) -> Bool {
        nodes.contains { node in
            classData(of: node).contains { other in
                (
                    other.record.classIndex, other.record.primitiveOffset, other.record.firstSlot,
                    other.record.firstAnnotation
                )
                    == (
                        data.record.classIndex, data.record.primitiveOffset, data.record.firstSlot,
                        data.record.firstAnnotation
                    )
            }
        }
    }

    /// The elements or keys that a collection finds by their content, as far as something is inside of them.
    private func keys(of node: JavaNode) -> [JavaNode] {
        guard kind(of: node) == .object, let object = (try? known(node)).flatMap({ $0 }) else { return [] }
        switch try? value(of: node).content {
        case .sequence(let sequence) where object.isSet: return sequence.elements.compactMap { $0 }
        case .map(let map) where !object.findsByIdentity: return map.keys.compactMap { $0 }
        default: return []
        }
    }
}

extension KnownObject {
    /// Whether elements are found by what they are.
    fileprivate var isSet: Bool {
        if case .sequence(.keys, _) = meaning { return true }
        return row.name.hasSuffix("Set") || innermost.isSetItself
    }

    private var isSetItself: Bool {
        switch meaning {
        case .enumSet: true
        // java.util.CollSer: the kind 2 is a set.
        case .immutableCollection: (try? int("tag") & 0xff) == 2
        default: row.name.hasSuffix("Set")
        }
    }

    fileprivate var findsByIdentity: Bool { innermost.row.name == "java.util.IdentityHashMap" }
}
