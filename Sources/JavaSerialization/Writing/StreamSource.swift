/// A graph that is written from, and which of its nodes and classes have been written already.
///
/// Handles are numbered through the whole stream, so that nothing has to be forgotten where they start over: what was written
/// before that has a smaller number than the first one since.
struct StreamSource {
    let graph: JavaGraph
    let edits: SourceEdits
    /// The source that references lead to which nobody has changed: itself, or for copies of some of its objects the source they were
    /// copied from.
    let referent: Int32
    var nodes: [Int32]
    var classes: [Int32]

    init(_ graph: JavaGraph, edits: SourceEdits = SourceEdits(), referent: Int32) {
        self.graph = graph
        self.edits = edits
        self.referent = referent
        nodes = [Int32](repeating: noIndex, count: graph.nodeCount)
        classes = [Int32](repeating: noIndex, count: graph.classCount)
    }
}

/// A node of one of several graphs.
struct SourceNode: Hashable, Sendable, BitwiseCopyable {
    var source: Int32
    var index: Int32
}

/// A class description of one of several graphs.
struct SourceClass: Hashable, Sendable, BitwiseCopyable {
    var source: Int32
    var index: Int32
}
