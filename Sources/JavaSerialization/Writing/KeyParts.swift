// What collections find by its content: to change it where it is would leave them with what they cannot find, or twice.

extension JavaGraph {
    /// Whether a collection finds its elements by what they are: a set, also one that is inside of another collection.
    package func isSet(_ collection: JavaNode) -> Bool {
        (try? known(collection)).flatMap { $0 }?.isSet ?? false
    }

    /// Every object, array and string that is an element of a set or a key of a map, or inside of one.
    ///
    /// What holds the set itself, such as the parent to which its elements point back, is not: what an element is cannot depend on that
    /// without end.
    package func partsOfKeys() -> Set<JavaNode> {
        let collections = nodes.map { ($0, keys(of: $0)) }.filter { !$0.1.isEmpty }
        guard !collections.isEmpty else { return [] }
        let holders = holders(of: Set(collections.map(\.0)))
        return collections.reduce(into: []) { parts, one in
            addParts(of: one.1, outside: holding(one.0, holders), to: &parts)
        }
    }

    private func addParts(of keys: [JavaNode], outside holding: Set<JavaNode>, to parts: inout Set<JavaNode>) {
        var seen = holding
        var work = keys
        while let node = work.popLast() {
            guard seen.insert(node).inserted else { continue }
            parts.insert(node)
            for slot in slots(of: node).joined() { if let next = self.slot(slot) { work.append(next) } }
        }
    }

    /// Who refers to collections, and to those that stand around them.
    private func holders(of collections: Set<JavaNode>) -> [JavaNode: [JavaNode]] {
        var holders: [JavaNode: [JavaNode]] = [:]
        for node in nodes {
            for slot in slots(of: node).joined() {
                guard let target = self.slot(slot), collections.contains(target) || isCollection(target) else {
                    continue
                }
                holders[target, default: []].append(node)
            }
        }
        return holders
    }

    /// The collection, those that stand around it, and what refers to any of them.
    private func holding(_ collection: JavaNode, _ holders: [JavaNode: [JavaNode]]) -> Set<JavaNode> {
        var holding: Set<JavaNode> = [collection]
        var work = [collection]
        while let node = work.popLast() {
            for holder in holders[node] ?? [] where holding.insert(holder).inserted {
                if isCollection(holder) { work.append(holder) }
            }
        }
        return holding
    }

    private func isCollection(_ node: JavaNode) -> Bool {
        guard kind(of: node) == .object, let object = (try? known(node)).flatMap({ $0 }) else { return false }
        switch object.meaning {
        case .sequence(.inside, _), .sequence(.keys, _), .map(.inside, _): return true
        default: return false
        }
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
