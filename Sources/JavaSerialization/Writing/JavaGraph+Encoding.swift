extension JavaGraph {
    /// The stream of this graph: the bytes that it was read from, made anew from its objects.
    ///
    /// - Throws: `JavaEncodingError` never for a graph that was read whole.
    public func encoded() throws(JavaEncodingError) -> [UInt8] {
        var writer = StreamWriter([self])
        return try writer.write(items(contents))
    }

    /// A stream of `nodes` alone, with all that they refer to: handles are counted anew, and classes described where they are met first.
    /// Objects that several of them share stay one.
    ///
    /// - Parameter nodes: objects of this graph, strings, arrays, …; nil is a null reference.
    /// - Throws: `JavaEncodingError` for what is no object, and for the rest of a stream that only a class could read.
    public func stream(of nodes: [JavaNode?]) throws(JavaEncodingError) -> [UInt8] {
        for case let node? in nodes {
            let kind = kind(of: node)
            if !kind.isObject { throw .notAnObject(kind) }
        }
        var writer = StreamWriter([self], isRenumbered: true)
        return try writer.write(items(nodes))
    }

    private func items(_ nodes: [JavaNode?]) -> [GraphItem] {
        nodes.map { $0.map { .node(SourceNode(source: 0, index: $0.index)) } ?? .null }
    }
}

/// Values of several graphs as the contents of one stream.
///
/// Each keeps its identity and its cycles; what two graphs both have is two objects. A class is described once for all of them.
///
/// ```swift
/// let stream = try MergedStream([(names, names.content(0)), (values, values.content(0))]).encoded()
/// ```
public struct MergedStream {
    private let graphs: [JavaGraph]
    private let items: [GraphItem]

    /// - Parameter values: a graph, and the object of it that comes next; nil is a null reference.
    public init(_ values: [(graph: JavaGraph, node: JavaNode?)]) {
        var graphs: [JavaGraph] = []
        items = values.map { graph, node in
            guard let node else { return .null }
            let known = graphs.firstIndex { $0 === graph }
            if known == nil { graphs.append(graph) }
            return .node(SourceNode(source: Int32(truncatingIfNeeded: known ?? graphs.count - 1), index: node.index))
        }
        self.graphs = graphs
    }

    /// The stream.
    ///
    /// - Throws: `JavaEncodingError` for the rest of a stream that only a class could read.
    public func encoded() throws(JavaEncodingError) -> [UInt8] {
        var writer = StreamWriter(graphs, isRenumbered: true)
        return try writer.write(items)
    }
}
