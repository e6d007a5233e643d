public import JavaSerialization

/// Writes values of a Java stream as typed JSON (docs/json.md): every value with its class, shared objects by number.
///
/// All values that one writer writes share one space of numbers, so the attributes of a Tomcat session are written by one.
///
/// ```swift
/// var typed = try TypedJSON(of: graph, roots: graph.contents)
/// try typed.write(graph.content(0), to: &writer)
/// ```
///
/// Neither depth nor size of the values costs stack: what is open is kept in an array.
public struct TypedJSON {
    /// The most bytes that a value may take in JSON: a class name may be 64 KB long and an object that has it six bytes.
    public var maximumBytes: Int
    /// Takes the output in pieces, so that it need not be held as a whole; nil leaves it in the writer.
    public var takePiece: (([UInt8]) -> Void)?

    /// Write values that look secret (`SecretPolicy`) as they are; else they are `"masked": true` without their content.
    public var reveal = true

    /// Asked every so often while a large value is written; true leaves out the rest of it.
    public var isInterrupted: () -> Bool = { false }

    let graph: JavaGraph
    let extent: TypedExtent
    /// How many members with a secret name are open around what is being written.
    var secretDepth = 0
    /// What is known of streams in the bytes of values.
    var nested = NestedStreamsInGraph()
    var identity: SharedNodes
    var steps: [TypedStep] = []
    /// How many annotations are open around what is being written: in them objects are told by their place.
    var annotationDepth = 0
    var suspects = SuspectClasses()
    var fields: [JavaClass: [JavaField]] = [:]
    private var accounted = 0
    private var spent = 0

    /// A writer of `roots` and of what they refer to.
    ///
    /// - Throws: `JavaStreamError` where an object of a known class does not hold what it always writes, so that writing
    ///   is not begun in vain.
    public init(of graph: JavaGraph, roots: some Sequence<JavaNode?>) throws(JavaStreamError) {
        try self.init(of: graph, roots: roots, extent: .everything)
    }

    init(
        of graph: JavaGraph, roots: some Sequence<JavaNode?>, extent: TypedExtent
    ) throws(JavaStreamError) {
        self.graph = graph
        self.extent = extent
        identity = try SharedNodes(of: graph, roots: roots, extent: extent)
        maximumBytes = 16 << 20 + 128 * graph.bytes.count
    }

    /// Writes one of the roots; nil is null. `isSecret` says that its name is one of a secret.
    ///
    /// - Throws: `JavaStreamError` with the limit `typedJSONBytes` where the text would be larger than `maximumBytes`.
    public mutating func write(
        _ node: JavaNode?, isSecret: Bool = false, to writer: inout JSONWriter
    ) throws(JavaStreamError) {
        accounted = writer.bytes.count
        let start = writer.mark
        secretDepth = isSecret && !reveal ? 1 : 0
        // A value that failed half-way leaves nothing behind for the next.
        annotationDepth = 0
        steps = []
        try writeValue(node, to: &writer)
        try finish(&writer, from: start)
    }

    /// Writes what is still open.
    mutating func finish(_ writer: inout JSONWriter, from start: JSONWriter.Mark) throws(JavaStreamError) {
        try account(&writer)
        var taken = 0
        while let step = steps.popLast() {
            try take(step, &writer)
            try account(&writer)
            taken += 1
            if taken % 4096 == 0, isInterrupted() {
                steps = []
                writer.close(to: start)
            }
        }
    }

    private mutating func account(_ writer: inout JSONWriter) throws(JavaStreamError) {
        spent += writer.bytes.count - accounted
        accounted = writer.bytes.count
        guard spent <= maximumBytes else {
            steps = []
            throw JavaStreamError(
                problem: .limit(name: "typedJSONBytes", value: maximumBytes), offset: 0, path: "")
        }
        guard accounted > 1 << 16, let takePiece else { return }
        takePiece(writer.takeBytes())
        accounted = 0
    }
}

/// How much typed JSON tells of a value.
enum TypedExtent: Sendable {
    /// All that docs/json.md describes.
    case everything
    /// What is the same to an application is written the same: without the places of bytes, and boxed numbers as what they are, however
    /// many references there are. What collections refer to beside their elements is written as well, and what is seen of an object beside the
    /// text or the elements that it is shown by.
    case meaning
    /// The same without what collections refer to beside their elements.
    case elements
}

/// What is left to write of the values that are open.
enum TypedStep {
    /// The elements of an array or collection from `next` on, the bracket behind them, and perhaps the object's end.
    case items(JavaItems, next: Int, endsObject: Bool)
    /// A member with an array of values.
    case named(StaticString, JavaItems)
    /// The entries of a map from `next` on; none is begun at -1.
    indirect case entries(keys: JavaItems, values: JavaItems, next: Int)
    case member(StaticString, JavaNode?)
    case value(JavaNode?)
    /// The content of an object whose head is written.
    case content(JavaNode)
    /// The member `classes` of an object.
    case beginClasses(JavaNode)
    case classes(ClassCursor)
    /// What a class wrote itself, from `next` on.
    case annotation(JavaItems, next: Int)
    case bits(JavaNode, word: Int)
    case stackTrace(JavaItems)
    case endArray
    case endObject
    /// The value of a member with a secret name begins, or is written.
    case beginSecret
    case endSecret
}

/// How far the classes of one object are written. A class, so that it costs one reference among the steps.
final class ClassCursor {
    let data: [JavaClassData]
    /// The class whose annotation the value shows in another form.
    let explained: JavaClass?
    var index = 0
    var fields: [JavaField] = []
    var nextField = 0
    var isInClass = false

    init(_ data: [JavaClassData], explained: JavaClass?) {
        self.data = data
        self.explained = explained
    }
}
