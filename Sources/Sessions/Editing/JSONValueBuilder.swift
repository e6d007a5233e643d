import JavaSerialization

/// Makes Java values of JSON: plain JSON as objects of the JDK, typed JSON (docs/json.md) as what it says.
///
/// What is open is kept in an array, so that the depth of the JSON costs no stack.
///
/// ```swift
/// var builder = JSONValueBuilder(beside: graph)
/// let (made, node) = try builder.build(document.root)
/// ```
struct JSONValueBuilder {
    /// The graph whose classes new objects may be of.
    let graph: JavaGraph
    var builder = JavaStreamBuilder()
    var steps: [Step] = []
    var paths: DocumentPaths
    /// What `{"ref": id}` refers to.
    private var handles: [Int64: JavaStreamBuilder.Handle] = [:]
    /// Tells which values stand for something that is there already, and are not made.
    var isThere: (JSONNode) -> Bool = { _ in false }
    /// Members that are not to be heeded, by the object that has them: one of two forms of the same was changed.
    var unheeded: [Int: Set<String>] = [:]
    /// Where such values stand in the stream: an empty string takes their place.
    private(set) var standIns: [StandIn] = []
    /// Values that were made, by where they begin in the stream.
    private(set) var made: [Int: JSONNode] = [:]
    /// Descriptions that were found in the graph, by name and version.
    var descriptions: [String: JavaClass] = [:]

    struct StandIn {
        let offset: Int
        let node: JSONNode
        let path: Int
    }

    enum Step {
        /// A value, where it belongs, and the type of its place where that has one.
        case value(JSONNode, path: Int, type: String?)
        /// A key of a map that is written as its name.
        case name(JSONString)
        case primitive(JavaPrimitive)
        case block([UInt8])
        case endAnnotation
    }

    init(beside graph: JavaGraph, paths: DocumentPaths = DocumentPaths(root: "")) {
        self.graph = graph
        self.paths = paths
    }

    /// Makes the value in a graph of its own.
    ///
    /// - Throws: `DocumentError` for what cannot be made, with what can be.
    mutating func build(
        _ root: JSONNode, path: Int = DocumentPaths.start, type: String? = nil
    ) throws(DocumentError) -> GraphEditor.Value {
        try add(root, path: path, type: type)
        let made = try finish(root)
        return (made, made.content(0))
    }

    /// Writes one more value; all of them are in one graph, and may refer to one another.
    mutating func add(_ root: JSONNode, path: Int, type: String? = nil) throws(DocumentError) {
        steps = [.value(root, path: path, type: type)]
        while let step = steps.popLast() { try take(step) }
    }

    /// The graph of all that was added.
    func finish(_ root: JSONNode) throws(DocumentError) -> JavaGraph {
        do throws(JavaStreamError) {
            return try builder.graph()
        } catch {
            throw fail("is no value: \(error)", root, DocumentPaths.start)
        }
    }

    private mutating func take(_ step: Step) throws(DocumentError) {
        switch step {
        case .value(let node, let path, let type): try write(node, path, type)
        case .name(let text): builder.string(wtf8: text.bytes)
        case .primitive(let value): builder.primitive(value)
        case .block(let data): builder.block(data)
        case .endAnnotation: builder.endAnnotation()
        }
    }

    func fail(_ reason: String, _ node: JSONNode, _ path: Int) -> DocumentError {
        let way = paths.text(of: path)
        var reason = reason
        // What looks secret is not repeated.
        let isSecret = SecretPolicy.isSecret(path: way)
        if isSecret, let text = node.scalarText { reason = reason.replacing("'\(text)'", with: "the value") }
        return DocumentError((way.isEmpty ? "the value" : way) + " " + reason, at: node)
    }

    /// Notes the value that begins here.
    mutating func note(_ node: JSONNode) { made[builder.bytes.count] = node }

    private mutating func write(_ node: JSONNode, _ path: Int, _ type: String?) throws(DocumentError) {
        if node.onlyMember("ref") == nil, isThere(node) { return standIn(node, path) }
        note(node)
        if let type, let text = node.scalarText, let wanted = Self.valueType(of: type) {
            return try Self.saying(node, self, path) { () throws(JavaValueTextError) in
                try builder.value(text, as: wanted)
            }
        }
        switch node.value {
        case .null: builder.null()
        case .bool(let value): builder.box(.boolean(value))
        case .string(let text): builder.string(wtf8: text.bytes)
        case .number(let number): try write(number, node, path)
        case .array(let array):
            builder.beginList(count: try count(array.count, node, path))
            writeItems(array, path, type: nil, end: [.endAnnotation])
        case .object: try writeObject(node, path)
        }
    }

    private mutating func standIn(_ node: JSONNode, _ path: Int) {
        made[builder.bytes.count] = nil
        standIns.append(StandIn(offset: builder.bytes.count, node: node, path: path))
        builder.string("")
    }

    /// The type of new values that text stands for at a place of the type `descriptor`.
    private static func valueType(of descriptor: String) -> JavaValueType? {
        guard descriptor.hasPrefix("L") else { return nil }
        return JavaValueType(className: String(descriptor.dropFirst().dropLast().map { $0 == "/" ? "." : $0 }))
    }

    /// Says where text stands that is no value of its type.
    static func saying(
        _ node: JSONNode, _ builder: JSONValueBuilder, _ path: Int, _ body: () throws(JavaValueTextError) -> Void
    ) throws(DocumentError) {
        do throws(JavaValueTextError) {
            try body()
        } catch {
            throw builder.fail("cannot be made: \(error)", node, path)
        }
    }

    func count(_ count: Int, _ node: JSONNode, _ path: Int) throws(DocumentError) -> Int32 {
        guard let number = Int32(exactly: count) else { throw fail("has too many elements", node, path) }
        return number
    }

    /// Leaves elements to be written, and then what ends them.
    mutating func writeItems(_ items: JSONArray, _ path: Int, type: String?, end: [Step]) {
        steps += end.reversed()
        let first = steps.count
        for (index, item) in items.enumerated() {
            let way = paths.adding(.number(Int64(index)), to: path)
            steps.append(.value(item, path: way, type: type))
        }
        steps[first...].reverse()
    }

    // MARK: Identity

    /// Lets `{"ref": id}` refer to an object from here on.
    mutating func name(
        _ handle: JavaStreamBuilder.Handle, _ members: TypedMembers, _ path: Int
    ) throws(DocumentError) {
        guard let id = members["id"] else { return }
        guard let number = id.number?.int64 else { throw fail("has an id that is no number", id, path) }
        guard handles.updateValue(handle, forKey: number) == nil else {
            throw fail("has the id \(number), which another object has already", id, path)
        }
    }

    mutating func writeReference(_ id: JSONNode, _ node: JSONNode, _ path: Int) throws(DocumentError) {
        guard let number = id.number?.int64, let handle = handles[number] else {
            if isThere(node) { return standIn(node, path) }
            throw fail("refers to an id that no object before it has", node, path)
        }
        // A reference is no value of its own.
        made[builder.bytes.count] = nil
        builder.reference(handle)
    }
}
