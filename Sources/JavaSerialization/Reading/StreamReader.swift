/// Reads one stream after another into flat tables, with all state kept for reuse.
///
/// Follows the grammar of the Java Object Serialization Specification §6.4.1; each production has its function in an
/// extension beside this file. The bytes are a parameter, the state is `inout`.
struct StreamReader: ~Copyable {
    var tables = GraphTables()
    var frames = Arena<Frame>(minimumCapacity: 64)
    var handles = Arena<Int32>(minimumCapacity: 64)
    /// Items of annotations that are not finished; copied into `slots` when they are.
    var pending = Arena<Int32>(minimumCapacity: 64)
    var position = 0
    var limits: JavaStreamLimits
    var slotBudget = 0
    /// Where the content that is being read starts.
    var contentOffset = 0
    /// The content that is being read, of those that can be left unfinished.
    var openContent = noIndex
    /// The last class of this content that may have omitted its default fields, and where its data starts.
    var doubtfulClass: Int32 = noIndex
    var doubtfulOffset = 0
    /// Classes that are being read as ones that omit their default fields, by the offset of their description.
    var omitting = Arena<Int32>(minimumCapacity: 8)

    init(limits: JavaStreamLimits) { self.limits = limits }

    /// Returned by `value` when the object that was being read has been given up, for a recorded failure or as unreadable.
    static let unwound: Int32 = -2

    /// Reads the whole of `bytes`; where a class may have omitted its default fields, by the only reading that works.
    mutating func read(_ bytes: RawSpan) throws(JavaStreamError) {
        do {
            try readOneWay(bytes)
        } catch {
            // Whoever looks at what was read so far must not meet half an object.
            if openContent != noIndex { tables.contents.shrink(to: Int(openContent)) }
            throw error
        }
    }

    private mutating func readOneWay(_ bytes: RawSpan) throws(JavaStreamError) {
        omitting.shrink(to: 0)
        do {
            try readOnce(bytes)
        } catch {
            if doubtfulClass == noIndex || error.isLimit { throw error }
            try readWithOmissions(bytes)
        }
    }

    /// `stream: magic version contents`
    mutating func readOnce(_ bytes: RawSpan) throws(JavaStreamError) {
        start()
        try header(bytes)
        frames.append(Frame(kind: .contents, node: noIndex))
        while try step(bytes) {}
    }

    private mutating func start() {
        tables.removeAll()
        frames.shrink(to: 0)
        handles.shrink(to: 0)
        pending.shrink(to: 0)
        position = 0
        doubtfulClass = noIndex
        openContent = noIndex
    }

    private mutating func header(_ bytes: RawSpan) throws(JavaStreamError) {
        guard bytes.byteCount <= limits.bytes else {
            throw fail(.limit(name: "bytes", value: limits.bytes), bytes)
        }
        slotBudget = limits.slots(forByteCount: bytes.byteCount)
        guard bytes.byteCount >= 2 else {
            throw fail(bytes.byteCount == 0 ? .notAStream : .truncated, bytes)
        }
        guard try readUInt16(bytes) == StreamConstant.magic else {
            throw fail(.notAStream, at: 0, bytes)
        }
        let version = try readUInt16(bytes)
        guard version == StreamConstant.version else {
            throw fail(.unsupportedVersion(version), at: 2, bytes)
        }
    }

    /// Continues the innermost unfinished element; false when the stream is read.
    @inline(__always)
    private mutating func step(_ bytes: RawSpan) throws(JavaStreamError) -> Bool {
        let depth = frames.count - 1
        let frame = frames[depth]
        switch frame.kind {
        case .fields, .elements: try fillSlots(bytes, frame, depth)
        case .objectAnnotation: try readObjectAnnotation(bytes, frame, depth)
        case .describedNode: try startDescribedNode(bytes, frame.node)
        case .classAnnotation: try readClassAnnotation(bytes, frame, depth)
        case .superclass: try readSuperclass(bytes, frame, depth)
        case .exception: try readException(bytes, frame, depth)
        case .contents: return try readContent(bytes)
        }
        return true
    }

    /// `contents: content | contents content`, one at a time.
    private mutating func readContent(_ bytes: RawSpan) throws(JavaStreamError) -> Bool {
        doubtfulClass = noIndex
        openContent = noIndex
        contentOffset = position
        guard position < bytes.byteCount else { return false }
        switch bytes.byte(position) {
        case TypeCode.reset: tables.contents.append(try readReset(bytes))
        case TypeCode.blockData, TypeCode.blockDataLong:
            tables.contents.append(try readBlockData(bytes))
        default:
            // The place comes first: a recorded failure or unreadable data takes it.
            let place = tables.contents.append(noIndex)
            openContent = place
            let node = try value(bytes)
            if node != Self.unwound, tables.opaqueReason == nil { tables.contents[place] = node }
        }
        return true
    }
}

extension StreamReader {
    @inline(__always)
    mutating func push(_ frame: Frame, _ bytes: RawSpan) throws(JavaStreamError) {
        guard frames.count < limits.depth else {
            throw fail(.limit(name: "depth", value: limits.depth), bytes)
        }
        frames.append(frame)
    }

    @inline(__always)
    mutating func replaceFrame(_ frame: Frame) { frames[frames.count &- 1] = frame }
}

extension JavaStreamError {
    /// Whether a limit was passed, which no reinterpretation of the bytes would mend.
    var isLimit: Bool {
        if case .limit = problem { return true }
        return false
    }
}
