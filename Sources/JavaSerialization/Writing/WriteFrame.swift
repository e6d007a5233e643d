/// What the writer is in the middle of: its explicit stack, as `Frame` is the reader's.
struct WriteFrame: BitwiseCopyable {
    enum Kind: UInt8 {
        /// An object, array, enum constant or class object whose class description is being written.
        case describedNode
        /// The annotation of a class description, then its superclass; `item` is the next item.
        case description
        /// The object fields of one class of an object: `index` is the class data, `item` the next field.
        case fields
        /// What a `writeObject` or `writeExternal` method wrote: `index` is the class data, `item` the next item.
        case annotation
        /// The elements of an array of objects; `item` is the next.
        case elements
        /// The throwable of a recorded failure.
        case exception
    }

    var kind: Kind
    var source: Int32 = 0
    /// The node, or for a description the class.
    var node: Int32 = noIndex
    var index: Int32 = 0
    var item: Int32 = 0
}
