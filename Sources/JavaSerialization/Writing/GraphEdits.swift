/// What stands in a place of a stream: a value, or data between values.
enum GraphItem: Hashable, Sendable {
    case null
    case node(SourceNode)
    /// Data that a class writes itself.
    case block([UInt8])
}

/// What is written of one source instead of what was read. Places are those of its graph; what is put there may come from any source.
struct SourceEdits: Sendable {
    /// Bytes of primitive fields, by their offset in the stream.
    var primitives: [Int: [UInt8]] = [:]
    /// What fields, elements and written items refer to, by slot.
    var slots: [Int32: GraphItem] = [:]
    /// What a class wrote of an object beside its fields, by the slot of the first item that it wrote.
    var annotations: [Int32: [GraphItem]] = [:]
    /// The elements of arrays of objects, by node.
    var elements: [Int32: [GraphItem]] = [:]
    /// The bytes of the elements of arrays of primitives, by node.
    var arrayBytes: [Int32: [UInt8]] = [:]

    var isEmpty: Bool {
        primitives.isEmpty && slots.isEmpty && annotations.isEmpty && elements.isEmpty && arrayBytes.isEmpty
    }

    @inline(__always)
    func slot(_ index: Int32) -> GraphItem? { slots.isEmpty ? nil : slots[index] }

    @inline(__always)
    func annotation(_ data: ClassDataRecord) -> [GraphItem]? {
        annotations.isEmpty || data.annotationCount == 0 ? nil : annotations[data.firstAnnotation]
    }
}
