extension GraphEditor {
    /// Whether what stands somewhere equals a value that is to be put beside it.
    func isSame(_ item: GraphItem, _ value: Value, in storage: CollectionStorage) -> Bool {
        identity(of: item, in: storage) == identity(of: value, isSorted: storage.isSorted)
    }

    /// Which of the keys of a map equals a value, as far as it can be told.
    package func position(of key: Value, among keys: JavaItems, in map: JavaNode) -> Int? {
        let isSorted = graph.isSortedNaturally(map)
        let wanted = identity(of: key, isSorted: isSorted)
        return keys.indices.first { identity(of: (graph, keys[$0]), isSorted: isSorted) == wanted }
    }

    /// Why values cannot be the keys of one map, or the elements of one set; nil where they can.
    ///
    /// - Parameter isSorted: whether they have to be in their natural order.
    package func refusal(ofKeys values: [Value], isSorted: Bool) -> String? {
        var seen: Set<KeyIdentity> = []
        for value in values {
            let key = identity(of: value, isSorted: isSorted)
            // Whether objects are equal only the application knows.
            if case .object = key { continue }
            if !seen.insert(key).inserted { return "two of its keys are equal" }
        }
        guard isSorted else { return nil }
        do throws(JavaEditError) {
            if values.count == 1 { try requireOrdered(values[0]) }
            for (one, other) in zip(values, values.dropFirst()) where try !isLess(one, other) {
                return "its keys are not in their natural order"
            }
            return nil
        } catch {
            return error.description
        }
    }

    func identity(of item: GraphItem, in storage: CollectionStorage) -> KeyIdentity {
        identity(of: value(of: item), isSorted: storage.isSorted)
    }

    private func identity(of value: Value, isSorted: Bool) -> KeyIdentity {
        if let known = KeyIdentity(value.node, in: value.graph, isSorted: isSorted) { return known }
        return value.node.map { .object(SourceNode(source: number(of: value.graph), index: $0.index)) } ?? .null
    }

    private func value(of item: GraphItem) -> Value {
        guard case .node(let place) = item else { return (graph, nil) }
        return (source(place.source), JavaNode(place.index))
    }

    // MARK: The natural order

    /// Where a key belongs among others in their natural order.
    ///
    /// - Throws: `JavaEditError` where the order is not known, or one of them is the same for `compareTo`.
    func sortedPlace(of value: Value, among keys: [GraphItem]) throws(JavaEditError) -> Int {
        if keys.isEmpty { try requireOrdered(value) }
        for (place, item) in keys.enumerated() where try isLess(value, self.value(of: item)) { return place }
        return keys.count
    }

    /// A key alone may be of a class of the application, which knows its order.
    private func requireOrdered(_ value: Value) throws(JavaEditError) {
        guard let node = value.node else { throw .refused("null has no place in the natural order") }
        guard let name = value.graph.classWithoutOrder(of: node) else { return }
        throw .refused("a \(name) has no natural order, so that no JVM could sort it: it is not Comparable")
    }

    private func isLess(_ one: Value, _ other: Value) throws(JavaEditError) -> Bool {
        let (left, right) = (try order(of: one), try order(of: other))
        guard let isLess = left.isLess(than: right) else {
            throw .refused("\(left.className) and \(right.className) have no order among each other")
        }
        return isLess
    }

    private func order(of value: Value) throws(JavaEditError) -> NaturalOrder {
        try requireOrdered(value)
        guard let node = value.node, let order = NaturalOrder(of: node, in: value.graph) else {
            throw .refused("only the application knows the order of such keys")
        }
        return order
    }
}

extension JavaGraph {
    /// Whether a collection finds its keys or elements by their natural order, so that 1.0 and 1.00 are one.
    package func isSortedNaturally(_ collection: JavaNode) -> Bool {
        guard let object = (try? known(collection)).flatMap({ $0 }), let storage = try? object.storage() else {
            return false
        }
        // A comparator is the reason for which nothing is added.
        return storage.isSorted && storage.refusal == nil
    }
}
