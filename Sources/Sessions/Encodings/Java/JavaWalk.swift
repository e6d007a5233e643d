import JavaSerialization

/// The way down to the part of a value that is being shown: the open containers, kept in an array.
struct JavaWalk {
    struct Level {
        let children: JavaChildren
        var next = 0
        /// The brackets that end with this level; none where its parts are only some of a container's.
        var closing: Closing = .none
    }

    enum Closing { case none, array, object, entries }

    let graph: JavaGraph
    private(set) var levels: [Level] = []
    /// Where objects that occur more than once were first shown.
    private var places: [JavaNode: String] = [:]
    private let identity: SharedNodes
    private var layouts: [JavaClass: FieldLayout] = [:]
    private var rootPath = ""

    /// - Throws: `JavaStreamError` where objects are shared and one of a known class does not hold what it always writes.
    init(of graph: JavaGraph, roots: some Sequence<JavaNode?>) throws(JavaStreamError) {
        self.graph = graph
        identity = graph.mayShareObjects ? try SharedNodes(of: graph, roots: roots) : SharedNodes()
    }

    mutating func begin(at path: String) {
        rootPath = path
        levels = []
    }

    mutating func open(_ children: JavaChildren, closing: Closing = .none) {
        levels.append(Level(children: children, closing: closing))
    }

    /// The next part of the innermost container, or nil at its end, which closes it.
    mutating func nextPart() -> (children: JavaChildren, index: Int)? {
        let last = levels.count - 1
        guard levels[last].next < levels[last].children.count else { return nil }
        defer { levels[last].next += 1 }
        return (levels[last].children, levels[last].next)
    }

    mutating func close() { levels.removeLast() }

    /// Where `node` was shown before; nil the first time, which is remembered.
    mutating func earlierPlace(of node: JavaNode) -> String? {
        guard identity.isShared(node) else { return nil }
        if let place = places[node] { return place }
        places[node] = path(to: node)
        return nil
    }

    /// What the part that is being shown is called: its field, its key, or what the list is called that it is in.
    func partName() -> String {
        for level in levels.suffix(8).reversed() where level.next > 0 {
            switch level.children {
            case .items, .entryValue: continue
            case .fields(let fields): return fields.name(level.next - 1)
            case .named(let parts): return parts[level.next - 1].name
            case .entries(let keys, _): return keys[level.next - 1].flatMap { graph.text(of: $0) } ?? ""
            }
        }
        return rootPath
    }

    /// The path of what is being shown; of things deeper than 32 levels the byte at which they stand.
    private func path(to node: JavaNode) -> String {
        guard levels.count <= 32 else { return "byte \(graph.byteRange(of: node).lowerBound)" }
        let begun = levels.filter { $0.next > 0 }
        return rootPath + begun.map { $0.children.step($0.next - 1, in: graph) }.joined()
    }

    /// The fields of an object, as its class lays them out.
    mutating func fields(of node: JavaNode, isDerivedFromKnown: Bool = false) -> ObjectFields {
        let layout: FieldLayout
        if let described = graph.javaClass(of: node), let known = layouts[described] {
            layout = known
        } else {
            layout = FieldLayout(of: node, in: graph, isDerivedFromKnown: isDerivedFromKnown)
            if let described = graph.javaClass(of: node) { layouts[described] = layout }
        }
        return ObjectFields(node, of: graph, layout: layout)
    }

    /// What classes of the object wrote themselves, beside what its value shows.
    func writtenData(of node: JavaNode) -> [JavaItems] {
        let explained = graph.explainedClass(of: node)
        return graph.classData(of: node).filter { $0.javaClass != explained && !$0.annotation.isEmpty }.map(
            \.annotation)
    }
}

extension SharedNodes {
    /// Whether the object occurs more than once.
    func isShared(_ node: JavaNode) -> Bool { count(of: node) > 1 }
}
