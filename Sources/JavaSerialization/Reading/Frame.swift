/// What the reader is in the middle of. The frames are its explicit stack: no depth of nesting uses the machine's own.
struct Frame: BitwiseCopyable {
    enum Kind: UInt8 {
        /// The stream's top level.
        case contents
        /// An object, array, enum or class object whose class description is being read.
        case describedNode
        /// A class description's annotation, then its superclass.
        case classAnnotation
        case superclass
        /// The object fields of one class of an object; `index` to `end` are slots, `base` the class data.
        case fields
        /// What a `writeObject` or `writeExternal` method wrote; `index` is the class data, `base` the first pending item.
        case objectAnnotation
        /// The elements of an array of objects; `index` to `end` are slots.
        case elements
        /// The throwable of a recorded failure.
        case exception
    }

    var kind: Kind
    var node: Int32
    var index: Int32 = 0
    var end: Int32 = 0
    var base: Int32 = 0
}
