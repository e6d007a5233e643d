/// One element of a reply: a value, or an array's header that is followed by the array's elements.
package struct ReplyElement: BitwiseCopyable, Sendable {
    package enum Kind: UInt8, BitwiseCopyable, Sendable {
        case string, status, error, integer, null, array
    }

    package let kind: Kind
    /// Bytes of a string, status or error; elements of an array; otherwise 0.
    let length: UInt32
    /// An integer's value, or where the bytes of a string, status or error begin in the batch.
    let payload: Int64

    /// The number of elements directly inside an array; 0 for everything else.
    package var count: Int { kind == .array ? Int(length) : 0 }

    /// The value of an integer reply.
    package var integer: Int64? { kind == .integer ? payload : nil }

    /// The number of bytes of a string, status or error; 0 for everything else.
    package var byteCount: Int { hasBytes ? Int(length) : 0 }

    var hasBytes: Bool { kind == .string || kind == .status || kind == .error }
}
