/// What a key is for `equals` and `compareTo`, as far as its class is known.
enum KeyIdentity: Hashable {
    case null
    case string([UInt16])
    case box(JavaPrimitive)
    /// Of a class that is known by its text: dates, UUIDs, big numbers.
    case text(String, [UInt16])
    case constant(String, [UInt16])
    /// Only the application could say whether it equals another.
    case object(SourceNode)
}

extension GraphEditor {
    /// Whether what stands somewhere equals a value that is to be put beside it.
    func isSame(_ item: GraphItem, _ value: Value) -> Bool { identity(of: item) == identity(of: value) }

    /// Why values cannot be the keys of one map, or the elements of one set; nil where they can.
    ///
    /// - Parameter isSorted: whether they have to be in their natural order.
    package func refusal(ofKeys values: [Value], isSorted: Bool) -> String? {
        var seen: Set<KeyIdentity> = []
        var last: KeyIdentity?
        for value in values {
            let key = identity(of: value)
            // Whether objects are equal only the application knows.
            if case .object = key {} else if !seen.insert(key).inserted { return "two of its keys are equal" }
            if isSorted, key == .null { return "null has no place in the natural order" }
            if isSorted, let last, Self.isLess(last, key) != true {
                return Self.isLess(last, key) == nil
                    ? "only the application knows the order of such keys" : "its keys are not in their natural order"
            }
            last = key
        }
        return nil
    }

    func identity(of item: GraphItem) -> KeyIdentity {
        guard case .node(let place) = item else { return .null }
        return identity(of: (graph: source(place.source), node: JavaNode(place.index)))
    }

    private func identity(of value: Value) -> KeyIdentity {
        guard let node = value.node else { return .null }
        let graph = value.graph
        let found = try? graph.value(of: node)
        switch found?.content {
        case .string: return .string(graph.units(of: node) ?? [])
        case .box(let primitive): return .box(primitive)
        case .text(let text): return .text(found?.className ?? "", text.units)
        case .bigInteger(let digits?): return .text("java.math.BigInteger", Array(digits.utf16))
        case .bigDecimal(let text?, _, _): return .text("java.math.BigDecimal", Array(text.utf16))
        case .enumConstant(let name): return .constant(found?.className ?? "", graph.units(of: name) ?? [])
        default: return .object(SourceNode(source: number(of: graph), index: node.index))
        }
    }

    /// Where a key belongs among others in their natural order.
    ///
    /// - Throws: `JavaEditError` where only the application could tell.
    func sortedPlace(of value: Value, among keys: [GraphItem]) throws(JavaEditError) -> Int {
        let key = identity(of: value)
        for (place, item) in keys.enumerated() {
            guard let isLess = Self.isLess(key, identity(of: item)) else {
                throw .refused("only the application knows the order of such keys")
            }
            if isLess { return place }
        }
        return keys.count
    }

    /// Nil where they are not of one class whose order is known.
    private static func isLess(_ one: KeyIdentity, _ other: KeyIdentity) -> Bool? {
        switch (one, other) {
        case (.string(let one), .string(let other)): one.lexicographicallyPrecedes(other)
        case (.box(.byte(let one)), .box(.byte(let other))): one < other
        case (.box(.short(let one)), .box(.short(let other))): one < other
        case (.box(.int(let one)), .box(.int(let other))): one < other
        case (.box(.long(let one)), .box(.long(let other))): one < other
        case (.box(.char(let one)), .box(.char(let other))): one < other
        case (.box(.boolean(let one)), .box(.boolean(let other))): !one && other
        default: nil
        }
    }
}
