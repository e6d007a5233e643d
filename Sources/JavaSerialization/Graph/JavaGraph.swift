/// The objects of one Java serialization stream: what was written, in order, with shared and cyclic references kept.
///
/// Nothing is interpreted while reading: nodes keep their byte ranges, and strings and numbers are decoded when they are
/// asked for. No class is loaded and nothing is run. A graph can be read into again; its memory is then reused.
///
/// ```swift
/// let graph = try JavaGraph(bytes)
/// for node in graph.contents {
///     print(node.map { graph.kind(of: $0) } as Any)
/// }
/// ```
public final class JavaGraph {
    /// The stream that the graph was read from.
    public private(set) var bytes: [UInt8] = []
    private var reader: StreamReader
    /// What was found out about the classes and big numbers of this graph when values were asked for.
    var knowledge: GraphKnowledge

    /// An empty graph, to be read into.
    public init(limits: JavaStreamLimits = JavaStreamLimits()) {
        reader = StreamReader(limits: limits)
        knowledge = GraphKnowledge()
    }

    /// Reads a whole stream.
    ///
    /// - Throws: `JavaStreamError` with byte offset and path where the bytes are no stream of protocol version 1 or 2, or
    ///   pass a limit.
    public convenience init(_ bytes: [UInt8], limits: JavaStreamLimits = JavaStreamLimits())
        throws(JavaStreamError)
    {
        self.init(limits: limits)
        // One stream has few classes: memory for those of thousands is not taken.
        knowledge = GraphKnowledge(slotCount: Self.fewClasses)
        try read(bytes)
    }

    private static let fewClasses = 32

    /// Replaces the graph by the one of `bytes`; after an error it holds the top-level elements that were read whole.
    public func read(_ bytes: [UInt8]) throws(JavaStreamError) {
        self.bytes = bytes
        knowledge.beginStream()
        try reader.read(bytes.span.bytes)
    }

    /// How many handles the stream assigned in all, resets included.
    public var handleCount: Int { Int(reader.tables.handleCount) }

    /// The number of class descriptions.
    var classCount: Int { reader.tables.classes.count }

    /// The number of nodes, reachable or not.
    public var nodeCount: Int { reader.tables.nodes.count }

    /// Why the last content is opaque with all that follows it, or nil where the stream was read to its end.
    public var opaqueReason: OpaqueReason? { reader.tables.opaqueReason }

    /// Why `node` is opaque; nil for other kinds.
    public func opaqueReason(of node: JavaNode) -> OpaqueReason? {
        guard kind(of: node) == .opaque, let described = javaClass(of: node) else { return nil }
        if let reason = opaqueReason, content(contentCount - 1) == node { return reason }
        return OpaqueReason(
            cause: .omittedDefaultFields, className: name(of: described), offset: byteRange(of: node).lowerBound)
    }

    /// How often each tag was read by the grammar, by its name in the specification (`TC_OBJECT`).
    public var tagCounts: [String: Int] {
        var counts: [String: Int] = [:]
        for (index, name) in TypeCode.names.enumerated() where index < reader.tables.tagCounts.count {
            let count = Int(reader.tables.tagCounts[index])
            if count > 0 { counts[name] = count }
        }
        return counts
    }

    /// The number of top-level elements.
    public var contentCount: Int { reader.tables.contents.count }

    /// Top-level element `index`; nil is a null reference.
    public func content(_ index: Int) -> JavaNode? {
        index >= 0 && index < reader.tables.contents.count
            ? JavaNode(reader.tables.contents[index]) : nil
    }

    /// All top-level elements in order; nil is a null reference.
    public var contents: [JavaNode?] { (0..<contentCount).map { content($0) } }

    // Checked access for the extensions of this module: a node of another graph reads as a trap of ours, not as foreign data.
    func record(_ node: JavaNode) -> NodeRecord { reader.tables.nodes[node.index] }
    func record(_ index: JavaClass) -> ClassRecord { reader.tables.classes[index.index] }
    func field(_ index: Int32) -> FieldRecord { reader.tables.fields[index] }
    func data(_ index: Int32) -> ClassDataRecord { reader.tables.classData[index] }
    /// How many references there are in all.
    var slotCount: Int { reader.tables.slots.count }

    func slot(_ index: Int32) -> JavaNode? { JavaNode(reader.tables.slots[index]) }
}

/// One element of a `JavaGraph`; two are equal when they are the same object of the same graph.
public struct JavaNode: Hashable, Sendable {
    let index: Int32

    init?(_ index: Int32) {
        guard index >= 0 else { return nil }
        self.index = index
    }

    /// - Precondition: there is such a node.
    init(checked index: Int32) { self.index = index }

    /// The node's number within its graph, in the order of reading.
    public var number: Int { Int(index) }
}

/// One class description of a `JavaGraph`.
public struct JavaClass: Hashable, Sendable {
    let index: Int32

    init?(_ index: Int32) {
        guard index >= 0 else { return nil }
        self.index = index
    }
}
