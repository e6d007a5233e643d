/// The handles of a graph's nodes and classes as they were where it was read, for who has to keep bytes that refer to them by number.
struct HandleNumbers {
    /// The handles that are counted from the last reset on.
    typealias Section = Range<Int32>

    /// By node and by class, counted through resets.
    private let nodes: [Int32]
    private let classes: [Int32]
    /// What stood before a lost object, by the node of the failure.
    private let sections: [Int32: Section]

    init(of graph: JavaGraph) throws(JavaEncodingError) {
        var writer = StreamWriter([graph])
        let contents = graph.contents.map { node -> GraphItem in
            node.map { .node(SourceNode(source: 0, index: $0.index)) } ?? .null
        }
        _ = try writer.write(contents)
        (nodes, classes, sections) = (writer.sources[0].nodes, writer.sources[0].classes, writer.lost)
    }

    /// Whether the bytes before a failure mean in what is being written what they meant where they were read: each class has its number,
    /// and each other number is that of a value of the same class.
    ///
    /// - Parameters:
    ///   - exception: the failure's node in the first source.
    ///   - section: the handles that have been given since the last reset.
    func areKept(before exception: Int32, in sources: [StreamSource], _ section: Section) -> Bool {
        guard let original = sections[exception], original.count == section.count else { return false }
        for (index, handle) in classes.enumerated() where original.contains(handle) {
            guard sources[0].classes[index] - section.lowerBound == handle - original.lowerBound else { return false }
        }
        let now = Self.kinds(of: sources, section)
        let graph = sources[0].graph
        return nodes.enumerated().allSatisfy { index, handle in
            guard original.contains(handle), let node = JavaNode(Int32(truncatingIfNeeded: index)) else { return true }
            return now[Int(handle - original.lowerBound)] == Kind(of: node, in: graph)
        }
    }

    /// What a reader finds behind a number.
    private struct Kind: Equatable {
        let kind: JavaNodeKind
        let className: String

        init(of node: JavaNode, in graph: JavaGraph) {
            kind = graph.kind(of: node)
            className = graph.className(of: node)
        }
    }

    /// What has a number by now, for each number of a section.
    private static func kinds(of sources: [StreamSource], _ section: Section) -> [Kind?] {
        var kinds = [Kind?](repeating: nil, count: section.count)
        for source in sources {
            for (index, handle) in source.nodes.enumerated() where section.contains(handle) {
                guard let node = JavaNode(Int32(truncatingIfNeeded: index)) else { continue }
                kinds[Int(handle - section.lowerBound)] = Kind(of: node, in: source.graph)
            }
        }
        return kinds
    }
}
