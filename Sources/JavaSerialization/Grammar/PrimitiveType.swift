/// The primitive types of fields and array elements, by their code in a descriptor.
///
/// Source: Java Object Serialization Specification §6.4.1 (`prim_typecode`), JVM specification §4.3.2.
public enum PrimitiveType: UInt8, Sendable, Hashable {
    case byte = 0x42
    case char = 0x43
    case double = 0x44
    case float = 0x46
    case int = 0x49
    case long = 0x4A
    case short = 0x53
    case boolean = 0x5A

    /// Bytes that one value takes in a stream.
    public var size: Int {
        switch self {
        case .byte, .boolean: 1
        case .char, .short: 2
        case .int, .float: 4
        case .long, .double: 8
        }
    }

    /// The keyword of the Java language.
    public var name: String {
        switch self {
        case .byte: "byte"
        case .char: "char"
        case .double: "double"
        case .float: "float"
        case .int: "int"
        case .long: "long"
        case .short: "short"
        case .boolean: "boolean"
        }
    }
}
