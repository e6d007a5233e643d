public import JavaSerialization

/// Writes values of a Java stream as plain JSON, for people and scripts (docs/json.md): strings, numbers, arrays and
/// objects, with `@class` where an object is of an application's class.
///
/// ```swift
/// var plain = try PlainJSON(of: graph, roots: [node])
/// try plain.write(node, path: "cart", to: &writer)   // [{"@class":"demo.CartItem","qty":2}]
/// ```
///
/// An object is written once; where it occurs again stands `{"@ref": "cart.items[0]"}`, so that a graph of shared parts
/// does not explode and a cycle ends. All that one writer writes shares these places.
public struct PlainJSON {
    /// The most bytes that a value may take in JSON.
    public var maximumBytes: Int
    /// Takes the output in pieces, so that it need not be held as a whole; nil leaves it in the writer.
    public var takePiece: (([UInt8]) -> Void)?

    /// Write values that look secret (`SecretPolicy`) as they are; else a mask stands in their place.
    public var reveal = false

    let graph: JavaGraph
    var walk: JavaWalk
    private var accounted = 0
    private var spent = 0

    /// A writer of `roots` and of what they refer to.
    ///
    /// - Throws: `JavaStreamError` where an object of a known class does not hold what it always writes.
    public init(of graph: JavaGraph, roots: some Sequence<JavaNode?>) throws(JavaStreamError) {
        self.graph = graph
        walk = try JavaWalk(of: graph, roots: roots)
        maximumBytes = 16 << 20 + 128 * graph.bytes.count
    }

    /// Writes one of the roots, which is known as `path`; nil is null.
    ///
    /// - Throws: `JavaStreamError` with the limit `plainJSONBytes` where the text would be larger than `maximumBytes`.
    public mutating func write(
        _ node: JavaNode?, path: String = "$", to writer: inout JSONWriter
    ) throws(JavaStreamError) {
        accounted = writer.bytes.count
        walk.begin(at: path)
        try writeValue(.reference(node), to: &writer)
        try account(&writer)
        while let level = walk.levels.last {
            if let (children, index) = walk.nextPart() {
                try writePart(children, index, level.closing, to: &writer)
            } else {
                walk.close()
                end(level.closing, &writer)
            }
            try account(&writer)
        }
    }

    private func end(_ closing: JavaWalk.Closing, _ writer: inout JSONWriter) {
        switch closing {
        case .none: break
        case .array: writer.endArray()
        case .object: writer.endObject()
        case .entries:
            writer.endArray()
            writer.endObject()
        }
    }

    private mutating func account(_ writer: inout JSONWriter) throws(JavaStreamError) {
        spent += writer.bytes.count - accounted
        accounted = writer.bytes.count
        guard spent <= maximumBytes else {
            throw JavaStreamError(
                problem: .limit(name: "plainJSONBytes", value: maximumBytes), offset: 0, path: "")
        }
        guard accounted > 1 << 16, let takePiece else { return }
        takePiece(writer.takeBytes())
        accounted = 0
    }
}
