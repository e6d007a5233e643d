/// Why a stream cannot be read, and where.
public struct JavaStreamError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public let problem: JavaStreamProblem
    /// The byte at which reading stopped, counted from the start of the stream.
    public let offset: Int
    /// The way from the stream's contents to the element that was being read, such as
    /// `contents[3] → java.util.ArrayList → demo.shop.CartItem.price`; empty before the first element.
    public let path: String

    /// Creates an error from its three parts.
    public init(problem: JavaStreamProblem, offset: Int, path: String) {
        self.problem = problem
        self.offset = offset
        self.path = path
    }

    /// One line: problem, byte offset, path. Class and field names come from the data: escape before a terminal sees them.
    public var description: String {
        "\(problem) at byte \(offset)" + (path.isEmpty ? "" : " (\(path))")
    }
}

/// The kinds of trouble a stream can have.
public enum JavaStreamProblem: Hashable, Sendable, CustomStringConvertible {
    /// The bytes end in the middle of an element.
    case truncated
    /// The first two bytes are not `AC ED`.
    case notAStream
    /// The version after the magic number is not 5.
    case unsupportedVersion(UInt16)
    /// A tag that the grammar does not know, or not here.
    case unexpectedTypeCode(UInt8, expected: String)
    /// A back reference to a handle that was never assigned.
    case unknownHandle(UInt32)
    /// A back reference to something of another kind than the grammar asks for here.
    case wrongReference(expected: String)
    /// A class whose description is still being read is used, for example as its own superclass.
    case unfinishedClassDescription
    /// A length or count below zero.
    case negativeLength(Int64)
    /// Bytes that are not modified UTF-8.
    case malformedString
    /// A class description that contradicts itself.
    case invalidClassDescription(String)
    /// The grammar is whole, but a known class does not hold what it always writes.
    case inconsistentValue(String)
    /// One of `JavaStreamLimits` is passed.
    case limit(name: String, value: Int)

    /// What is wrong, without the place.
    public var description: String {
        switch self {
        case .truncated: "the stream ends in the middle of an element"
        case .notAStream: "not a Java serialization stream: it does not start with AC ED"
        case .unsupportedVersion(let version): "stream version \(version), only 5 is known"
        case .unexpectedTypeCode(let code, let expected):
            "\(TypeCode.name(of: code)) where \(expected) is due"
        case .unknownHandle(let handle):
            "reference to handle 0x\(String(handle, radix: 16)), which was never assigned"
        case .wrongReference(let expected): "reference to something else where \(expected) is due"
        case .unfinishedClassDescription: "a class description is used before it is finished"
        case .negativeLength(let length): "length \(length) is below zero"
        case .malformedString: "string bytes are not modified UTF-8"
        case .invalidClassDescription(let reason): "invalid class description: \(reason)"
        case .inconsistentValue(let reason): reason
        case .limit(let name, let value): "the stream passes the limit \(name) = \(value)"
        }
    }
}
