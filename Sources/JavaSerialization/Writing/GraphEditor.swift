/// Changes values inside a graph without their classes, and writes the stream anew.
///
/// The graph itself stays as it was read: places are asked for of it, and what is put there is written instead. Objects that are
/// referred to from several places keep that: who sets one place changes that place alone.
///
/// ```swift
/// var editor = GraphEditor(of: graph)
/// try editor.set(field, in: data, to: .int(3))
/// let bytes = try editor.encoded()
/// ```
public struct GraphEditor {
    /// What is changed.
    public let graph: JavaGraph
    var edits = GraphEdits()
    private var contents: [GraphItem]
    /// Where new values come from; the first is the graph itself.
    private var sources: [JavaGraph]

    /// An editor that has changed nothing yet.
    public init(of graph: JavaGraph) {
        self.graph = graph
        sources = [graph]
        contents = graph.contents.map { $0.map { .node(SourceNode(source: 0, index: $0.index)) } ?? .null }
    }

    /// The stream with all changes: handles are counted anew, and classes described where they are met first.
    ///
    /// - Throws: `JavaEncodingError` where data that only a class could read refer to what has moved.
    public func encoded() throws(JavaEncodingError) -> [UInt8] {
        var writer = StreamWriter(sources, edits: edits)
        return try writer.write(contents)
    }

    /// A value that is put somewhere: an object of any graph, this one among them; nil is a null reference.
    public typealias Value = (graph: JavaGraph, node: JavaNode?)

    mutating func item(_ value: Value) -> GraphItem {
        guard let node = value.node else { return .null }
        let known = sources.firstIndex { $0 === value.graph }
        if known == nil { sources.append(value.graph) }
        return .node(SourceNode(source: Int32(truncatingIfNeeded: known ?? sources.count - 1), index: node.index))
    }

    func source(_ number: Int32) -> JavaGraph { sources[Int(number)] }

    /// -1 for a graph of which nothing was put anywhere yet.
    func number(of graph: JavaGraph) -> Int32 {
        Int32(truncatingIfNeeded: sources.firstIndex { $0 === graph } ?? -1)
    }

    /// Sets top-level element `index`.
    public mutating func setContent(_ index: Int, to value: Value) throws(JavaEditError) {
        guard contents.indices.contains(index) else { throw .outOfRange(index, count: contents.count) }
        // Other handles may follow: new contents are written as those of a changed place.
        contents[index] = item(value)
        edits.isMoved = true
    }

    /// Sets a field of an object to another object.
    ///
    /// - Throws: `JavaEditError` where the field is primitive, or was not written.
    public mutating func set(_ field: JavaField, in data: JavaClassData, to value: Value) throws(JavaEditError) {
        guard data.hasFields else { throw .notWritten(field.name) }
        if let type = field.primitive { throw .wrongKind("\(field.name) is of the type \(type.name)") }
        try require(value, fits: field.typeDescriptor, "\(field.name) is")
        edits.slots[data.record.firstSlot + field.position] = item(value)
    }

    /// - Parameter place: what is of that type, as the beginning of a sentence.
    func require(_ value: Value, fits descriptor: String, _ place: String) throws(JavaEditError) {
        guard let node = value.node, !value.graph.fits(node, descriptor) else { return }
        let name = (try? value.graph.value(of: node).className) ?? value.graph.className(of: node)
        throw .wrongKind("\(place) of the type \(descriptor), which \(name) is not")
    }

    /// Sets a primitive field of an object.
    ///
    /// - Throws: `JavaEditError` where the field is of another type, or was not written.
    public mutating func set(
        _ field: JavaField, in data: JavaClassData, to value: JavaPrimitive
    ) throws(JavaEditError) {
        guard data.hasFields else { throw .notWritten(field.name) }
        guard field.primitive == value.type else {
            let type = field.primitive?.name ?? field.typeDescriptor
            throw .wrongKind("\(field.name) is of the type \(type), and not \(value.type.name)")
        }
        edits.primitives[Int(data.record.primitiveOffset) + Int(field.position)] = value.bytes
    }

    /// Sets an element of an array of primitives.
    ///
    /// - Throws: `JavaEditError` where there is none, or it is of another type.
    public mutating func set(_ index: Int, of array: JavaNode, to value: JavaPrimitive) throws(JavaEditError) {
        guard let type = graph.elementType(of: array) else { throw .wrongKind("it is no array of primitives") }
        guard type == value.type else { throw .wrongKind("its elements are of the type \(type.name)") }
        var bytes = edits.arrayBytes[array.index] ?? Array(graph.bytes[graph.elementBytes(of: array)])
        let count = bytes.count / type.size
        guard index >= 0, index < count else { throw .outOfRange(index, count: count) }
        bytes.replaceSubrange(index * type.size..<(index + 1) * type.size, with: value.bytes)
        edits.arrayBytes[array.index] = bytes
    }

    /// Replaces all elements of an array of primitives.
    ///
    /// - Parameter elements: their bytes, the highest of each first.
    /// - Throws: `JavaEditError` where the bytes are no whole number of elements.
    public mutating func setElements(of array: JavaNode, to elements: [UInt8]) throws(JavaEditError) {
        guard let type = graph.elementType(of: array) else { throw .wrongKind("it is no array of primitives") }
        guard elements.count % type.size == 0, elements.count / type.size <= Int(Int32.max) else {
            throw .wrongKind("\(elements.count) bytes are no array of \(type.name)")
        }
        edits.arrayBytes[array.index] = elements
    }
}

/// Why a place cannot be changed.
public enum JavaEditError: Error, Hashable, Sendable, CustomStringConvertible {
    /// There is no such place; how many there are.
    case outOfRange(Int, count: Int)
    /// The place takes another kind of value; a sentence.
    case wrongKind(String)
    /// The class did not write this field.
    case notWritten(String)
    /// The collection would contradict itself, or cannot be understood; the reason.
    case refused(String)

    /// One sentence for people; names come from the data.
    public var description: String {
        switch self {
        case .outOfRange(let index, let count):
            count == 0
                ? "there is no place \(index): it is empty" : "there is no place \(index): it has 0 to \(count - 1)"
        case .wrongKind(let reason), .refused(let reason): reason
        case .notWritten(let name): "its class did not write the field \(name)"
        }
    }
}
