/// Changes values inside a graph without their classes, and writes the stream anew.
///
/// The graph itself stays as it was read: places are asked for of it, and what is put there is written instead. Objects that are
/// referred to from several places keep that: who sets one place changes that place alone. What is inside of such an object is changed
/// for all who refer to it, unless the way to it was entered reference by reference: then only this way leads to the change.
///
/// ```swift
/// var editor = GraphEditor(of: graph)
/// editor.enter(content: 0)
/// try editor.set(field, in: data, to: .int(3))
/// let bytes = try editor.encoded()
/// ```
public struct GraphEditor {
    /// What is changed.
    public let graph: JavaGraph
    /// Where objects come from; the first is the graph itself, others are copies of its objects or graphs of new values.
    private var sources: [Source]
    /// The source of the object that was entered last: the graph itself, or a copy.
    var target = 0
    /// The sources that references lead to which were followed.
    var entered: [Entered: Int] = [:]
    /// Whether an object is changed for all who refer to it; else as it is seen from the way to it.
    public var changesShared = false
    var contents: [GraphItem]
    /// What is written wherever an object stood.
    var substitutes: [SourceNode: GraphItem] = [:]
    /// Whether the contents themselves are others, so that nothing need stand where it stood.
    var isMoved = false

    private struct Source {
        let graph: JavaGraph
        var edits = SourceEdits()
        /// Whether its objects stand for those of the first source.
        var isCopy = false
    }

    /// An editor that has changed nothing yet.
    public init(of graph: JavaGraph) {
        self.graph = graph
        sources = [Source(graph: graph)]
        contents = graph.contents.map { $0.map { .node(SourceNode(source: 0, index: $0.index)) } ?? .null }
    }

    /// The stream with all changes: handles are counted anew, and classes described where they are met first.
    ///
    /// - Throws: `JavaEncodingError` where data that only a class could read refer to what has moved.
    public func encoded() throws(JavaEncodingError) -> [UInt8] {
        let sources = self.sources.enumerated().map { number, source in
            let referent = source.isCopy ? 0 : Int32(truncatingIfNeeded: number)
            return StreamSource(source.graph, edits: source.edits, referent: referent)
        }
        var writer = StreamWriter(sources, substitutes: substitutes, isRenumbered: isMoved)
        return try writer.write(contents)
    }

    mutating func beginCopy() -> Int {
        sources.append(Source(graph: graph, isCopy: true))
        return sources.count - 1
    }

    func edits(_ source: Int) -> SourceEdits { sources[source].edits }

    mutating func change(_ source: Int, _ body: (inout SourceEdits) -> Void) { body(&sources[source].edits) }

    /// Leaves the way that was entered: from here on an object is changed for all who refer to it, unless another way is entered.
    package mutating func leave() { target = 0 }

    /// Writes a value wherever `node` of a graph of new values stands, which holds its place.
    package mutating func substitute(_ node: JavaNode, of graph: JavaGraph, by value: Value) {
        guard case .node(let place) = item((graph, node)) else { return }
        substitutes[place] = item(value)
    }

    /// A value that is put somewhere: an object of any graph, this one among them; nil is a null reference.
    public typealias Value = (graph: JavaGraph, node: JavaNode?)

    mutating func item(_ value: Value) -> GraphItem {
        guard let node = value.node else { return .null }
        let known = sources.firstIndex { $0.graph === value.graph }
        if known == nil { sources.append(Source(graph: value.graph)) }
        return .node(SourceNode(source: Int32(truncatingIfNeeded: known ?? sources.count - 1), index: node.index))
    }

    func source(_ number: Int32) -> JavaGraph { sources[Int(number)].graph }

    /// -1 for a graph of which nothing was put anywhere yet.
    func number(of graph: JavaGraph) -> Int32 {
        Int32(truncatingIfNeeded: sources.firstIndex { $0.graph === graph } ?? -1)
    }

    /// Sets top-level element `index`.
    public mutating func setContent(_ index: Int, to value: Value) throws(JavaEditError) {
        try replaceContents(index..<index + 1, with: [value])
    }

    /// Puts values in the place of some top-level elements, as these stand by now.
    public mutating func replaceContents(_ range: Range<Int>, with values: [Value]) throws(JavaEditError) {
        guard range.lowerBound >= 0, range.upperBound <= contents.count else {
            throw .outOfRange(range.lowerBound, count: contents.count)
        }
        contents.replaceSubrange(range, with: values.map { item($0) })
        // Other handles may follow: new contents are written as those of a changed place.
        isMoved = true
    }

