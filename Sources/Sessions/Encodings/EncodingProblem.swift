/// What can be wrong with Base64, hexadecimal digits or a written time.
public enum EncodingProblem: Hashable, Sendable {
    /// A byte that is not in the Base64 alphabet asked for (RFC 4648 §4, §5).
    case notBase64(UInt8)
    /// The number of Base64 characters is one more than a multiple of four: no bytes give that.
    case base64Length
    /// Padding that is missing, where it must not be, or too long (RFC 4648 §3.2, RFC 7515 §2).
    case base64Padding
    /// The last character has bits set that belong to no byte (RFC 4648 §3.5).
    case base64UnusedBits
    /// A byte that is no hexadecimal digit.
    case notHexadecimal(UInt8)
    /// A hexadecimal digit is missing: two make a byte.
    case oddHexadecimal
    /// The text is no time as RFC 3339 writes it.
    case notRFC3339
    /// A month, day, hour, minute, second or offset that does not exist.
    case noSuchTime
    /// The time is outside of what 64-bit milliseconds can say.
    case timeOutOfRange
}

extension EncodingProblem: CustomStringConvertible {
    /// What is wrong, for people.
    public var description: String {
        switch self {
        case .notBase64(let byte): "\(ByteName(byte)) is no Base64 character of this alphabet"
        case .base64Length: "Base64 of an impossible length"
        case .base64Padding: "wrong Base64 padding"
        case .base64UnusedBits: "Base64 with unused bits set"
        case .notHexadecimal(let byte): "\(ByteName(byte)) is no hexadecimal digit"
        case .oddHexadecimal: "a hexadecimal digit is missing"
        case .notRFC3339: "no RFC 3339 time"
        case .noSuchTime: "a time that does not exist"
        case .timeOutOfRange: "a time beyond 64-bit milliseconds"
        }
    }
}
