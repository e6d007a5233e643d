import JavaSerialization

/// The values of attributes that are streams of their own, for a text that has one of them in another attribute: a copy is meant there.
///
/// Where a value begins says nothing in another stream, so that one is known only as long as it is written as it was shown.
struct MovedValues {
    private struct Source {
        let graph: JavaGraph
        let printed: DocumentIndex
        let nodes: [Int: JavaNode]
    }

    private let sources: [Source]

    /// - Parameter attributes: their streams, and how they were shown.
    init(_ attributes: [(graph: JavaGraph, printed: JSONNode)]) {
        sources = attributes.map {
            Source(graph: $0.graph, printed: DocumentIndex(of: $0.printed), nodes: $0.graph.nodesByOffset)
        }
    }

    var isEmpty: Bool { sources.isEmpty }

    /// The value that is written here as it was shown; nil where there is none. What is masked stands for nothing in another attribute.
    func value(_ json: JSONNode) -> GraphEditor.Value? {
        guard json["class"]?.string != nil, let range = json["bytes"]?.byteRange, !json.hasMasks else { return nil }
        for source in sources where source.printed.values[range.offset] == json {
            if let node = source.nodes[range.offset], source.graph.kind(of: node).isObject {
                return (source.graph, node)
            }
        }
        return nil
    }

    /// Whether an object of this class was shown with these `bytes`, whatever it held.
    func has(_ json: JSONNode) -> Bool {
        guard let range = json["bytes"]?.byteRange else { return false }
        return sources.contains { source in
            guard let printed = source.printed.values[range.offset] else { return false }
            return printed["bytes"] == json["bytes"] && printed["class"] == json["class"]
        }
    }
}

/// What a text has of other attributes, by where it is written.
struct MovedObjects {
    /// The places, by their rows, and which of the values stands there.
    private(set) var places: [Int: Int] = [:]
    private(set) var values: [GraphEditor.Value] = []
    /// The numbers of objects inside of them.
    private(set) var numbered: [Int64: Int] = [:]

    /// None.
    init() {}

    /// - Parameter own: what the attribute itself was shown to hold, which comes first.
    init(in json: JSONNode, of moved: MovedValues, besides own: DocumentIndex) {
        let rows = json.document.rows
        var index = json.index
        while index < Int(json.row.next) {
            let node = JSONNode(document: json.document, index: index)
            index += 1
            guard rows[node.index].kind == .object, let range = node["bytes"]?.byteRange else { continue }
            if own.values[range.offset] == node {
                index = Int(node.row.next)
            } else if let value = moved.value(node) {
                add(value, node, moved)
                index = Int(node.row.next)
            }
        }
    }

    private mutating func add(_ value: GraphEditor.Value, _ json: JSONNode, _ moved: MovedValues) {
        places[json.index] = values.count
        values.append(value)
        let nodes = value.graph.nodesByOffset
        for index in json.index..<Int(json.row.next) where json.document.rows[index].kind == .object {
            let node = JSONNode(document: json.document, index: index)
            guard let id = node["id"]?.number?.int64, let range = node["bytes"]?.byteRange,
                let found = nodes[range.offset]
            else { continue }
            numbered[id] = values.count
            values.append((value.graph, found))
        }
    }
}

/// How often a text refers to each id, beside what was moved there.
struct DocumentReferences {
    private let before: [Int64: Int]
    private let after: [Int64: Int]

    init(_ before: JSONNode, _ after: JSONNode, _ moved: MovedObjects) {
        guard !moved.numbered.isEmpty else {
            (self.before, self.after) = ([:], [:])
            return
        }
        self.before = Self.counts(before, [:])
        self.after = Self.counts(after, moved.places)
    }

    private static func counts(_ root: JSONNode, _ others: [Int: Int]) -> [Int64: Int] {
        var counts: [Int64: Int] = [:]
        var index = root.index
        while index < Int(root.row.next) {
            let node = JSONNode(document: root.document, index: index)
            index = others[index] == nil ? index + 1 : Int(node.row.next)
            guard node.kind == .object, let id = node.onlyMember("ref")?.number?.int64 else { continue }
            counts[id, default: 0] += 1
        }
        return counts
    }

    /// Whether there are more references to an id than there were.
    func isNew(_ id: Int64) -> Bool { after[id, default: 0] > before[id, default: 0] }
}
