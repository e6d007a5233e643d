/// A JSON text that was read, kept as it was written.
///
/// Numbers keep their digits, members their order and their duplicates, strings every escape and unpaired surrogate:
/// the text itself stays, and beside it a flat table says where each value is. Nothing is decoded before somebody
/// looks at it, and neither walking nor freeing uses stack, however deep the nesting.
///
/// ```swift
/// let document = try JSONReader.read(Array(#"{"exp": 1767225600}"#.utf8))
/// document.root["exp"]?.number?.int64   // 1767225600
/// ```
public struct JSONDocument: Sendable {
    /// One row of the table. Rows are in the order of the text; a member's name is the row before its value.
    struct Row: Sendable {
        var kind: JSONKind
        /// For a string: whether it has escapes, so that its bytes are not its text.
        var isEscaped = false
        /// The bytes of the value in the text; for a string without its quotation marks.
        var start: Int32
        var end: Int32
        /// The row after this value and all that is in it.
        var next: Int32
        /// How many elements or members an array or object has.
        var count: Int32 = 0
    }

    /// The text as it was read.
    public let source: [UInt8]

    let rows: [Row]

    /// The outermost value.
    public var root: JSONNode { JSONNode(document: self, index: 0) }

    /// The number of values and member names.
    public var nodeCount: Int { rows.count }
}

extension JSONDocument: CustomStringConvertible {
    /// Its size; never its content, which is private.
    public var description: String { "JSON of \(source.count) bytes" }
}

/// The six kinds of JSON values (RFC 8259 §3).
public enum JSONKind: UInt8, Hashable, Sendable {
    /// `null`
    case null
    /// `true` or `false`
    case bool
    /// A number.
    case number
    /// A string.
    case string
    /// An array.
    case array
    /// An object.
    case object
}
