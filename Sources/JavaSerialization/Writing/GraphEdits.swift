/// What stands in a place of a stream: a value, or data between values.
enum GraphItem: Hashable, Sendable {
    case null
    case node(SourceNode)
    /// Data that a class writes itself.
    case block([UInt8])
}

/// What is written instead of what was read. Places are those of the graph that is changed; new values come from other graphs.
struct GraphEdits: Sendable {
    /// Bytes of primitive fields, by their offset in the stream.
    var primitives: [Int: [UInt8]] = [:]
    /// What fields, elements and written items refer to, by slot.
    private(set) var slots: [Int32: GraphItem] = [:]
    /// What a class wrote of an object beside its fields, by class data.
    private(set) var annotations: [Int32: [GraphItem]] = [:]
    /// The elements of arrays of objects, by node.
    var elements: [Int32: [GraphItem]] = [:]
    /// The elements of arrays of primitives, by node: their number, and their bytes.
    var arrayBytes: [Int32: (count: Int, bytes: [UInt8])] = [:]

    @inline(__always)
    func slot(_ index: Int32) -> GraphItem? { slots.isEmpty ? nil : slots[index] }

    @inline(__always)
    func annotation(_ index: Int32) -> [GraphItem]? { annotations.isEmpty ? nil : annotations[index] }
}
