// An object that is reached from several places is changed as it is seen from one of them: there a copy takes its place, which refers
// to all that it referred to.

/// Where something of an object is written.
enum Locus {
    /// A reference, or what a class wrote from there on.
    case slot(Int32)
    /// A primitive field, by its offset in the stream.
    case primitive(Int)
    /// The elements of an array.
    case array(JavaNode)
}

/// A reference that was followed, and from where: an object, or a copy of it.
struct Entered: Hashable {
    let source: Int
    /// The slot; of a top-level element its index below -1.
    let slot: Int32
}

extension GraphEditor {
    /// Follows a top-level element: changes of its object are made as it is seen from there.
    ///
    /// - Parameter alone: whether a copy takes its place there even if nothing else leads to it.
    public mutating func enter(content index: Int, alone: Bool = false) {
        target = 0
        guard let node = graph.content(index) else { return }
        target = enter(node, Entered(source: 0, slot: -2 - Int32(truncatingIfNeeded: index)), [], alone: alone)
    }

    /// Follows a reference of the object that was entered last.
    package mutating func enter(slot: Int32, alone: Bool = false) {
        guard let node = graph.slot(slot) else { return }
        target = enter(node, Entered(source: target, slot: slot), [slot], alone: alone)
    }

    /// Follows a reference that is shown as one of the object that was entered last, and may be one of a part of it.
    ///
    /// - Throws: `JavaEditError` where it is not near.
    package mutating func enter(slot: Int32, below owner: JavaNode, alone: Bool = false) throws(JavaEditError) {
        target = try source(of: .slot(slot), below: owner)
        enter(slot: slot, alone: alone)
    }

    /// The source in which the object that a reference leads to can be changed without anybody else seeing it.
    ///
    /// - Parameter slots: of the reference, and of others that have to lead to the same object.
    private mutating func enter(_ node: JavaNode, _ way: Entered, _ slots: [Int32], alone: Bool = false) -> Int {
        if let known = entered[way] { return known }
        guard !changesShared, alone || way.source > 0 || isShared(node, otherwiseThan: slots + [way.slot]) else {
            return 0
        }
        let copy = beginCopy()
        let item = GraphItem.node(SourceNode(source: Int32(truncatingIfNeeded: copy), index: node.index))
        if slots.isEmpty {
            contents[-2 - Int(way.slot)] = item
            isMoved = true
        }
        change(way.source) { edits in
            for slot in slots { edits.slots[slot] = item }
        }
        entered[way] = copy
        return copy
    }

    /// The source in which something can be changed that is written below an object: by itself, or by a part that is only its own.
    ///
    /// - Throws: `JavaEditError` where it is not near.
    mutating func source(of locus: Locus, below owner: JavaNode) throws(JavaEditError) -> Int {
        guard let way = graph.way(from: owner, to: locus) else {
            throw .refused("\(graph.className(of: owner)) keeps it where it cannot be changed")
        }
        let outside = target
        defer { target = outside }
        for (holder, slot) in way { enterPart(slot, of: holder) }
        return target
    }

    /// A class may keep a part in two fields, one for each of its superclasses.
    private mutating func enterPart(_ slot: Int32, of holder: JavaNode) {
        guard let part = graph.slot(slot) else { return }
        let slots = graph.slots(of: holder).joined().filter { graph.slot($0) == part }
        target = enter(part, Entered(source: target, slot: slots.first ?? slot), slots)
    }

    /// Whether a node is reached otherwise than by these references of one object.
    private func isShared(_ node: JavaNode, otherwiseThan slots: [Int32]) -> Bool {
        guard graph.isReferenced(node) else { return false }
        var walk = ReferenceWalk(of: graph, but: Set(slots))
        for (index, item) in graph.contents.enumerated() where !slots.contains(-2 - Int32(truncatingIfNeeded: index)) {
            if let item { walk.push(item) }
        }
        return walk.reaches(node)
    }
}

extension JavaGraph {
    /// Whether more than one reference leads to a node, a string among them.
    package func isShared(_ node: JavaNode) -> Bool {
        guard kind(of: node) == .string else { return isReferenced(node) }
        let inside = (0..<Int32(truncatingIfNeeded: slotCount)).lazy.filter { self.slot($0) == node }
        return inside.prefix(2).count + contents.lazy.filter { $0 == node }.prefix(2).count > 1
    }

