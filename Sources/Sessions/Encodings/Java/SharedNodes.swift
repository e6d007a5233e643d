import JavaSerialization

/// Which objects occur more than once among some values and all that they refer to.
struct SharedNodes {
    /// 1: occurs, 2: occurs more than once.
    private var occurrences: [UInt8]
    /// The numbers given so far, in document order.
    private var numbers: [JavaNode: Int] = [:]
    /// What was written inside of an annotation, where objects have no number.
    private var annotated: Set<JavaNode> = []

    /// Where meaning alone is told, boxed numbers count as strings do.
    private let extent: TypedExtent

    /// Nothing occurs more than once.
    init() { (occurrences, extent) = ([], .everything) }

    /// Walks each object once, with a stack of its own.
    init(
        of graph: JavaGraph, roots: some Sequence<JavaNode?>, extent: TypedExtent = .everything
    ) throws(JavaStreamError) {
        self.extent = extent
        occurrences = [UInt8](repeating: 0, count: graph.nodeCount)
        var work: [JavaNode] = []
        for case let root? in roots { note(root, graph, &work) }
        while let node = work.popLast() { try noteParts(of: node, graph, &work) }
    }

    private mutating func noteParts(
        of node: JavaNode, _ graph: JavaGraph, _ work: inout [JavaNode]
    ) throws(JavaStreamError) {
        switch graph.shape(of: node) {
        case .string, .primitive, .decimal, .date, .enumConstant: break
        case .items(let items): note(items, graph, &work)
        case .entries(let keys, let values):
            note(keys, graph, &work)
            note(values, graph, &work)
        case .object:
            for index in 0..<graph.classDataCount(of: node) {
                note(graph.fieldReferences(of: node, classData: index), graph, &work)
            }
        case .other:
            let value = try graph.value(of: node)
            graph.forEachReference(in: value, of: node) { note($0, graph, &work) }
        }
        guard extent == .meaning else { return }
        for case let other? in graph.referencesBeside(node).map(\.node) { note(other, graph, &work) }
    }

    private mutating func note(_ items: SlotRange, _ graph: JavaGraph, _ work: inout [JavaNode]) {
        for index in 0..<items.count {
            if let item = graph.item(index, of: items) { note(item, graph, &work) }
        }
    }

    private mutating func note(_ node: JavaNode, _ graph: JavaGraph, _ work: inout [JavaNode]) {
        guard Self.hasIdentity(graph.kind(of: node)) else { return }
        if extent != .everything, case .primitive = graph.shape(of: node) {
            occurrences[node.number] = 1
            return
        }
        let count = occurrences[node.number]
        if count == 0 { work.append(node) }
        occurrences[node.number] = min(count + 1, 2)
    }

    /// Strings, enum constants and classes are what they are, however many references there are.
    static func hasIdentity(_ kind: JavaNodeKind) -> Bool {
        switch kind {
        case .object, .array, .classDescription: true
        default: false
        }
    }

    /// 0, 1, or 2 for more than one.
    func count(of node: JavaNode) -> Int { node.number < occurrences.count ? Int(occurrences[node.number]) : 0 }

    /// Whether the node is among the values and not only in an annotation.
    func occurs(_ node: JavaNode) -> Bool { occurrences[node.number] > 0 }

    /// The number of an object that was written before.
    func number(of node: JavaNode) -> Int? { numbers[node] }

    /// A number for an object that is written now, if it occurs again.
    mutating func newNumber(for node: JavaNode) -> Int? {
        guard occurrences[node.number] > 1 else { return nil }
        numbers[node] = numbers.count + 1
        return numbers.count
    }

    /// Whether the node is written for the first time among annotations.
    mutating func isFirstAnnotated(_ node: JavaNode) -> Bool { annotated.insert(node).inserted }
}

extension JavaGraph {
    /// Calls `body` with each node that typed JSON writes as a part of the value, the data of annotations left out.
    func forEachReference(in value: JavaValue, of node: JavaNode, _ body: (JavaNode) -> Void) {
        func all(_ items: JavaItems) {
            for case let item? in items.prefix(items.isRepetition ? 2 : items.count) { body(item) }
        }
        func one(_ node: JavaNode?) { if let node { body(node) } }
        switch value.content {
        case .array: all(elements(of: node))
        case .sequence(let sequence):
            one(sequence.comparator)
            all(sequence.elements)
            if sequence.isApplicationClass { forEachField(of: node, body) }
        case .map(let map):
            one(map.comparator)
            all(map.keys)
            all(map.values)
            one(map.defaults ?? nil)
            if map.isApplicationClass { forEachField(of: node, body) }
        case .entry(let key, let value):
            one(key)
            one(value)
        case .reference(let referent): one(referent)
        case .throwable(let throwable):
            one(throwable.cause)
            all(throwable.suppressed)
            forEachField(of: node, below: "java.lang.Throwable", body)
        case .proxy(_, let handler): one(handler)
        case .lambda(let lambda): all(lambda.capturedArguments)
        case .object: forEachField(of: node, body)
        case .exception(let throwable): one(throwable)
        default: break
        }
    }

    private func forEachField(of node: JavaNode, below name: String? = nil, _ body: (JavaNode) -> Void) {
        for data in classData(of: node, below: name) {
            for case let target? in references(in: data) { body(target) }
        }
    }

    /// The data of an object by class, those from the class `name` upwards left out.
    func classData(of node: JavaNode, below name: String?) -> ArraySlice<JavaClassData> {
        let all = classData(of: node)
        guard let name, let last = all.lastIndex(where: { self.name(of: $0.javaClass) == name }) else {
            return all[...]
        }
        return all[(last + 1)...]
    }
}
