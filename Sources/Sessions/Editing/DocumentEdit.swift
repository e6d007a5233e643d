import JavaSerialization

/// What a document wants to have somewhere.
enum DocumentValue: Hashable {
    case null
    /// An object that is there already.
    case node(JavaNode)
    /// A new value, by where in the document it is written.
    case new(Int)
    /// A value of another stream, of which a copy is written.
    case copy(Int)
}

/// One change of a graph that a document asks for, and where it stands in the text.
struct DocumentEdit {
    enum Operation {
        case content(Int, DocumentValue)
        case field(JavaField, JavaClassData, DocumentValue)
        case primitive(JavaField, JavaClassData, JavaPrimitive)
        /// A reference that is an item of what a class wrote.
        case written(Int, of: JavaItems, below: JavaNode, DocumentValue)
        case elements([DocumentValue], of: JavaItems, in: JavaNode)
        case entries([(key: DocumentValue, value: DocumentValue)], of: JavaMap, in: JavaNode)
        case bytes([UInt8], of: JavaNode)
    }

    let operation: Operation
    let path: Int
    let json: JSONNode
}

/// The new values of a document, once they are made.
struct NewDocumentValues {
    /// Nil where there are none.
    var graph: JavaGraph?
    var nodes: [Int: JavaNode] = [:]
    /// What stands in the place of others in that graph.
    var standIns: [(node: JavaNode, value: DocumentValue)] = []
    /// Values of other streams.
    var copies: [GraphEditor.Value] = []

    func value(_ value: DocumentValue, in graph: JavaGraph) -> GraphEditor.Value {
        switch value {
        case .null: (graph, nil)
        case .node(let node): (graph, node)
        case .new(let index): (self.graph ?? graph, nodes[index])
        case .copy(let index): copies[index]
        }
    }
}

extension DocumentEdit {
    /// What it puts somewhere.
    var values: [DocumentValue] {
        switch operation {
        case .content(_, let value), .field(_, _, let value), .written(_, _, _, let value): [value]
        case .elements(let values, _, _): values
        case .entries(let entries, _, _): entries.flatMap { [$0.key, $0.value] }
        case .primitive, .bytes: []
        }
    }

    func make(_ editor: inout GraphEditor, _ new: NewDocumentValues) throws(JavaEditError) {
        editor.leave()
        let graph = editor.graph
        switch operation {
        case .content(let index, let value): try editor.setContent(index, to: new.value(value, in: graph))
        case .field(let field, let data, let value): try editor.set(field, in: data, to: new.value(value, in: graph))
        case .primitive(let field, let data, let value): try editor.set(field, in: data, to: value)
        case .written(let index, let items, let owner, let value):
            try editor.set(index, of: items, below: owner, to: new.value(value, in: graph))
        case .bytes(let bytes, let array): try editor.setElements(of: array, to: bytes)
        case .elements(let values, let items, let owner):
            try Self.set(values.map { new.value($0, in: graph) }, values, items, owner, &editor)
        case .entries(let entries, let map, let owner):
            try Self.set(entries, map, owner, new, &editor)
        }
    }

    /// Refuses to change what is inside of an element of a set, or of a key of a map: these find it by what it holds.
    ///
    /// - Parameter parts: all that is.
    func requireOutside(of parts: Set<JavaNode>, in graph: JavaGraph) throws(JavaEditError) {
        switch operation {
        case .field(let field, let data, _), .primitive(let field, let data, _):
            try PlatformFields.require(field, in: data, of: graph)
        default: break
        }
        let isInside: Bool =
            switch operation {
            case .content: false
            case .field(_, let data, _), .primitive(_, let data, _): graph.isData(data, ofOneOf: parts)
            case .written(_, _, let owner, _), .elements(_, _, let owner), .entries(_, _, let owner),
                .bytes(_, let owner):
                parts.contains(owner)
            }
        guard isInside else { return }
        throw .refused(
            "it is inside of an element of a set or a key of a map, which find it by what it holds: take that out, and put a new "
                + "one in")
    }

    private static func set(
        _ values: [GraphEditor.Value], _ wanted: [DocumentValue], _ items: JavaItems, _ owner: JavaNode,
        _ editor: inout GraphEditor
    ) throws(JavaEditError) {
        guard values.count == items.count else { return try editor.setElements(values, of: owner) }
        let changed = items.indices.filter { wanted[$0] != DocumentValue(items[$0]) }
        try editor.exchangeElements(values, at: changed, of: items, in: owner)
    }

    private static func set(
        _ entries: [(key: DocumentValue, value: DocumentValue)], _ map: JavaMap, _ owner: JavaNode,
        _ new: NewDocumentValues, _ editor: inout GraphEditor
    ) throws(JavaEditError) {
        let graph = editor.graph
        guard entries.map(\.key) == map.keys.map({ DocumentValue($0) }) else {
            let all = entries.map { (key: new.value($0.key, in: graph), value: new.value($0.value, in: graph)) }
            return try editor.setEntries(all, of: owner)
        }
        for (index, entry) in entries.enumerated() where entry.value != DocumentValue(map.values[index]) {
            try editor.set(index, of: map.values, below: owner, to: new.value(entry.value, in: graph))
        }
    }
}

extension DocumentValue {
    /// What stands somewhere already.
    init(_ node: JavaNode?) { self = node.map { .node($0) } ?? .null }
}
