extension KnownObject {
    /// A map.
    func map(_ layout: KnownClass.MapLayout, _ order: KnownClass.Order) throws(JavaStreamError) -> JavaValue {
        guard let entries = try entries(layout, order) else { return JavaValue(className, .object(isRecord: false)) }
        let map = JavaMap(
            keys: JavaItems(graph: graph, entries.keys), values: JavaItems(graph: graph, entries.values),
            isOrdered: order != .none && !isApplicationClass,
            comparator: entries.comparator, defaults: try defaults(), isApplicationClass: isApplicationClass)
        return plain(.map(map))
    }

    typealias Entries = (keys: SlotRange, values: SlotRange, comparator: JavaNode?)

    /// The keys and values of a map; nil where they are in a class that nobody knows.
    func entries(
        _ layout: KnownClass.MapLayout, _ order: KnownClass.Order
    ) throws(JavaStreamError) -> Entries? {
        switch layout {
        case .counted(let skipped):
            var cursor = written()
            try cursor.skip(skipped)
            let count = Int(try cursor.int32())
            return inTurn(try items(from: cursor.nextItem, count: count, inTurn: 2))
        case .untilNull: return inTurn(try untilNull(inTurn: 2))
        case .single:
            let key = SlotRange(first: try requiredSlot("k"), count: 1)
            return (key, SlotRange(first: try requiredSlot("v"), count: 1), nil)
        case .empty:
            return (.empty, .empty, nil)
        case .inside(let field):
            guard let map = try innermostMap(try requiredReference(field)) else { return nil }
            return (map.keys, map.values, order == .sorted ? map.comparator : nil)
        }
    }

    private func inTurn(_ keys: SlotRange) -> Entries {
        var values = keys
        values.first += 1
        return (keys, values, optionalReference("comparator"))
    }

    /// The defaults of `Properties`, in a field of that class.
    func defaults() throws(JavaStreamError) -> JavaNode?? {
        guard row.name == "java.util.Properties",
            let data = graph.dataRecord(of: node, named: Array(row.name.utf8)),
            let field = graph.fieldRecord("defaults", in: data), PrimitiveType(rawValue: field.typeCode) == nil
        else { return .none }
        return .some(graph.slot(data.firstSlot + field.position))
    }
}
