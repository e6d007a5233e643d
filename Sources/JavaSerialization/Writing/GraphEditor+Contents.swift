extension GraphEditor {
    /// Gives a list, set, queue or array of objects other elements, some of which may be those that it has.
    ///
    /// - Throws: `JavaEditError` where the collection cannot have these elements, or not in this order.
    public mutating func setElements(_ values: [Value], of collection: JavaNode) throws(JavaEditError) {
        try replace(values, in: try storage(of: collection, stride: 1))
    }

    /// Gives a map other entries, some of which may be those that it has.
    ///
    /// - Throws: `JavaEditError` where the map cannot have these entries, or not in this order.
    public mutating func setEntries(_ entries: [(key: Value, value: Value)], of map: JavaNode) throws(JavaEditError) {
        try replace(entries.flatMap { [$0.key, $0.value] }, in: try storage(of: map, stride: 2))
    }

    /// Puts other elements at their positions into a list, set, queue or array of objects. Where the order is that of the stream this
    /// can always be done; sets have to be able to have the elements.
    ///
    /// - Throws: `JavaEditError` as for `setElements(_:of:)`.
    public mutating func exchangeElements(
        _ values: [Value], at positions: [Int], of items: JavaItems, in collection: JavaNode
    ) throws(JavaEditError) {
        let isArray = graph.kind(of: collection) == .array
        let storage: CollectionStorage?
        do throws(JavaEditError) {
            storage = try self.storage(of: collection, stride: 1)
        } catch {
            // A ring or a single element has its place.
            storage = nil
        }
        if let storage, storage.isSet || storage.refusal != nil { return try replace(values, in: storage) }
        for position in positions where values.indices.contains(position) {
            if isArray {
                try set(position, ofArray: collection, to: values[position])
            } else {
                try set(position, of: items, below: collection, to: values[position])
            }
        }
    }

    private mutating func replace(_ values: [Value], in storage: CollectionStorage) throws(JavaEditError) {
        guard values.count <= Int(Int32.max) / 2 else { throw .refused("it has no room for more") }
        if let owner = storage.owner, let null = values.first(where: { $0.node == nil }) {
            try require(null, mayStandIn: owner)
        }
        let before = keys(items(of: storage), storage)
        let known = Set(before)
        let all = try written(values, storage)
        let places = stride(from: 0, to: all.count, by: storage.stride)
        let added = places.filter { !known.contains(all[$0]) }
        let given = { (place: Int) in
            let first = place / storage.stride * storage.width
            return Array(values[first..<first + storage.width])
        }
        for place in added { try require(given(place), in: storage) }
        let kept = places.filter { known.contains(all[$0]) }
        let keepsOrder = Self.isSubsequence(kept.map { all[$0] }, of: before)
        if let refusal = storage.refusal, !added.isEmpty || !keepsOrder { throw .refused(refusal) }
        if storage.isSet { try requireDifferent(keys(all, storage), before, storage) }
        guard storage.isSorted else { return try write(all, to: storage) }
        guard keepsOrder else { throw .refused("its order is that of its elements") }
        var sorted = kept.flatMap { all[$0..<$0 + storage.stride] }
        for place in added {
            let position = try sortedPlace(of: given(place)[0], among: keys(sorted, storage))
            sorted.insert(contentsOf: all[place..<place + storage.stride], at: position * storage.stride)
        }
        try write(sorted, to: storage)
    }

    /// Values as they are to stand there: keys that are shown as a set with what the map has for them.
    private mutating func written(_ values: [Value], _ storage: CollectionStorage) throws(JavaEditError) -> [GraphItem]
    {
        let all = values.map { item($0) }
        guard storage.mapped != nil else { return all }
        let before = items(of: storage)
        let known = stride(from: 0, to: before.count - 1, by: 2).map { (before[$0], before[$0 + 1]) }
        let mapped = Dictionary(known) { first, _ in first }
        var written: [GraphItem] = []
        var new: GraphItem?
        for key in all {
            if mapped[key] == nil, new == nil { new = try mappedItem(of: storage, before) }
            written += [key, mapped[key] ?? new ?? .null]
        }
        return written
    }

    private func keys(_ items: [GraphItem], _ storage: CollectionStorage) -> [GraphItem] {
        storage.stride == 1 ? items : stride(from: 0, to: items.count, by: storage.stride).map { items[$0] }
    }

    /// Whether items occur among others in the same order, each as often as there at most.
    private static func isSubsequence(_ items: [GraphItem], of all: [GraphItem]) -> Bool {
        var rest = all[...]
        for item in items {
            guard let place = rest.firstIndex(of: item) else { return false }
            rest = rest[(place + 1)...]
        }
        return true
    }

    /// Refuses keys that are equal, unless they stood there already.
    private func requireDifferent(
        _ keys: [GraphItem], _ before: [GraphItem], _ storage: CollectionStorage
    ) throws(JavaEditError) {
        var counts: [KeyIdentity: Int] = [:]
        for item in before { counts[identity(of: item, in: storage), default: 0] += 1 }
        var seen: [KeyIdentity: Int] = [:]
        for item in keys {
            let key = identity(of: item, in: storage)
            seen[key, default: 0] += 1
            if seen[key, default: 0] > max(1, counts[key, default: 0]) {
                throw .refused("two of its elements or keys are equal")
            }
        }
    }
}
