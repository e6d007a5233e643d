extension KnownObject {
    /// A list, set or queue.
    func sequence(_ layout: KnownClass.SequenceLayout, _ order: KnownClass.Order) throws(JavaStreamError) -> JavaValue {
        guard let found = try elements(layout, order) else { return JavaValue(className, .object(isRecord: false)) }
        let sequence = JavaSequence(
            elements: JavaItems(graph: graph, found.elements), isOrdered: order != .none || isApplicationClass,
            comparator: found.comparator, isApplicationClass: isApplicationClass)
        return resolved(to: found.name ?? className, .sequence(sequence))
    }

    /// `name`: what the class is called where it can be indexed quickly, and nil where it has one name.
    typealias Elements = (elements: SlotRange, comparator: JavaNode?, name: String?)

    /// The elements of a list, set or queue; nil where they are in a class that nobody knows.
    func elements(
        _ layout: KnownClass.SequenceLayout, _ order: KnownClass.Order
    ) throws(JavaStreamError) -> Elements? {
        switch layout {
        case .counted(let skipped, let leading): return try counted(skipped, leading)
        case .sized: return (try sized(), optionalReference("comparator"), nil)
        case .untilNull: return (try untilNull(inTurn: 1), nil, nil)
        case .array(let field, let count):
            let all = try elements(field)
            guard let count else { return (all, nil, nil) }
            let number = Int(try int(count))
            guard number >= 0, number <= all.count else { throw fail("says that it has \(number) elements") }
            return (all.part(from: 0, count: number), nil, nil)
        case .ring: return (try ring(), nil, nil)
        case .single: return (SlotRange(first: try requiredSlot("element"), count: 1), nil, nil)
        case .copies: return (try copies(), nil, nil)
        case .empty: return (.empty, nil, nil)
        case .inside(let field, let randomAccess): return try inside(field, randomAccess, order)
        case .keys(let field):
            guard let map = try innermostMap(try requiredReference(field)) else { return nil }
            return (map.keys, order == .sorted ? map.comparator : nil, nil)
        }
    }

    /// Elements behind a block with their count. A tree set writes its comparator before the block.
    private func counted(_ skipped: Int, _ leading: Int) throws(JavaStreamError) -> Elements {
        guard annotation.count >= leading else { throw fail("does not have the data that it always writes") }
        var cursor = written(from: leading)
        try cursor.skip(skipped)
        let count = Int(try cursor.int32())
        let elements = try items(from: cursor.nextItem, count: count, inTurn: 1)
        return (elements, leading > 0 ? written(0) : nil, nil)
    }

    /// The block behind which the elements are holds a capacity that nobody needs.
    private func sized() throws(JavaStreamError) -> SlotRange {
        var cursor = written()
        _ = try cursor.int32()
        return try items(from: cursor.nextItem, count: Int(try int("size")), inTurn: 1)
    }

    /// `count` groups of `inTurn` items, which must be all there are: a count that does not match is an error.
    func items(from start: Int, count: Int, inTurn: Int) throws(JavaStreamError) -> SlotRange {
        let available = annotation.count - start
        guard count >= 0, count <= available / inTurn, count * inTurn == available else {
            throw fail(
                "says that it has \(count) \(inTurn == 1 ? "elements" : "entries"), but \(available) objects follow")
        }
        return annotation.part(from: start, count: count, stride: Int32(truncatingIfNeeded: inTurn))
    }

    /// Items in groups up to a null in the place of a group's first.
    func untilNull(inTurn: Int) throws(JavaStreamError) -> SlotRange {
        let items = annotation
        var start = 0
        while start < items.count, let node = written(start), graph.kind(of: node) == .blockData { start += 1 }
        var end = start
        while end < items.count, written(end) != nil { end += inTurn }
        guard end < items.count else { throw fail("has no null reference at its end") }
        return items.part(from: start, count: (end - start) / inTurn, stride: Int32(truncatingIfNeeded: inTurn))
    }

    private func ring() throws(JavaStreamError) -> SlotRange {
        let all = try elements("items")
        let (start, count) = (Int(try int("takeIndex")), Int(try int("count")))
        guard count >= 0, count <= all.count, start >= 0, start < max(all.count, 1) else {
            throw fail("says that it has \(count) elements")
        }
        return SlotRange(first: all.first, count: count, ringStart: start, ringSize: all.count)
    }

    private func copies() throws(JavaStreamError) -> SlotRange {
        let count = Int(try int("n"))
        guard count >= 0 else { throw fail("says that it has \(count) elements") }
        return SlotRange(first: try requiredSlot("element"), count: count, stride: 0)
    }

    /// The elements of a collection that another one stands around; nil where that is a class that nobody knows.
    private func inside(
        _ field: StaticString, _ randomAccess: StaticString?, _ order: KnownClass.Order
    ) throws(JavaStreamError) -> Elements? {
        guard let found = try innermostSequence(try requiredReference(field)) else { return nil }
        let comparator = order == .sorted ? found.comparator : nil
        let isOwnClass = className == row.name
        return (found.elements, comparator, isOwnClass && found.isRandomAccess ? randomAccess.map(\.description) : nil)
    }

    // MARK: Replacements

    /// `java.util.EnumSet.SerializationProxy`: the constants, not the size of the enum, which decides between two classes.
    func enumSet() throws(JavaStreamError) -> JavaValue {
        let elements = try elements("elements")
        let name = elements.count > 64 ? "java.util.JumboEnumSet" : "java.util.RegularEnumSet"
        return resolved(to: name, .sequence(sequence(elements, isOrdered: true)))
    }

    /// `java.util.CollSer`: a kind, then a count and the elements, or keys and values in turn.
    func immutableCollection() throws(JavaStreamError) -> JavaValue {
        let kind = try int("tag") & 0xff
        var cursor = written()
        let count = Int(try cursor.int32())
        let name = "java.util.ImmutableCollections$"
        let all = try items(from: cursor.nextItem, count: count, inTurn: 1)
        switch kind {
        // List.of, and lists that may hold null (Stream.toList).
        case 1, 4:
            let isSmall = kind == 1 && (1...2).contains(count)
            return resolved(to: name + (isSmall ? "List12" : "ListN"), .sequence(sequence(all, isOrdered: true)))
        case 2:
            let isSmall = (1...2).contains(count)
            return resolved(to: name + (isSmall ? "Set12" : "SetN"), .sequence(sequence(all, isOrdered: false)))
        case 3:
            guard count % 2 == 0 else { throw fail("has a key without a value") }
            let map = JavaMap(
                keys: JavaItems(graph: graph, all.part(from: 0, count: count / 2, stride: 2)),
                values: JavaItems(graph: graph, all.part(from: 1, count: count / 2, stride: 2)), isOrdered: false,
                comparator: nil, defaults: nil, isApplicationClass: false)
            return resolved(to: name + (count == 2 ? "Map1" : "MapN"), .map(map))
        default: throw fail("is of the unknown kind \(kind)")
        }
    }

    private func sequence(_ elements: SlotRange, isOrdered: Bool) -> JavaSequence {
        JavaSequence(
            elements: JavaItems(graph: graph, elements), isOrdered: isOrdered, comparator: nil,
            isApplicationClass: false)
    }
}
