public import JavaSerialization

extension TypedJSON {
    /// Writes all that a stream holds: `{"contents": […], "handles": …, "tags": {…}, "stream": …}`.
    ///
    /// The stream itself, in Base64, is what a writer starts from: it finds each value by its byte range and so knows all
    /// that the values do not say. Leave it out where the values are only looked at; without `reveal` it is left out as
    /// well, since all secrets are in it.
    public static func writeStream(
        _ graph: JavaGraph, includingBytes: Bool = true, reveal: Bool = true, to writer: inout JSONWriter,
        isInterrupted: @escaping () -> Bool = { false }, takePiece: (([UInt8]) -> Void)? = nil
    ) throws(JavaStreamError) {
        var typed = try TypedJSON(of: graph, roots: graph.contents)
        typed.takePiece = takePiece
        typed.isInterrupted = isInterrupted
        typed.reveal = reveal
        writer.beginObject()
        try typed.writeContents(to: &writer)
        writer.member("handles", Int32(truncatingIfNeeded: graph.handleCount))
        writer.name("tags")
        writer.beginObject()
        for (name, count) in graph.tagCounts.sorted(by: { $0.key < $1.key }) {
            writer.member(name, Int32(truncatingIfNeeded: count))
        }
        writer.endObject()
        if includingBytes, reveal { writer.member("stream", Base64.encode(graph.bytes)) }
        writer.endObject()
    }

    /// The member `contents`: `{"object": …}`, `{"blockdata": …}` (neighbouring blocks as one), `{"reset": true}` or
    /// `{"exception": …}` each.
    private mutating func writeContents(to writer: inout JSONWriter) throws(JavaStreamError) {
        writer.name("contents")
        writer.beginArray()
        var index = 0
        while index < graph.contentCount {
            writer.beginObject()
            index = try writeContent(index, to: &writer)
            writer.endObject()
        }
        writer.endArray()
    }

    /// Writes one content and returns where the next one is.
    private mutating func writeContent(_ index: Int, to writer: inout JSONWriter) throws(JavaStreamError) -> Int {
        let node = graph.content(index)
        switch node.map({ graph.kind(of: $0) }) {
        case .blockData: return writeBlocks(from: index, node, to: &writer)
        case .reset: writer.flag("reset")
        case .exception:
            writer.name("exception")
            try write(node.flatMap { graph.failure(of: $0)?.throwable }, to: &writer)
        default:
            writer.name("object")
            try write(node, to: &writer)
        }
        return index + 1
    }

    private mutating func writeBlocks(from start: Int, _ first: JavaNode?, to writer: inout JSONWriter) -> Int {
        var bytes: [UInt8] = []
        var index = start
        while let node = graph.content(index), graph.kind(of: node) == .blockData {
            bytes += graph.bytes[graph.payload(of: node)]
            index += 1
        }
        if let first { writeBlockData(first, bytes, to: &writer) }
        return index
    }
}
