// The flat records of a graph. All are trivial structs with 32-bit indices into one another's arenas, so that reading a
// session allocates nothing per object and freeing it never recurses.

/// What a node is.
public enum JavaNodeKind: UInt8, BitwiseCopyable, Sendable, Hashable {
    /// An ordinary object: class data per class.
    case object
    /// A string; its bytes are modified UTF-8.
    case string
    /// An array of primitives or of objects.
    case array
    /// An enum constant.
    case enumConstant
    /// A `java.lang.Class`.
    case classObject
    /// A `java.io.ObjectStreamClass`.
    case classDescription
    /// A run of primitive data written by a class itself.
    case blockData
    /// A failure that was recorded in the stream in the place of an object (`TC_EXCEPTION`).
    case exception
    /// A point where the writer forgot its handles (`TC_RESET`).
    case reset
    /// An object whose data only its class could explain, or the rest of the stream, where only a class could say where its data ends.
    case opaque

    /// Whether a reference may lead to it.
    public var isObject: Bool {
        switch self {
        case .blockData, .exception, .reset: false
        default: true
        }
    }
}

/// One node. `first` and `second` depend on the kind:
/// object, opaque object: first class data, number of class data · opaque rest of the stream: none · string, block data: offset and length of the payload ·
/// array: first slot or offset of the elements, element count · enum: node of the constant's name ·
/// exception: node of the throwable, offset of the object that was lost.
struct NodeRecord: BitwiseCopyable {
    var kind: JavaNodeKind
    /// Whether a back reference leads here, so that it occurs more than once.
    var isReferenced = false
    var classIndex: Int32
    var offset: Int32
    var end: Int32
    var first: Int32
    var second: Int32
}

/// One class description, ordinary or proxy. For a proxy the fields are the interface names.
struct ClassRecord: BitwiseCopyable {
    var offset: Int32
    var end: Int32 = 0
    var nameOffset: Int32 = 0
    var nameLength: Int32 = 0
    var serialVersionUID: Int64 = 0
    var flags: UInt8 = 0
    var isProxy = false
    var isComplete = false
    var omitsDefaultFields = false
    /// Whether only the class, or a superclass, could say what its data mean.
    var isUnexplained = false
    var firstField: Int32 = 0
    var fieldCount: Int32 = 0
    var primitiveSize: Int32 = 0
    var objectFieldCount: Int32 = 0
    var superclass: Int32 = noIndex
    var chainLength: Int32 = 0
    var firstAnnotation: Int32 = 0
    var annotationCount: Int32 = 0
    var node: Int32 = noIndex
}

/// One declared field. `position` is the offset within the primitive block, or the index among the object fields.
struct FieldRecord: BitwiseCopyable {
    var typeCode: UInt8
    var nameOffset: Int32
    var nameLength: Int32
    var typeNode: Int32
    var position: Int32
}

/// What one class wrote of one object.
struct ClassDataRecord: BitwiseCopyable {
    var classIndex: Int32
    var hasFields = false
    var primitiveOffset: Int32 = 0
    var firstSlot: Int32 = 0
    var firstAnnotation: Int32 = 0
    var annotationCount: Int32 = 0
}

/// The index that stands for null and for "none".
let noIndex: Int32 = -1
