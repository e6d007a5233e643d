public import JavaSerialization

/// Writes values of a Java stream as plain JSON, for people and scripts (docs/json.md): strings, numbers, arrays and
/// objects, with `@class` where an object is of an application's class.
///
/// ```swift
/// var plain = PlainJSON(of: graph)
/// try plain.write(node, path: "cart", to: &writer)   // [{"@class":"demo.CartItem","qty":2}]
/// ```
///
/// An object is written once; where it occurs again stands `{"@ref": "cart.items[0]"}`, so that a graph of shared parts
/// does not explode and a cycle ends. All that one writer writes shares these places.
public struct PlainJSON: ~Copyable {
    /// The most bytes that a value may take in JSON.
    public var maximumBytes: Int
    /// Takes the output in pieces, so that it need not be held as a whole; nil leaves it in the writer.
    public var takePiece: (([UInt8]) -> Void)?

    /// Write values that look secret (`SecretPolicy`) as they are; else a mask stands in their place.
    public var reveal = false { didSet { walk.reveal = reveal } }
    /// Asked every so often while a large value is written; true leaves out the rest of it.
    public var isInterrupted: () -> Bool = { false }

    var graph: JavaGraph { walk.graph }
    /// The bytes of the graph, at hand for names and strings.
    var bytes: [UInt8]
    var walk: JavaWalk
    /// What is known of streams in the bytes of values.
    var nested = NestedStreamsInGraph()
    private var accounted = 0
    private var spent = 0
    /// Parts written since somebody was asked whether to go on.
    private var unasked = 0

    /// A writer of values of `graph`.
    public init(of graph: JavaGraph) {
        walk = JavaWalk(of: graph)
        bytes = graph.bytes
        maximumBytes = Self.mostBytes(bytes)
    }

    /// Takes up another graph, or what was read into the same one: memory and what is known of names are used again.
    public mutating func take(_ graph: JavaGraph) {
        bytes = graph.bytes
        maximumBytes = Self.mostBytes(bytes)
        spent = 0
        nested.forget()
        walk.take(graph)
    }

    /// In how many streams the graph stands: 0 where it is in none.
    var streamLevel: Int {
        get { nested.level }
        set { nested.level = newValue }
    }

    private static func mostBytes(_ bytes: [UInt8]) -> Int { 16 << 20 + 128 * bytes.count }

    /// Writes a value, which is known as `path`, and what it refers to; nil is null.
    ///
    /// - Throws: `JavaStreamError` where an object of a known class does not hold what it always writes, and with the limit `plainJSONBytes` where the text would be larger than `maximumBytes`.
    public mutating func write(
        _ node: JavaNode?, path: String = "$", to writer: inout JSONWriter
    ) throws(JavaStreamError) {
        accounted = writer.bytes.count
        let start = writer.mark
        walk.begin(at: path)
        try writeValue(.reference(node), to: &writer)
        try account(&writer)
        while walk.isInside {
            if unasked > 4096 {
                unasked = 0
                if isInterrupted() { return writer.close(to: start) }
            }
            let closing = walk.level.closing
            if let index = walk.nextPart() {
                try writePart(walk.level.children, index, closing, to: &writer)
            } else {
                walk.close()
                end(closing, &writer)
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

    @inline(__always)
    private mutating func account(_ writer: inout JSONWriter) throws(JavaStreamError) {
        let written = writer.bytes.count
        spent += written - accounted
        accounted = written
        unasked += 1
        if spent > maximumBytes || written > 1 << 16 { try accountRarely(&writer) }
    }

    private mutating func accountRarely(_ writer: inout JSONWriter) throws(JavaStreamError) {
        guard spent <= maximumBytes else {
            throw JavaStreamError(
                problem: .limit(name: "plainJSONBytes", value: maximumBytes), offset: 0, path: "")
        }
        guard accounted > 1 << 16, let takePiece else { return }
        takePiece(writer.takeBytes())
        accounted = 0
    }
}
