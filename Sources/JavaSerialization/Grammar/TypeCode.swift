/// The one-byte tags that open every element of a stream.
///
/// Source: Java Object Serialization Specification, §6.4.2 "Terminal Symbols and Constants".
enum TypeCode {
    static let null: UInt8 = 0x70
    static let reference: UInt8 = 0x71
    static let classDescription: UInt8 = 0x72
    static let object: UInt8 = 0x73
    static let string: UInt8 = 0x74
    static let array: UInt8 = 0x75
    static let `class`: UInt8 = 0x76
    static let blockData: UInt8 = 0x77
    static let endBlockData: UInt8 = 0x78
    static let reset: UInt8 = 0x79
    static let blockDataLong: UInt8 = 0x7A
    static let exception: UInt8 = 0x7B
    static let longString: UInt8 = 0x7C
    static let proxyClassDescription: UInt8 = 0x7D
    static let `enum`: UInt8 = 0x7E

    /// Names as in the specification, for error texts and tag counts; index 0 is `first`.
    static let first: UInt8 = 0x70
    static let names: [String] = [
        "TC_NULL", "TC_REFERENCE", "TC_CLASSDESC", "TC_OBJECT", "TC_STRING", "TC_ARRAY", "TC_CLASS",
        "TC_BLOCKDATA",
        "TC_ENDBLOCKDATA", "TC_RESET", "TC_BLOCKDATALONG", "TC_EXCEPTION", "TC_LONGSTRING",
        "TC_PROXYCLASSDESC",
        "TC_ENUM",
    ]

    /// The specification's name of `code`, or its number where there is none.
    static func name(of code: UInt8) -> String {
        guard code >= first, Int(code - first) < names.count else {
            return "type code 0x" + hexadecimal(code)
        }
        return names[Int(code - first)]
    }

    private static func hexadecimal(_ code: UInt8) -> String {
        (code < 16 ? "0" : "") + String(code, radix: 16)
    }
}

/// The flag bits of a class description.
///
/// Source: Java Object Serialization Specification, §6.4.2 (`SC_*`).
enum ClassFlag {
    static let writeMethod: UInt8 = 0x01
    static let serializable: UInt8 = 0x02
    static let externalizable: UInt8 = 0x04
    static let blockData: UInt8 = 0x08
    static let `enum`: UInt8 = 0x10
}

/// Constants of the stream's header and handles (§6.4.2).
enum StreamConstant {
    static let magic: UInt16 = 0xACED
    static let version: UInt16 = 5
    static let baseWireHandle: UInt32 = 0x7E_0000
}
