extension JavaGraph {
    /// The names of the classes of `roots` and of all that they refer to, superclasses, enums and arrays among them, each once; of
    /// a dynamic proxy its interfaces. What else stands in the stream has no part in it, and no value is decoded.
    public func classNames(reachedFrom roots: some Sequence<JavaNode?>) -> [String] {
        var names: [String] = []
        forEachClassName(reachedFrom: roots) { names.append($0.text) }
        return names
    }

    /// The classes themselves, in the order in which they are come across.
    func walked(from roots: some Sequence<JavaNode?>) -> [JavaClass] {
        var walk = ClassWalk(of: self)
        for case let root? in roots { walk.push(root) }
        walk.run()
        return walk.classes
    }

    /// The names one after the other.
    package func forEachClassName(reachedFrom roots: some Sequence<JavaNode?>, _ body: (ClassName) -> Void) {
        for described in walked(from: roots) { forEachName(of: described, body) }
    }
}

/// Visits nodes and classes once each, with a stack of its own.
private struct ClassWalk {
    private let graph: JavaGraph
    private var isNodeSeen: [Bool]
    private var isClassSeen: [Bool]
    private var work: [JavaNode] = []
    /// In the order in which they were come across.
    private(set) var classes: [JavaClass] = []

    init(of graph: JavaGraph) {
        self.graph = graph
        isNodeSeen = [Bool](repeating: false, count: graph.nodeCount)
        isClassSeen = [Bool](repeating: false, count: graph.classCount)
    }

    mutating func run() {
        while let node = work.popLast() { visit(node) }
    }

    mutating func push(_ node: JavaNode) {
        guard !isNodeSeen[Int(node.index)], graph.kind(of: node) != .string else { return }
        isNodeSeen[Int(node.index)] = true
        work.append(node)
    }

    private mutating func push(_ first: Int32, _ count: Int32) {
        for index in first..<first + count {
            if let node = graph.slot(index) { push(node) }
        }
    }

    private mutating func visit(_ node: JavaNode) {
        let record = graph.record(node)
        note(JavaClass(record.classIndex))
        switch record.kind {
        case .object:
            for index in record.first..<record.first + record.second { visit(graph.data(index)) }
        case .array where graph.elementType(of: node) == nil: push(record.first, record.second)
        case .exception: if let throwable = JavaNode(record.first) { push(throwable) }
        default: break
        }
    }

    private mutating func visit(_ data: ClassDataRecord) {
        guard let described = JavaClass(data.classIndex) else { return }
        note(described)
        if data.hasFields { push(data.firstSlot, graph.record(described).objectFieldCount) }
        push(data.firstAnnotation, data.annotationCount)
    }

    private mutating func note(_ described: JavaClass?) {
        var next = described
        while let described = next, !isClassSeen[Int(described.index)] {
            isClassSeen[Int(described.index)] = true
            classes.append(described)
            let record = graph.record(described)
            push(record.firstAnnotation, record.annotationCount)
            next = JavaClass(record.superclass)
        }
    }
}
