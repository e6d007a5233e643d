/// What can be wrong with a text that should be JSON (RFC 8259), or larger than is allowed.
public enum JSONProblem: Hashable, Sendable {
    /// What the grammar asks for at a place.
    public enum Expectation: String, Hashable, Sendable {
        /// `value` (§3)
        case value = "a value"
        /// What follows `[`.
        case valueOrEnd = "a value or ']'"
        /// What follows a comma in an object.
        case name = "a member name"
        /// What follows `{`.
        case nameOrEnd = "a member name or '}'"
        /// What follows a name.
        case colon = "':'"
        /// What follows an element.
        case commaOrArrayEnd = "',' or ']'"
        /// What follows a member.
        case commaOrObjectEnd = "',' or '}'"
        /// The closing quotation mark.
        case stringEnd = "the end of the string"
        /// What follows a sign, a point or an `e` (§6).
        case digit = "a digit"
        /// What follows a backslash (§7).
        case escape = "an escape"
        /// Nothing but white space.
        case end = "the end of the text"
    }

    /// A byte that may not stand here (§2).
    case unexpected(UInt8, expected: Expectation)
    /// The text ends too early.
    case unexpectedEnd(expected: Expectation)
    /// Bytes that are no UTF-8 (§8.1).
    case invalidUTF8
    /// A byte order mark (§8.1 forbids to write it).
    case byteOrderMark
    /// A control character in a string, which must be escaped (§7).
    case controlCharacter(UInt8)
    /// A backslash before something that is no escape (§7).
    case invalidEscape
    /// A number with a leading zero (§6).
    case leadingZero
    /// More bytes than ``JSONLimits/bytes``.
    case tooManyBytes(limit: Int)
    /// More open arrays and objects than ``JSONLimits/depth``.
    case tooDeep(limit: Int)
    /// More values and names than ``JSONLimits/nodes``.
    case tooManyNodes(limit: Int)
}

extension JSONProblem: CustomStringConvertible {
    /// What is wrong, for people.
    public var description: String {
        switch self {
        case .unexpected(let byte, let expected): "\(ByteName(byte)) in JSON instead of \(expected.rawValue)"
        case .unexpectedEnd(let expected): "JSON ends before \(expected.rawValue)"
        case .invalidUTF8: "JSON that is no UTF-8"
        case .byteOrderMark: "a byte order mark before JSON"
        case .controlCharacter(let byte): "\(ByteName(byte)) unescaped in a JSON string"
        case .invalidEscape: "no such escape in a JSON string"
        case .leadingZero: "a JSON number with a leading zero"
        case .tooManyBytes(let limit): "JSON larger than the limit of \(limit) bytes"
        case .tooDeep(let limit): "JSON nested deeper than the limit of \(limit) levels"
        case .tooManyNodes(let limit): "JSON with more than the limit of \(limit) values and names"
        }
    }
}
