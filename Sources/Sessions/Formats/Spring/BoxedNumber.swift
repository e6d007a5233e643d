import JavaSerialization

/// The numbers of a session hash: `java.lang.Long` and `java.lang.Integer` streams, or decimal text, which JSON's
/// numbers are as well.
///
/// Both streams are a constant header and the value's bytes (session-formats, ch. 1, "Ready-made encodings"), so they are
/// compared rather than parsed.
enum BoxedNumber {
    private static let numberClass: [UInt8] =
        [0x78, 0x72, 0, 16] + Array("java.lang.Number".utf8) + [
            0x86, 0xAC, 0x95, 0x1D, 0x0B, 0x94, 0xE0, 0x8B, 2, 0, 0, 0x78, 0x70,
        ]
    private static let longHeader: [UInt8] =
        [0xAC, 0xED, 0, 5, 0x73, 0x72, 0, 14] + Array("java.lang.Long".utf8)
        + [0x3B, 0x8B, 0xE4, 0x90, 0xCC, 0x8F, 0x23, 0xDF, 2, 0, 1, 0x4A, 0, 5] + Array("value".utf8) + numberClass
    private static let integerHeader: [UInt8] =
        [0xAC, 0xED, 0, 5, 0x73, 0x72, 0, 17] + Array("java.lang.Integer".utf8)
        + [0x12, 0xE2, 0xA0, 0xA4, 0xF7, 0x81, 0x87, 0x38, 2, 0, 1, 0x49, 0, 5] + Array("value".utf8) + numberClass

    /// The class of a number.
    enum Box: String {
        case long = "java.lang.Long"
        case integer = "java.lang.Integer"
    }

    /// The class of the number that `bytes` hold; nil where they do not say.
    static func box(of bytes: [UInt8]) -> Box? {
        switch bytes.count {
        case longHeader.count + 8 where bytes.hasPrefix([0xAC, 0xED]): .long
        case integerHeader.count + 4 where bytes.hasPrefix([0xAC, 0xED]): .integer
        default: nil
        }
    }

    /// The number that `bytes` hold, or nil.
    static func value(of bytes: [UInt8]) -> Int64? {
        if bytes.count == longHeader.count + 8, bytes.hasPrefix(longHeader) {
            return bytes[longHeader.count...].reduce(Int64(0)) { $0 << 8 | Int64($1) }
        }
        if bytes.count == integerHeader.count + 4, bytes.hasPrefix(integerHeader) {
            return Int64(
                Int32(truncatingIfNeeded: bytes[integerHeader.count...].reduce(Int64(0)) { $0 << 8 | Int64($1) }))
        }
        if bytes.first == UInt8(ascii: "[") || bytes.first == UInt8(ascii: "{") { return wrapped(bytes) }
        guard bytes.count <= 20, let text = String(validating: bytes, as: UTF8.self) else { return nil }
        return Int64(text)
    }

    /// The number in `["java.lang.Long",5]` or `{"java.lang.Long":5}`.
    private static func wrapped(_ bytes: [UInt8]) -> Int64? {
        guard bytes.count <= 64, let document = try? JSONReader.read(bytes) else { return nil }
        let value = JacksonValue(document.root)
        guard value.className == "java.lang.Long" || value.className == "java.lang.Integer" else { return nil }
        return value.node.number.flatMap { Int64($0.text) }
    }

    /// `value` as a number of this class in the encoding of `example`; nil where that is not known or the value does not fit.
    static func bytes(of value: Int64, like example: [UInt8]?, _ box: Box) -> [UInt8]? {
        guard let example, Self.value(of: example) != nil, box == .long || Int32(exactly: value) != nil else {
            return nil
        }
        let text = String(value)
        if example.hasPrefix([0xAC, 0xED]) { return java(value, box) }
        switch example.first {
        case UInt8(ascii: "["): return Array("[\"\(box.rawValue)\",\(text)]".utf8)
        case UInt8(ascii: "{"): return Array("{\"\(box.rawValue)\":\(text)}".utf8)
        default: return Array(text.utf8)
        }
    }

    /// `value`, which fits, as a number of this class: a Java stream, or the bare number of JSON, whose size tells Jackson the class.
    static func bytes(of value: Int64, _ box: Box, isJava: Bool) -> [UInt8] {
        isJava ? java(value, box) : Array(String(value).utf8)
    }

    private static func java(_ value: Int64, _ box: Box) -> [UInt8] {
        let (header, width) = box == .long ? (longHeader, 8) : (integerHeader, 4)
        return header + (0..<width).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * Int64($0))) }
    }
}
