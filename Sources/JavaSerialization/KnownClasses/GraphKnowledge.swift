/// What was found out about a graph's classes when values were asked for; kept so that it is found out once a class.
struct GraphKnowledge {
    /// Of one class of the graph.
    struct Entry {
        let name: String
        /// The row that explains its objects, its own or that of a superclass.
        let row: KnownClass?
    }

    private var entries: [Entry?] = []
    /// Decimal digits by the node of the magnitude.
    var digits: [JavaNode: String] = [:]

    subscript(described: JavaClass) -> Entry? {
        get { Int(described.index) < entries.count ? entries[Int(described.index)] : nil }
        set {
            let missing = Int(described.index) + 1 - entries.count
            if missing > 0 { entries.append(contentsOf: repeatElement(nil, count: missing)) }
            entries[Int(described.index)] = newValue
        }
    }
}

extension JavaGraph {
    /// The name and the row of a class.
    func knowledge(of described: JavaClass) -> GraphKnowledge.Entry {
        if let known = knowledge[described] { return known }
        let name = name(of: described)
        let entry = GraphKnowledge.Entry(name: name, row: row(for: described, named: name))
        knowledge[described] = entry
        return entry
    }

    /// The nearest known class from `described` upwards that means it too. Known classes are never far up.
    private func row(for described: JavaClass, named name: String) -> KnownClass? {
        var ancestor: JavaClass? = described
        for _ in 0..<64 {
            guard let current = ancestor else { return nil }
            if Int(record(current).nameLength) <= KnownClass.longestName,
                let row = KnownClass.table[self.name(of: current)]
            {
                return row.covers(name) ? row : nil
            }
            ancestor = superclass(of: current)
        }
        return nil
    }
}