    /// Sets a field of an object to another object.
    ///
    /// - Throws: `JavaEditError` where the field is primitive, or was not written.
    public mutating func set(_ field: JavaField, in data: JavaClassData, to value: Value) throws(JavaEditError) {
        guard data.hasFields else { throw .notWritten(field.name) }
        if let type = field.primitive { throw .wrongKind("\(field.name) is of the type \(type.name)") }
        try require(value, fits: field.typeDescriptor, "\(field.name) is")
        put(value, at: graph.slot(of: field, in: data), target)
    }

    /// Puts a value where a reference is; where shared objects are changed, wherever what it led to is referred to.
    mutating func put(_ value: Value, at slot: Int32, _ source: Int) {
        let item = item(value)
        if changesShared, let old = graph.slot(slot), graph.isShared(old) {
            substitutes[SourceNode(source: 0, index: old.index)] = item
        } else {
            change(source) { $0.slots[slot] = item }
        }
    }

    /// - Parameter place: what is of that type, as the beginning of a sentence.
    func require(_ value: Value, fits descriptor: String, _ place: String) throws(JavaEditError) {
        guard let node = value.node,
            !value.graph.fits(node, descriptor) || contradicts(node, of: value.graph, descriptor)
        else { return }
        let name = (try? value.graph.value(of: node).className) ?? value.graph.className(of: node)
        let type = JavaTypeName.source(descriptor)
        throw .wrongKind("\(place) of the type \(type), which \(JavaTypeName.source(name)) is not")
    }

    /// Whether what the streams say of classes rules out that a value is of a type.
    ///
    /// A class of which there are objects here would be among the superclasses that a stream names, if it were one. No class of the platform is of
    /// a type of an application, and few classes of applications are collections without being derived from one.
    private func contradicts(_ node: JavaNode, of other: JavaGraph, _ descriptor: String) -> Bool {
        guard let type = JavaGraph.typeName(ofElementsOf: descriptor) else { return false }
        let names = other.hierarchy(ofElementsOf: node)
        guard let name = names.first, !names.contains(type) else { return false }
        if names.contains(where: { Supertypes.types(of: $0)?.contains(type) == true }) { return false }
        if [graph, other].contains(where: { $0.hasObjects(ofClassNamed: type) }) { return true }
        if KnownClass.isPlatformClass(name), !KnownClass.isPlatformClass(type) { return true }
        return Supertypes.collectionTypes.contains(type)
    }

    /// Sets a primitive field of an object.
    ///
    /// - Throws: `JavaEditError` where the field is of another type, or was not written.
    public mutating func set(
        _ field: JavaField, in data: JavaClassData, to value: JavaPrimitive
    ) throws(JavaEditError) {
        guard data.hasFields else { throw .notWritten(field.name) }
        guard field.primitive == value.type else {
            let type = field.primitive?.name ?? JavaTypeName.source(field.typeDescriptor)
            throw .wrongKind("\(field.name) is of the type \(type), and not \(value.type.name)")
        }
        let offset = Int(data.record.primitiveOffset) + Int(field.position)
        change(target) { $0.primitives[offset] = value.bytes }
    }

    /// Sets an element of an array of primitives.
    ///
    /// - Throws: `JavaEditError` where there is none, or it is of another type.
    public mutating func set(_ index: Int, of array: JavaNode, to value: JavaPrimitive) throws(JavaEditError) {
        guard let type = graph.elementType(of: array) else { throw .wrongKind("it is no array of primitives") }
        guard type == value.type else { throw .wrongKind("its elements are of the type \(type.name)") }
        var bytes = edits(target).arrayBytes[array.index] ?? Array(graph.bytes[graph.elementBytes(of: array)])
        let count = bytes.count / type.size
        guard index >= 0, index < count else { throw .outOfRange(index, count: count) }
        bytes.replaceSubrange(index * type.size..<(index + 1) * type.size, with: value.bytes)
        change(target) { $0.arrayBytes[array.index] = bytes }
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
        change(target) { $0.arrayBytes[array.index] = elements }
    }
}

/// Why a place cannot be changed.
public enum JavaEditError: Error, Hashable, Sendable, CustomStringConvertible {
    /// There is no such place; how many there are.
    case outOfRange(Int, count: Int)
    /// There is no such place for a new element; how many elements there are.
    case notInsertable(Int, count: Int)
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
        case .notInsertable(let index, let count):
            count == 0
                ? "nothing can be put at \(index): it is empty, and its place is 0"
                : "nothing can be put at \(index): its places are 0 to \(count)"
        case .wrongKind(let reason), .refused(let reason): reason
        case .notWritten(let name): "its class did not write the field \(name)"
        }
    }
}
