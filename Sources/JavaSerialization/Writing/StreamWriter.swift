/// Writes graphs as a stream, as `java.io.ObjectOutputStream` would: what was written before is referred to by its handle, a class is
/// described where it is met first.
///
/// Follows the grammar of the Java Object Serialization Specification §6.4.1; each production has its function in an extension
/// beside this file. A graph that nobody has changed comes out as the bytes it was read from.
struct StreamWriter: ~Copyable {
    var output = Arena<UInt8>(minimumCapacity: 4096)
    var frames = Arena<WriteFrame>(minimumCapacity: 64)
    var sources: [StreamSource]
    /// What is written wherever an object stood.
    let substitutes: [SourceNode: GraphItem]
    /// Whether anything is written of a source instead of what was read: else nobody looks for it at each reference.
    let isEdited: Bool
    var descriptions: SharedDescriptions
    /// The number of the next handle, counted through resets, and of the first since the last one.
    var nextHandle: Int32 = 0
    var firstHandle: Int32 = 0
    /// The handles that had been given when a failure was written, by its node.
    var lost: [Int32: Range<Int32>] = [:]
    /// Whether what stands here may have other handles than where it was read.
    var isRenumbered: Bool

    init(_ sources: [StreamSource], substitutes: [SourceNode: GraphItem] = [:], isRenumbered: Bool = false) {
        self.sources = sources
        isEdited = !substitutes.isEmpty || sources.enumerated().contains { $1.referent != $0 || !$1.edits.isEmpty }
        self.substitutes = substitutes
        self.isRenumbered = isRenumbered
        descriptions = SharedDescriptions(of: sources.count > 1 ? sources.map { $0.graph } : [])
    }

    /// - Parameter graphs: as they were read.
    init(_ graphs: [JavaGraph], isRenumbered: Bool = false) {
        var sources: [StreamSource] = []
        sources.reserveCapacity(graphs.count)
        for graph in graphs { sources.append(StreamSource(graph, referent: Int32(truncatingIfNeeded: sources.count))) }
        self.init(sources, isRenumbered: isRenumbered)
    }

    /// `stream: magic version contents`
    mutating func write(_ contents: [GraphItem]) throws(JavaEncodingError) -> [UInt8] {
        output.append(bigEndian: UInt64(StreamConstant.magic), size: 2)
        output.append(bigEndian: UInt64(StreamConstant.version), size: 2)
        for item in contents {
            try write(item)
            while frames.count > 0 { try step() }
        }
        return output.array()
    }

    /// Goes on with the innermost element that is not finished.
    private mutating func step() throws(JavaEncodingError) {
        let depth = frames.count &- 1
        let frame = frames[depth]
        switch frame.kind {
        case .fields: try writeFields(frame, depth)
        case .annotation: try writeAnnotation(frame, depth)
        case .elements: try writeElements(frame, depth)
        case .describedNode: try startDescribedNode(frame)
        case .description: try writeDescriptionItems(frame, depth)
        case .exception: endException()
        }
    }

    /// A value, or what stands between values.
    mutating func write(_ item: GraphItem) throws(JavaEncodingError) {
        switch item {
        case .null: writeNull()
        case .node(let node): try write(node)
        case .block(let bytes): writeBlocks(bytes)
        }
    }

    @inline(__always)
    mutating func push(_ frame: WriteFrame) { frames.append(frame) }

    @inline(__always)
    mutating func takeHandle() -> Int32 {
        defer { nextHandle &+= 1 }
        return nextHandle
    }

    /// Forgets all handles, as readers do at a reset and before and after a recorded failure.
    mutating func resetHandles() {
        firstHandle = nextHandle
        descriptions.forget()
    }

    /// `prevObject: TC_REFERENCE (int)handle`
    @inline(__always)
    mutating func writeReference(_ handle: Int32) {
        output.append(TypeCode.reference)
        output.append(
            bigEndian: UInt64(StreamConstant.baseWireHandle) &+ UInt64(truncatingIfNeeded: handle &- firstHandle),
            size: 4)
    }
}