    /// Whether no object that a top-level element leads to is one that others lead to as well; strings and constants are what they are.
    package func isApart(_ index: Int) -> Bool {
        guard let own = content(index) else { return true }
        var (inside, outside) = (ReferenceWalk(of: self, but: []), ReferenceWalk(of: self, but: []))
        inside.push(own)
        for (number, item) in contents.enumerated() where number != index {
            if let item { outside.push(item) }
        }
        let others = Set(outside.all())
        return !inside.all().contains { others.contains($0) && [.object, .array].contains(kind(of: $0)) }
    }

    /// How far below an object its parts may be: collections around collections.
    private static let deepestPart = 16

    /// The references that lead from an object to that by which something is written, each with the object that has it; nil where that
    /// is not near.
    func way(from owner: JavaNode, to locus: Locus) -> [(holder: JavaNode, slot: Int32)]? {
        var ways: [(node: JavaNode, way: [(holder: JavaNode, slot: Int32)])] = [(owner, [])]
        var seen: Set<JavaNode> = [owner]
        for _ in 0...Self.deepestPart {
            if let found = ways.first(where: { writes(locus, $0.node) }) { return found.way }
            ways = ways.flatMap { node, way in
                slots(of: node).flatMap { $0 }.compactMap { slot in
                    guard let part = self.slot(slot), seen.insert(part).inserted else { return nil }
                    return (part, way + [(node, slot)])
                }
            }
        }
        return nil
    }

    private func writes(_ locus: Locus, _ node: JavaNode) -> Bool {
        switch locus {
        case .slot(let slot): slots(of: node).contains { $0.contains(slot) }
        case .array(let array): node == array
        case .primitive(let offset):
            classData(of: node).contains { data in
                let start = Int(data.record.primitiveOffset)
                return data.hasFields && (start..<start + Int(record(data.javaClass).primitiveSize)).contains(offset)
            }
        }
    }

    /// The slots of all references of a node.
    func slots(of node: JavaNode) -> [Range<Int32>] {
        let record = record(node)
        switch record.kind {
        case .object, .opaque:
            guard record.first != noIndex else { return [] }
            return (record.first..<record.first + record.second).flatMap { index in
                let data = data(index)
                let count = JavaClass(data.classIndex).map { self.record($0).objectFieldCount } ?? 0
                return [
                    data.firstSlot..<data.firstSlot + (data.hasFields ? count : 0),
                    data.firstAnnotation..<data.firstAnnotation + data.annotationCount,
                ]
            }
        case .array where elementType(of: node) == nil: return [record.first..<record.first + record.second]
        default: return []
        }
    }
}

/// Visits nodes once each, with a stack of its own.
private struct ReferenceWalk {
    private let graph: JavaGraph
    private var isSeen: [Bool]
    private var work: [JavaNode] = []
    private let passedOver: Set<Int32>

    /// - Parameter passedOver: the slots that are not followed.
    init(of graph: JavaGraph, but passedOver: Set<Int32>) {
        self.graph = graph
        self.passedOver = passedOver
        isSeen = [Bool](repeating: false, count: graph.nodeCount)
    }

    mutating func push(_ node: JavaNode) {
        guard !isSeen[Int(node.index)] else { return }
        isSeen[Int(node.index)] = true
        work.append(node)
    }

    /// Whether `wanted` is among the nodes and what they refer to.
    mutating func reaches(_ wanted: JavaNode) -> Bool {
        while let node = next() {
            if node == wanted { return true }
        }
        return false
    }

    /// The nodes and all that they refer to.
    mutating func all() -> [JavaNode] {
        var nodes: [JavaNode] = []
        while let node = next() { nodes.append(node) }
        return nodes
    }

    private mutating func next() -> JavaNode? {
        guard let node = work.popLast() else { return nil }
        for slot in graph.slots(of: node).joined() where !passedOver.contains(slot) {
            if let next = graph.slot(slot) { push(next) }
        }
        if let thrown = graph.failure(of: node)?.throwable { push(thrown) }
        return node
    }
}
