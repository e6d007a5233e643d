private import Synchronization

/// Graphs that nobody looks at any more, to be read into again: their memory, and what they know of classes, serve the next value.
///
/// A walk over a million sessions reads ten values of each, one after the other. A graph is handed out only while the pool holds
/// the one reference to it, so what somebody still has is never read over.
package enum GraphPool {
    /// So many values are looked at together at most; more get graphs of their own.
    private static let most = 4
    private static let shelf = Mutex(Shelf())

    /// The mutex is held for as long as a graph is looked for, and a graph on the shelf that is not unique is left alone.
    private struct Shelf: @unchecked Sendable {
        var graphs: [JavaGraph] = []

        mutating func take() -> JavaGraph {
            for index in graphs.indices where isKnownUniquelyReferenced(&graphs[index]) { return graphs[index] }
            let graph = JavaGraph()
            if graphs.count < GraphPool.most { graphs.append(graph) }
            return graph
        }
    }

    private struct Taken: @unchecked Sendable { let graph: JavaGraph }

    /// A graph with the usual limits that nobody else has; it still holds what was read into it last.
    package static func take() -> JavaGraph { shelf.withLock { Taken(graph: $0.take()) }.graph }
}

extension JavaGraph {
    /// The graph of `bytes`, in memory that may have been used before.
    ///
    /// - Throws: `JavaStreamError` as `init(_:limits:)` does.
    package static func reading(_ bytes: [UInt8]) throws(JavaStreamError) -> JavaGraph {
        let graph = GraphPool.take()
        try graph.read(bytes)
        return graph
    }
}
